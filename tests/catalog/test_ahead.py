from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest

from catalog.ahead import ahead, seldom_collected


def test_items_come_in_order() -> None:
    assert list(ahead(range(50))) == list(range(50))


def test_an_exception_is_raised_where_it_stood() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(ValueError, match="broken"):
        next(found)


def test_leaving_early_ends_the_thread_and_closes_its_source() -> None:
    closed = threading.Event()

    def items() -> Iterator[int]:
        try:
            yield from range(1_000_000)
        finally:
            closed.set()

    found = ahead(items())
    assert next(found) == 0
    found.close()
    assert closed.wait(2)
    assert not any(thread.name == "reading-ahead" for thread in threading.enumerate())


def test_collections_are_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold() != before
    with pytest.raises(RuntimeError), seldom_collected():
        raise RuntimeError
    assert gc.get_threshold() == before
