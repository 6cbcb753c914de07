"""The set-up script: what it decides, and the sentence for each thing that can go wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ecomsite.services.layout import REPOSITORY

SCRIPT = REPOSITORY / "scripts" / "bootstrap.py"
sys.path.insert(0, str(SCRIPT.parent))  # as `python3 scripts/bootstrap.py` has it

import bootstrap  # noqa: E402
from setting_up import machine, packages, places, system  # noqa: E402


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "LOG", tmp_path / "setup.log")
    monkeypatch.setattr(places, "VENV", tmp_path / "venv")


def test_the_check_of_the_version_comes_before_anything_an_old_python_lacks() -> None:
    code = f"import sys; sys.version_info = (3, 9, 2); exec(compile(open({str(SCRIPT)!r}).read(), 'b', 'exec'))"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "3.9.2" in done.stderr


def test_without_a_gpu_torch_is_the_cpu_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TORCH_BUILD", raising=False)
    monkeypatch.setattr(machine, "nvidia_gpu", lambda: "")
    assert machine.torch_flavour() == ("cpu", "this machine has no NVIDIA GPU")


def test_with_a_gpu_torch_is_the_cuda_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tool = tmp_path / "nvidia-smi"
    tool.write_text("#!/bin/sh\necho 'NVIDIA L4'\necho 'NVIDIA L4'\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.delenv("TORCH_BUILD", raising=False)
    assert machine.torch_flavour() == ("cuda", "this machine has an NVIDIA GPU (NVIDIA L4)")


def test_a_driver_without_a_card_is_no_gpu(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tool = tmp_path / "nvidia-smi"
    tool.write_text("#!/bin/sh\necho 'No devices were found'\nexit 6\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(()))
    assert machine.nvidia_gpu() == ""


@pytest.mark.parametrize(("flavour", "first"), [("cpu", "torch==2.13.0+cpu"), ("cuda", "torch===2.13.0")])
def test_neither_build_of_torch_can_be_taken_for_the_other(
    monkeypatch: pytest.MonkeyPatch, flavour: str, first: str
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(packages, "torch_installed", lambda: "")
    monkeypatch.setattr(packages, "try_pip", lambda arguments: asked.append(arguments) or len(asked) == 2)
    packages.install_torch(flavour, "a test says so")
    assert [arguments[-1] for arguments in asked] == [first, f"torch==2.13.0+{'cpu' if flavour == 'cpu' else 'cu130'}"]
    assert asked[1][-2].startswith("https://download.pytorch.org/whl/")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full: x can't be installed."),
        (
            "NewConnectionError(...)\nERROR: No matching distribution found for x",
            "There is no way to the package index",
        ),
        ("ERROR: No matching distribution found for x", "There is no x for Python"),
        ("ERROR: something else", "pip can't install x; "),
    ],
)
def test_what_pip_says_becomes_one_sentence(words: str, sentence: str) -> None:
    places.LOG.write_text(words)
    assert packages.pip_trouble("x").startswith(sentence)


def test_a_disk_too_small_is_said_before_anything_is_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil._ntuple_diskusage(100, 99, 1_200_000_000)  # type: ignore[attr-defined]
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(places.SetupError, match=r"too little space on the disk of .*: 1\.2 GB free, 4 GB needed"):
        machine.check_disk("cpu")


def test_a_python_without_venv_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "ensurepip_works", lambda: False)
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000)
    with pytest.raises(places.SetupError, match=rf"sudo apt-get install python3\.{sys.version_info[1]}-venv"):
        packages.make_venv()


def test_the_stamp_counts_only_beside_a_python_and_for_these_requirements() -> None:
    places.VENV.mkdir()
    (places.VENV / "stamp").write_text(bootstrap.fingerprint("cpu", dev=False))
    assert bootstrap.stamp() == ""
    (places.VENV / "bin").mkdir()
    (places.VENV / "bin" / "python").symlink_to(sys.executable)
    assert bootstrap.stamp() == bootstrap.fingerprint("cpu", dev=False)
    assert bootstrap.stamp() != bootstrap.fingerprint("cuda", dev=False)
    assert bootstrap.stamp() != bootstrap.fingerprint("cpu", dev=True)


def test_a_torn_venv_is_noticed() -> None:
    (places.VENV / "bin").mkdir(parents=True)
    python = places.VENV / "bin" / "python"
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    assert not packages.venv_is_sound()


def test_every_requirement_is_pinned_and_says_why() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (REPOSITORY / name).read_text().splitlines():
            if line.strip() and not line.startswith("#"):
                requirement, _, reason = line.partition("  # ")
                assert "==" in requirement, line
                assert reason, line
