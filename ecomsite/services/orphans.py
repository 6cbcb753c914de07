"""Ending what an earlier supervisor left behind, and nothing else."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def is_zombie(pid: int) -> bool:
    return _state(pid) == "Z"


def command_line(pid: int) -> str:
    """The command line of a process, words joined by blanks; empty for none, a zombie or a kernel thread."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def start_time(pid: int) -> str:
    """Clock ticks after boot at which the process started: with the pid it names one process for good."""
    fields = _stat(pid)
    return fields[19] if fields else ""


def end(pid: int, started: str, stop: signal.Signals = signal.SIGTERM, grace: float = 15.0) -> bool:
    """Ends the process `pid` if it is still the one that started at `started`. True if there was one to end."""
    if not started or start_time(pid) != started or is_zombie(pid):
        return False
    os.kill(pid, stop)
    deadline = time.monotonic() + grace
    while start_time(pid) == started and not is_zombie(pid):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            deadline = time.monotonic() + 5
        time.sleep(0.05)
    return True


def end_all_in(folder: Path, programs: tuple[str, ...]) -> list[int]:
    """Ends every process that works in `folder` and runs one of `programs` (names of executables); their pids.

    Servers change into their data folder, and so do PostgreSQL's own children, which outlive a postmaster that was
    killed. Only call this while holding the installation's lock: then none of them can be anybody's but ours.
    """
    found = [pid for pid in _pids() if _works_in(pid, folder) and _executable(pid) in programs]
    for pid in found:
        # SIGQUIT makes a backend drop everything at once; Valkey and the postmaster understand it too.
        end(pid, start_time(pid), signal.SIGQUIT, grace=5)
    return found


def _pids() -> list[int]:
    return [
        int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and int(entry.name) != os.getpid()
    ]


def _works_in(pid: int, folder: Path) -> bool:
    """By its working directory, or by its command line where another user's directory is not shown to us."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder
    except OSError:
        return str(folder) in command_line(pid).split(" ")


def _executable(pid: int) -> str:
    """The name the kernel keeps (15 characters), which every process shows to everybody."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _state(pid: int) -> str:
    fields = _stat(pid)
    return fields[0] if fields else ""


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat from the third on (the second, the name, may hold blanks and brackets)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
