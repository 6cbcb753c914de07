"""How near a text is to the voice that a shop asks for: its words, and what can be counted in its examples. Pure.

It only ever chooses between texts that are equally true and read equally well (`candidates.Candidate.rank`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from foundation.evidence.lexicon import phrase

NEAR = 0.75
"""Nearness from which no further candidates are asked for the sake of style alone."""
CLEARLY = 0.08
"""By how much a text has to be nearer than one that is as good: a word more or less is no style, and of a warmer answer
no rule can be sure that it reads as well."""
ENOUGH_WORDS = 2
"""Preferred words in one text; more of them would not make it better."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_YOU = re.compile(r"(?i)\byou(?:r|rs|rself|rselves)?\b|\byou['’]\w+")
_CONTRACTION = re.compile(r"(?i)\b\w+(?:n['’]t|['’](?:re|ve|ll|d|m))\b|\b(?:it|that|there|here|what|who|let)['’]s\b")
_PLAIN_OPENING = re.compile(r"(?i)(?:the|this|these|a|an|it|its|they|their)\b")


@dataclass(frozen=True, slots=True)
class Style:
    """What a voice prefers; false where it prefers nothing."""

    prefer: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.prefer or self.examples)

    def of(self, text: str) -> float:
        return nearness(text, self.prefer, self.examples)


NO_STYLE = Style()


class Styled(Protocol):
    @property
    def style(self) -> float: ...


S = TypeVar("S", bound=Styled)


@dataclass(frozen=True, slots=True)
class Features:
    """Of a text's sentences: their mean length in words, and the share that speaks to the reader, contracts a verb,
    exclaims, or opens with an article or a pronoun."""

    words: float
    you: float
    contracted: float
    exclaimed: float
    plain_opening: float


def nearness(text: str, prefer: Sequence[str], examples: Sequence[str]) -> float:
    """0 to 1: the mean of how many preferred words the text uses (of `ENOUGH_WORDS`, or of all if there are fewer) and
    of how like the examples it is in its `Features`. 0 of an empty text, and where there is nothing to be near to."""
    if not text.strip():
        return 0.0
    parts = [_used(text, prefer)] if prefer else []
    if wanted := _features_of_all(tuple(examples)):
        parts.append(_likeness(features(text), wanted))
    return sum(parts) / len(parts) if parts else 0.0


def chosen(candidates: Iterable[S], rank: Callable[[S], Any]) -> S:
    """The highest by rank; among equals the first, which is the coolest, unless a later one is `CLEARLY` nearer to the
    voice. No bonus is added to ranks: however small, it could outweigh a fact. Raises ValueError for none."""
    best: S | None = None
    for one in candidates:
        if best is None or rank(one) > rank(best) or (rank(one) == rank(best) and one.style >= best.style + CLEARLY):
            best = one
    if best is None:
        raise ValueError("no candidates")
    return best


def features(text: str) -> Features:
    """Of a text that has a word."""
    sentences = [part for part in _SENTENCE.split(text.strip()) if _WORD.search(part)]
    count = max(1, len(sentences))

    def share(pattern: re.Pattern[str]) -> float:
        return sum(bool(pattern.search(one)) for one in sentences) / count

    return Features(
        words=len(_WORD.findall(text)) / count,
        you=share(_YOU),
        contracted=share(_CONTRACTION),
        exclaimed=sum("!" in one for one in sentences) / count,
        plain_opening=sum(bool(_PLAIN_OPENING.match(one.lstrip("-•* "))) for one in sentences) / count,
    )


@lru_cache(maxsize=256)
def _features_of_all(examples: tuple[str, ...]) -> Features | None:
    """Of the examples read as one text; None where none of them has a word."""
    told = [text for text in examples if _WORD.search(text)]
    return features("\n".join(told)) if told else None


def _likeness(own: Features, wanted: Features) -> float:
    length = min(own.words, wanted.words) / max(own.words, wanted.words) if own.words else 0.0
    shares = (
        (own.you, wanted.you),
        (own.contracted, wanted.contracted),
        (own.exclaimed, wanted.exclaimed),
        (own.plain_opening, wanted.plain_opening),
    )
    return (length + sum(1 - abs(one - other) for one, other in shares)) / (1 + len(shares))


def _used(text: str, prefer: Sequence[str]) -> float:
    """Words are found in any form: "oak" in "Oaks"."""
    said = phrase(text)
    wanted = {stems for word in prefer if (stems := tuple(phrase(word)))}
    found = sum(any(said[at : at + len(stems)] == stems for at in range(len(said))) for stems in wanted)
    return min(1.0, found / min(ENOUGH_WORDS, len(wanted))) if wanted else 0.0
