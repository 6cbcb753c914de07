"""Which of many spans of a text overlap a part of it, found without looking at each. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar


class Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Span)


class Overlapping(Generic[S]):
    """Of spans in any order; they may overlap each other."""

    def __init__(self, spans: Iterable[S]) -> None:
        self._spans = sorted(spans, key=lambda one: (one.start, one.end))
        self._starts = [one.start for one in self._spans]
        self._longest = max((one.end - one.start for one in self._spans), default=0)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def of(self, start: int, end: int) -> list[S]:
        """Those that share a character with `start` to `end`, in the order of the text."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [one for one in self._spans[first:last] if one.end > start and one.start < end]
