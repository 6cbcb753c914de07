"""An iterator that works ahead in a thread of its own."""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from queue import Full, Queue
from typing import Generic, TypeVar

T = TypeVar("T")
USUAL = gc.get_threshold()
SELDOM = (200_000, 50, 50)
POLL = 0.1  # seconds


class _Reader(Generic[T]):
    """The thread, and the queue between it and who takes the items."""

    def __init__(self, items: Iterable[T], depth: int) -> None:
        self.items = items
        self.waiting: Queue[tuple[bool, T | BaseException | None]] = Queue(maxsize=depth)
        self.left = threading.Event()
        self.thread = threading.Thread(target=self._work, name="reading-ahead", daemon=True)

    def _put(self, last: bool, item: T | BaseException | None) -> None:
        while not self.left.is_set():
            try:
                self.waiting.put((last, item), timeout=POLL)
            except Full:
                continue
            return

    def _work(self) -> None:
        try:
            for item in self.items:
                self._put(False, item)
                if self.left.is_set():
                    break
        except BaseException as error:  # noqa: BLE001 - handed over, whatever it is
            self._put(True, error)
        else:
            self._put(True, None)
        finally:
            if isinstance(self.items, Generator):
                self.items.close()


def ahead(items: Iterable[T], depth: int = 2) -> Generator[T, None, None]:
    """The same items, in order; up to `depth` wait to be taken. An exception of `items` is raised where it stood.

    Closing the iterator ends the thread at its next item. `items` must not use the database connection of the caller.
    """
    reader = _Reader(items, depth)
    reader.thread.start()
    try:
        while True:
            last, item = reader.waiting.get()
            if last:
                if isinstance(item, BaseException):
                    raise item
                return
            yield item  # type: ignore[misc]
    finally:
        reader.left.set()
        reader.thread.join()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Fewer collections of cyclic garbage: rows of text are none, and looking through them is a fifth of a parse."""
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*USUAL)
