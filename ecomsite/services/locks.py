"""File locks of the kernel: they end with the process that held them, so a kill -9 leaves none behind."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType


class FileLock:
    """An flock on a file that also names its holder's pid, for messages only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self, *, shared: bool = False, wait: bool = False) -> bool:
        """True when held from now on; False when someone else holds it and `wait` is off."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(descriptor)
            return False
        if not shared:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Gives the lock back and leaves the file empty: an empty file says that nobody holds it."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> int | None:
        """The pid written by the holder, if somebody holds the lock exclusively at this moment."""
        probe = FileLock(self.path)
        if not self.path.exists() or probe.acquire(shared=True):
            if probe._descriptor is not None:
                os.close(probe._descriptor)
            return None
        text = self.path.read_text().strip()
        return int(text) if text.isdigit() else -1

    def __enter__(self) -> FileLock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.release()
