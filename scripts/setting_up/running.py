"""Running a step: everything to the log, what matters to the screen, and one set-up at a time."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from setting_up import places
from setting_up.places import SetupError, say

_ANYTHING = re.compile(r".*\S.*")
_lock: list[int] = []


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Waits until no other set-up of this folder runs, and lets none begin."""
    with file.open("w") as lock:
        try:
            fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up of this folder is running; waiting for it …")
            fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        _lock.append(lock.fileno())
        try:
            yield
        finally:
            _lock.clear()


def run(command: list[str], failure: str, environment: dict[str, str] | None = None) -> None:
    """Raises SetupError with the command's last line."""
    if shown(command, _ANYTHING, environment) != 0:
        last = [line for line in places.LOG.read_text(errors="replace").splitlines() if line.strip()][-1:]
        raise SetupError(f"{failure}: {last[0].strip() if last else 'no reason given'} ({places.LOG})")


def shown(command: list[str], worth: re.Pattern[str], environment: dict[str, str] | None = None) -> int:
    """Runs it, everything to the log and the lines that match `worth` to the screen; the exit status."""
    full = {**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})}
    with places.LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n")
        process = subprocess.Popen(
            command,
            cwd=places.ROOT,
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
