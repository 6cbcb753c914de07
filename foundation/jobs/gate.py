"""Who may run beside whom in this process: any number of ordinary chunks, or one suspect alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from foundation.jobs.kinds import Stop

LOOK_UP = 0.5
"""Seconds between two looks at `stop` while waiting."""


class Gate:
    """A readers–writer lock that favours the writer: a waiting suspect holds back chunks that come after it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._alone = False
        self._waiting_alone = 0

    @contextmanager
    def entered(self, *, alone: bool, stop: Stop) -> Iterator[bool]:
        """Yields False, without having entered, where `stop()` became true first."""
        entered = self._enter_alone(stop) if alone else self._enter(stop)
        try:
            yield entered
        finally:
            if entered:
                self._leave()

    def _enter(self, stop: Stop) -> bool:
        with self._changed:
            while self._alone or self._waiting_alone:
                if stop():
                    return False
                self._changed.wait(LOOK_UP)
            self._inside += 1
            return True

    def _enter_alone(self, stop: Stop) -> bool:
        with self._changed:
            self._waiting_alone += 1
            try:
                while self._alone or self._inside:
                    if stop():
                        return False
                    self._changed.wait(LOOK_UP)
                self._alone = True
                return True
            finally:
                self._waiting_alone -= 1
                self._changed.notify_all()

    def _leave(self) -> None:
        with self._changed:
            if self._alone:
                self._alone = False
            else:
                self._inside -= 1
            self._changed.notify_all()


gate = Gate()
