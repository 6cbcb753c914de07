"""How long a process has given no sign of life. Its sign is that it touches a file."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

_LOOK = 1.0
"""Seconds between two looks at the file."""
_ABSENCE = 20.0
"""Who has not looked for so long was stopped himself, and the process perhaps with him: that proves nothing."""


@dataclass
class Silence:
    """Of the process that touches `file`. Begins with the process; only changes of the file count, no clock does."""

    file: Path
    limit: float
    _last: int = field(init=False)
    _since: float = field(init=False)
    _looked: float = field(init=False)

    def __post_init__(self) -> None:
        self._last = self._sign()
        self._since = self._looked = time.monotonic()

    def too_long(self) -> bool:
        """Whether `limit` seconds have passed without a sign. Cheap enough to ask all the time."""
        now = time.monotonic()
        absent = now - self._looked
        if absent < _LOOK:
            return False
        self._looked = now
        sign = self._sign()
        if sign != self._last or absent > _ABSENCE:
            self._last, self._since = sign, now
        return now - self._since > self.limit

    def _sign(self) -> int:
        try:
            return self.file.stat().st_mtime_ns
        except OSError:
            return 0
