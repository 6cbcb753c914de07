"""What only the system's package manager has: Python's venv module, and Chromium for the browser tests."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from setting_up.places import SetupError, say
from setting_up.running import run


def install_venv_package() -> None:
    """Debian and Ubuntu keep `venv` in a package of its own."""
    package = f"python3.{sys.version_info[1]}-venv"
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        raise SetupError(f"Python's venv module is missing. Install it first: sudo apt-get install {package}")
    apt_install([package], why="Debian keeps Python's venv module in a package of its own")


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


def apt_install(packages: list[str], why: str) -> None:
    say(f"Installing {', '.join(packages)} with apt-get, because {why} …")
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "-q", "update"], "apt-get update fails", environment)
    command = ["apt-get", "-q", "install", "-y", "--no-install-recommends", *packages]
    run(command, f"{', '.join(packages)} can't be installed", environment)
