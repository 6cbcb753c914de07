"""Files and folders that are written whole or not at all, whenever the process that writes is killed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; what lies there takes its place when the block ends without an error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = _beside(path, "new")
    yield fresh
    os.replace(fresh, path)


def replaced_folder(folder: Path, write: Callable[[Path], None]) -> None:
    """`write` fills a new folder, which then takes the place of `folder`.

    One that is not empty can't be replaced in one step: a kill between the two leaves the old one as `.old`, which
    `restored` brings back. One process at a time.
    """
    restored(folder)
    fresh, old = _beside(folder, "new"), _beside(folder, "old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(parents=True)
    write(fresh)
    if folder.exists():
        os.replace(folder, old)
    os.replace(fresh, folder)
    shutil.rmtree(old, ignore_errors=True)


def restored(folder: Path) -> Path:
    """`folder`, brought back where a kill left it as `.old`."""
    old = _beside(folder, "old")
    if old.exists() and not folder.exists():
        os.replace(old, folder)
    return folder


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}.{ending}")
