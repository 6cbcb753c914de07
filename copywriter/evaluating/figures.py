"""Figures of texts, as they come from the model, before the check drops anything, or of the chosen ones. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from copywriter.writing.coverage import coverage
from foundation.evidence import Fact, check
from foundation.evidence.lexicon import spelt

LOOP, LOOPED = 4, 3  # so many words, so many times


@dataclass(frozen=True, slots=True)
class Text:
    """One text with the facts it was written from; `finished` unless it was cut at its longest."""

    text: str
    facts: tuple[Fact, ...]
    finished: bool = True


@dataclass(frozen=True, slots=True)
class Figures:
    """Of many texts. Rates and coverage are shares, 0 to 1."""

    attribute_coverage: float
    degenerate_rate: float
    repetition: float
    distinct_2: float
    mean_words: float


def figures(texts: Sequence[Text]) -> Figures:
    """All zero of no texts at all."""
    words = [spelt(one.text) for one in texts]
    return Figures(
        attribute_coverage=mean([coverage(one.text, one.facts) for one in texts]),
        degenerate_rate=mean([is_degenerate(one) for one in texts]),
        repetition=mean([repetition(one) for one in words]),
        distinct_2=distinct(words, 2),
        mean_words=mean([len(one) for one in words]),
    )


def unbacked_rate(texts: Iterable[Text]) -> float:
    """Share of the sentences in which something unbacked stands; 0 of none."""
    return mean([sentence.is_foreign for one in texts for sentence in check(one.text, one.facts).sentences])


def mean(values: Sequence[float]) -> float:
    """0 of none."""
    return sum(values) / len(values) if values else 0.0


def is_degenerate(one: Text) -> bool:
    """Empty, cut off, or looping: the same words over and over, or a sentence twice."""
    words = spelt(one.text)
    if not one.finished or len(words) < 3:
        return True
    runs = Counter(_grams(words, LOOP))
    lines = Counter(" ".join(spelt(part)) for part in re.split(r"[.!?\n]+\s*", one.text))
    return any(count >= LOOPED for count in runs.values()) or any(
        count > 1 for line, count in lines.items() if len(line.split()) > 2
    )


def repetition(words: Sequence[str]) -> float:
    """Share of a text's runs of `LOOP` words that stand in it a second time: seq-rep-4 (Welleck et al. 2020,
    arXiv:1908.04319); 0 of a shorter one."""
    runs = list(_grams(words, LOOP))
    return 1 - len(set(runs)) / len(runs) if runs else 0.0


def distinct(texts: Sequence[Sequence[str]], size: int) -> float:
    """Share of different n-grams among all (Li et al. 2016, arXiv:1510.03055)."""
    grams = [gram for words in texts for gram in _grams(words, size)]
    return len(set(grams)) / len(grams) if grams else 0.0


def _grams(words: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + size]) for at in range(len(words) - size + 1))
