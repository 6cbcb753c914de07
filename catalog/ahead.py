"""An iterator that works ahead in a thread of its own."""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from queue import Full, Queue
from typing import TypeVar

T = TypeVar("T")
USUAL = gc.get_threshold()
SELDOM = (200_000, 50, 50)
POLL = 0.1  # seconds


def ahead(items: Iterable[T], depth: int = 2) -> Generator[T, None, None]:
    """The same items, in order; up to `depth` wait to be taken. An exception of `items` is raised where it stood.

    Closing the iterator ends the thread at its next item. `items` must not use the database connection of the caller.
    """
    waiting: Queue[tuple[bool, T | BaseException | None]] = Queue(maxsize=depth)
    left = threading.Event()

    def put(last: bool, item: T | BaseException | None) -> None:
        while not left.is_set():
            try:
                waiting.put((last, item), timeout=POLL)
            except Full:
                continue
            return

    def work() -> None:
        try:
            for item in items:
                put(False, item)
                if left.is_set():
                    break
        except BaseException as error:  # noqa: BLE001 - handed over, whatever it is
            put(True, error)
        else:
            put(True, None)
        finally:
            if isinstance(items, Generator):
                items.close()

    thread = threading.Thread(target=work, name="reading-ahead", daemon=True)
    thread.start()
    try:
        while True:
            last, item = waiting.get()
            if last:
                if isinstance(item, BaseException):
                    raise item
                return
            yield item  # type: ignore[misc]
    finally:
        left.set()
        thread.join()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Fewer collections of cyclic garbage: rows of text are none, and looking through them is a fifth of a parse."""
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*USUAL)
