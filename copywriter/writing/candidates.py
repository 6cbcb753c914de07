"""Answers of a model that may become a part of a text, or a whole one, and how far the text is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from copywriter.writing.briefs import Turn, answer
from foundation.evidence import Fact, Sentence
from foundation.inference.types import Completion, Request

BEGUN = "+"
"""Of the candidate that goes on from given words. It comes before the figures of the others: among equals it is taken,
because what the marks can't see, sense, is surer where less is free."""
GOOD = 0.85
"""Score above which nothing warmer is asked for: all is told and at most the opening is that of the sentence before."""
FIT, MOST_FLAWED = 0.3, 0.2
"""Share of its facts that a sentence has to tell to stand, and the most that it may have lost for how it reads: facts
that cannot be told without worse are left out."""
Group = tuple[Fact, ...]


class Candidate(NamedTuple):
    """`text` is what may stay of an answer, "" where it is of no use; `told` the share of the facts that it tells, 0 to
    1; `flaws` what it loses for how it reads; `removed` no fact backs; `style` how near it is to the voice, 0 to 1."""

    told: float = 0.0
    flaws: float = 0.0
    text: str = ""
    removed: tuple[Sentence, ...] = ()
    style: float = 0.0

    @property
    def score(self) -> float:
        return self.told - self.flaws

    @property
    def is_fit(self) -> bool:
        return self.told >= FIT and self.flaws <= MOST_FLAWED

    def refused(self) -> Candidate:
        """The same for a text that has no room for it: worse than any that fits."""
        return self._replace(flaws=self.flaws + 2 * MOST_FLAWED + 1)

    @property
    def rank(self) -> tuple[bool, float]:
        """The fit before the others: what it leaves out is asked for again."""
        return self.is_fit, round(self.score, 6)


NOTHING = Candidate()


@dataclass(frozen=True, slots=True)
class Sofar:
    """The sentences that stand, the groups of facts still to be told, and the best candidate for the first of these,
    or for a short text; `heat` of the candidates that are asked for next, `first` of those of each sentence."""

    waiting: tuple[Group, ...]
    turns: tuple[Turn, ...] = ()
    best: Candidate = NOTHING
    heat: int = 0
    first: int = 0
    asked: int = 0
    removed: tuple[Sentence, ...] = ()
    tokens: int = 0
    errors: int = 0

    @property
    def text(self) -> str:
        """In one paragraph."""
        return " ".join(turn.text for turn in self.turns)

    def answered(self, completions: Sequence[Completion], foreign: Iterable[Sentence]) -> Sofar:
        """With what a round cost, and the sentences of it that no fact backs."""
        removed = {one.text: one for one in (*self.removed, *foreign)}
        return replace(
            self, asked=self.asked + 1, tokens=self.tokens + sum(one.tokens_out for one in completions),
            removed=tuple(removed.values()), errors=self.errors + all(one.error for one in completions),
        )  # fmt: skip


def with_one_begun(free: tuple[Request, ...], keys: str, opening: str) -> tuple[Request, ...]:
    """The requests, and of an opening, "" for none, one more like the first that goes on from it; `keys` is what their
    keys begin with."""
    return (*free, replace(free[0], key=f"{keys}{BEGUN}", begun=answer(opening))) if opening else free
