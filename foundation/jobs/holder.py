"""Which process holds a lease, and whether it still lives. Knowing saves waiting until the lease runs out."""

from __future__ import annotations

import os
from enum import Enum
from functools import lru_cache
from pathlib import Path


class Fate(Enum):
    ALIVE = "alive"
    DEAD = "dead"
    UNKNOWN = "unknown"  # on another machine, or in another container


def holder() -> str:
    """`boot id/pid namespace:pid:start time`, which no two processes ever share."""
    return _holder(os.getpid())


def fate(name: str) -> Fate:
    place, _colon, rest = name.partition(":")
    pid, _colon, started = rest.partition(":")
    if place != _place() or not pid.isdigit():
        return Fate.UNKNOWN
    return Fate.ALIVE if started and _start_time(int(pid)) == started else Fate.DEAD


@lru_cache(maxsize=4)
def _holder(pid: int) -> str:
    return f"{_place()}:{pid}:{_start_time(pid)}"


@lru_cache(maxsize=1)
def _place() -> str:
    """Where there is no /proc, every fate but one's own is unknown."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        return f"unknown-{os.uname().nodename}-{os.getpid()}"


def _start_time(pid: int) -> str:
    """In clock ticks since boot, from /proc/<pid>/stat; empty for a process that is gone or a zombie."""
    try:
        # The name in brackets may itself hold blanks and brackets: what follows is counted from the last one.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in {"Z", "X"} else fields[19]
