from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.stack import Stack, stack


@pytest.fixture(scope="package")
def _stack() -> Iterator[Stack]:
    with stack() as running:
        yield running


@pytest.fixture
def installation(_stack: Stack) -> Stack:
    """All its processes run; the jobs of earlier tests are over."""
    _stack.revive()
    missing = [program for program in _stack.workers() if program.name not in _stack.running]
    _stack.start(*missing)
    return _stack
