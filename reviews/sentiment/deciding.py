"""Which words carried a decision: how much the classifier's margin loses without each of them.

Leave-one-out (occlusion: Zeiler and Fergus 2014, arXiv:1311.2901; for text Li et al. 2016, arXiv:1612.08220): it holds
for any classifier and needs nothing of its insides. A text is read once for each of its words; of a long one the
sentences are left out first, and words only of those that decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foundation.evidence.sentences import spans
from foundation.inference.types import Classifier

MOST_WORDS = 80
"""Words of a text that are left out one by one; of a longer text those of the sentences that decide most."""
MOST_SENTENCES = 60
FLOOR = 1e-6
_WORD = re.compile(r"[\w'’-]+|[^\w\s]+")


@dataclass(frozen=True, slots=True)
class Deciding:
    """The words at text[start:end]; `weight` is what the log odds of the decision lose without them: more than 0 where
    they speak for it, less where they speak against it."""

    start: int
    end: int
    weight: float


def deciding(model: Classifier, text: str) -> tuple[Deciding, ...]:
    """The words of the text in their order, each with its weight; () for a text without words. Raises nothing."""
    words = [match.span() for match in _WORD.finditer(text)]
    if len(words) > MOST_WORDS:
        words = _of_the_sentences(words, _by_weight(model, text, _both_ends(list(spans(text)))))
    return _without(model, text, words)


def _without(model: Classifier, text: str, places: Sequence[tuple[int, int]]) -> tuple[Deciding, ...]:
    if not places:
        return ()
    texts = [text, *(f"{text[:start]} {text[end:]}" for start, end in places)]
    found = np.asarray(model.classify(texts), dtype=np.float64).clip(FLOOR, 1 - FLOOR)
    decided = found[:, int(found[0].argmax())]
    odds = np.log(decided / (1 - decided))
    return tuple(
        Deciding(start, end, float(odds[0] - left)) for (start, end), left in zip(places, odds[1:], strict=True)
    )


def _both_ends(sentences: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Of very many the first and the last: that is what a classifier reads of a text that is too long."""
    half = MOST_SENTENCES // 2
    return sentences if len(sentences) <= MOST_SENTENCES else [*sentences[:half], *sentences[-half:]]


def _by_weight(model: Classifier, text: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in sorted(_without(model, text, places), key=lambda one: -abs(one.weight))]


def _of_the_sentences(words: Sequence[tuple[int, int]], sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words of as many of the sentences, the weightiest first, as may be left out one by one."""
    chosen: list[tuple[int, int]] = []
    for start, end in sentences:
        inside = [word for word in words if start <= word[0] and word[1] <= end]
        chosen += inside[: MOST_WORDS - len(chosen)]
    return sorted(chosen)


def strongest(found: Sequence[Deciding], most: int) -> tuple[Deciding, ...]:
    """Those that speak for the decision, at most so many, in the order of the text."""
    speaking = sorted((one for one in found if one.weight > 0), key=lambda one: -one.weight)
    return tuple(sorted(speaking[:most], key=lambda one: one.start))
