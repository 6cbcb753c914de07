"""What is written whole or not at all stays so, wherever its writer was cut off."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from foundation.inference.whole import replaced_file, replaced_folder, restored


def told(text: str) -> None:
    raise OSError(text)


def writing(text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "text").write_text(text)

    return write


def half_written(path: Path) -> None:
    with replaced_file(path) as fresh:
        fresh.write_text("half")
        told("the disk is full")


def test_a_file_that_could_not_be_written_to_its_end_is_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.json"
    with replaced_file(path) as fresh:
        fresh.write_text("first")
    with pytest.raises(OSError, match="full"):
        half_written(path)
    assert path.read_text() == "first"
    with replaced_file(path) as fresh:
        fresh.write_text("second")
    assert [one.name for one in path.parent.iterdir()] == ["file.json"]
    assert path.read_text() == "second"


def test_a_folder_that_could_not_be_written_to_its_end_is_the_one_before(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    replaced_folder(folder, writing("first"))
    with pytest.raises(OSError, match="full"):
        replaced_folder(folder, lambda _fresh: told("the disk is full"))
    assert (folder / "text").read_text() == "first"
    replaced_folder(folder, writing("second"))
    assert [one.name for one in tmp_path.iterdir()] == ["model"]
    assert (folder / "text").read_text() == "second"


def test_two_kills_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first between the two renames, the second while the next one writes."""
    folder = tmp_path / "v1.2"
    replaced_folder(folder, writing("first"))
    rename = os.replace

    def killed(source: Path, target: Path) -> None:
        if source.name.endswith(".new"):
            told("killed")
        rename(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", killed)
        with pytest.raises(OSError, match="killed"):
            replaced_folder(folder, writing("second"))
    assert not folder.exists()
    with pytest.raises(OSError, match="killed"):
        replaced_folder(folder, lambda _fresh: told("killed"))
    assert (restored(folder) / "text").read_text() == "first"
    (tmp_path / "v1.old").mkdir()
    assert not restored(tmp_path / "v1.3").exists(), "that is another folder's name"
