"""What the person at the terminal sees: few lines, each with a name in front; everything else is in var/logs."""

from __future__ import annotations

import logging
import logging.handlers
import re
import sys
from pathlib import Path

_WORTH_SHOWING = re.compile(r"\b(ERROR|CRITICAL)\b")
# PostgreSQL says ERROR for every statement that fails, and the product expects some to (a name that is taken).
_OF_POSTGRES = re.compile(r"^PANIC|^FATAL(?!: +the database system is (starting up|shutting down|not yet accepting))")
_LOG_BYTES = 5_000_000
_LOG_FILES = 3


class Logs:
    """One rotated file for each process, and a short view of what matters on the screen."""

    def __init__(self, folder: Path, *, verbose: bool) -> None:
        self.folder = folder
        self.verbose = verbose
        self._handlers: dict[str, logging.Handler] = {}

    def line(self, name: str, text: str) -> None:
        """A line that the process `name` wrote."""
        self._handler(name).emit(logging.makeLogRecord({"msg": text}))
        worth = _OF_POSTGRES if name == "postgres" else _WORTH_SHOWING
        if self.verbose or worth.search(text):
            say(text, name)

    def _handler(self, name: str) -> logging.Handler:
        if name not in self._handlers:
            self._handlers[name] = logging.handlers.RotatingFileHandler(
                self.folder / f"{name}.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
            )
        return self._handlers[name]

    def close(self) -> None:
        for handler in self._handlers.values():
            handler.close()


def say(text: str, name: str = "") -> None:
    """One line on the terminal, at once. A terminal that went away is no reason to fail."""
    try:
        print(f"{name:>12} | {text}" if name else text, flush=True)
    except OSError:
        sys.stdout = open("/dev/null", "w")  # noqa: SIM115


def box(lines: list[str]) -> str:
    """`lines` in a frame that stands out from what scrolls by."""
    width = max(len(line) for line in lines)
    rows = [f"│  {line:<{width}}  │" for line in lines]
    return "\n".join(["", f"┌{'─' * (width + 4)}┐", *rows, f"└{'─' * (width + 4)}┘", ""])
