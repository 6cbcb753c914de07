"""One gate to a server for all threads of a process: a `Pace` under a lock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from foundation.inference.pace import Pace

POLL_SECONDS = 0.1


class Gate:
    def __init__(self, most: int) -> None:
        self._pace = Pace(most)
        self._changed = threading.Condition()
        self.answers = 0
        """So far: whoever fails can see whether the server answered others meanwhile."""

    @contextmanager
    def turn(self, ended: Callable[[], bool]) -> Iterator[float | None]:
        """Waits for its turn; yields the time at which it began, None where `ended()` came first."""
        with self._changed:
            while not ended() and (wait := self._pace.wait(time.monotonic())) != 0:
                self._changed.wait(POLL_SECONDS if wait is None else min(wait, POLL_SECONDS))
            if ended():
                begun = None
            else:
                begun = time.monotonic()
                self._pace.sent()
        try:
            yield begun
        finally:
            if begun is not None:
                with self._changed:
                    self._pace.ended()
                    self._changed.notify_all()

    def answered(self) -> None:
        with self._changed:
            self.answers += 1
            self._pace.answered()

    def refused(self, begun: float, asked: float | None) -> None:
        with self._changed:
            self._pace.refused(time.monotonic(), begun, asked)

    def lost(self) -> None:
        with self._changed:
            self._pace.lost()

    @property
    def limit(self) -> int:
        """Requests at once, as of now."""
        with self._changed:
            return self._pace.limit
