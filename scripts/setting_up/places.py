"""Where things go, and how the person at the terminal is spoken to."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
DATA = Path(os.environ.get("ECOM_DATA_DIR") or ROOT / "var").resolve()
ADAPTER = ROOT / "copywriter" / "training" / "adapter"
LOG = DATA / "logs" / "setup.log"
GIGABYTE = 1_000_000_000


class SetupError(Exception):
    """The set-up can't go on; the message is one plain sentence."""


def python() -> str:
    return str(VENV / "bin" / "python")


def say(text: str) -> None:
    print(text, flush=True)
