"""A text that another product of the shop has nearly word for word is written once more, for search engines show one of
such pages and leave out the others. Pure, but for what it is told by its caller."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from copywriter.writing import rounds, writer
from copywriter.writing.ranking import ranked
from copywriter.writing.sketch import ALIKE
from copywriter.writing.writer import Work
from foundation.inference.types import Generator, Stop, never

Likeness = Callable[[str, Work], float]
"""How much a work's text resembles the nearest text of another product, 0 to 1, by the work's key."""


def finished(
    engine: Generator, begun: Mapping[str, Work], likeness: Likeness, stop: Stop = never
) -> Iterator[tuple[str, Work]]:
    """As `rounds.finished`; works whose text is a near-duplicate come last, written once more and never twice. Of both
    texts the more different one is kept, unless it is worse otherwise. Raises `InferenceError`."""
    first: dict[str, Work] = {}
    for key, work in rounds.finished(engine, begun, stop):
        if likeness(key, work) < ALIKE:
            yield key, work
        else:
            first[key] = work
    again = {key: writer.once_more(work) for key, work in first.items()}
    for key, work in rounds.finished(engine, again, stop) if again else ():
        yield key, _chosen(key, first[key], work, likeness)


def _chosen(key: str, first: Work, second: Work, likeness: Likeness) -> Work:
    """One of both, with the tokens that both cost."""
    tokens = first.sofar.tokens + second.sofar.tokens
    better = ranked(second).confidence >= ranked(first).confidence and likeness(key, second) < likeness(key, first)
    chosen = second if better else first
    return replace(chosen, sofar=replace(chosen.sofar, tokens=tokens))
