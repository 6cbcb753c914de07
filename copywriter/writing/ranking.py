"""Which of a product's texts comes first. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from copywriter.writing import writer
from copywriter.writing.scoring import Score, score
from copywriter.writing.writer import Refused, Work, Written


class Ranked(NamedTuple):
    """What came of a work; `score` where it is a text."""

    work: Work
    result: Written | Refused
    score: Score | None

    @property
    def confidence(self) -> int:
        return self.score.confidence if self.score is not None else -1


def ranked(work: Work) -> Ranked:
    """Of a work that has nothing more to ask."""
    result, plan = writer.result(work), work.plan
    if isinstance(result, Refused):
        return Ranked(work, result, None)
    return Ranked(
        work,
        result,
        score(result.text, plan.kind, plan.facts, result.report, len(result.removed), work.sofar.asked),
    )


def surest_first(works: Iterable[Work]) -> list[Ranked]:
    """Those of one kind with the surest before the others, then by take; refusals last."""
    return sorted((ranked(work) for work in works), key=lambda one: (-one.confidence, one.work.plan.take))
