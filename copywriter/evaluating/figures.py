"""Figures of texts as they come from the model, before the check drops anything. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from copywriter.candidates import is_foreign
from copywriter.coverage import coverage
from foundation.evidence import Fact, check

_WORD = re.compile(r"[^\W_]+")
LOOP, LOOPED = 4, 3  # so many words, so many times


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the model with the facts it was given; `finished` unless it was cut at its longest."""

    text: str
    facts: tuple[Fact, ...]
    finished: bool = True
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Of many texts. Rates and coverage are shares, 0 to 1."""

    texts: int
    sentences: int
    unbacked_sentence_rate: float
    attribute_coverage: float
    degenerate_rate: float
    distinct_2: float
    mean_words: float


def figures(texts: Sequence[Text]) -> Figures:
    """All zero of no texts at all."""
    reports = [check(one.text, one.facts) for one in texts]
    sentences = [sentence for report in reports for sentence in report.sentences]
    unbacked = sum(map(is_foreign, sentences))
    words = [_WORD.findall(one.text.lower()) for one in texts]
    return Figures(
        texts=len(texts),
        sentences=len(sentences),
        unbacked_sentence_rate=unbacked / len(sentences) if sentences else 0.0,
        attribute_coverage=_mean([coverage(one.text, one.facts) for one in texts]),
        degenerate_rate=_mean([is_degenerate(one) for one in texts]),
        distinct_2=distinct(words, 2),
        mean_words=_mean([len(one) for one in words]),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def is_degenerate(one: Text) -> bool:
    """Empty, cut off, or looping: the same words over and over, or a sentence twice."""
    words = _WORD.findall(one.text.lower())
    if not one.finished or len(words) < 3:
        return True
    runs = Counter(_grams(words, LOOP))
    lines = Counter(" ".join(_WORD.findall(part.lower())) for part in re.split(r"[.!?\n]+\s*", one.text))
    return any(count >= LOOPED for count in runs.values()) or any(
        count > 1 for line, count in lines.items() if len(line.split()) > 2
    )


def distinct(texts: Sequence[Sequence[str]], size: int) -> float:
    """Share of different n-grams among all (Li et al. 2016, arXiv:1510.03055)."""
    grams = [gram for words in texts for gram in _grams(words, size)]
    return len(set(grams)) / len(grams) if grams else 0.0


def _grams(words: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + size]) for at in range(len(words) - size + 1))
