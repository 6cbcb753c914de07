"""The sentiment of each sentence of a review, beside that of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foundation.evidence.sentences import spans
from foundation.inference.types import Classifier

MOST_SENTENCES = 200
"""Of one review; what stands behind them is read with the whole only."""


@dataclass(frozen=True, slots=True)
class Felt:
    """The sentence at text[start:end] with its probabilities in the order of the classifier's labels."""

    start: int
    end: int
    shares: tuple[float, ...]


def by_sentence(model: Classifier, texts: Sequence[str]) -> list[tuple[Felt, ...]]:
    """For each text its sentences in their order; all are classified together. () for a text without words."""
    places = [list(spans(text))[:MOST_SENTENCES] for text in texts]
    every = [text[start:end] for text, each in zip(texts, places, strict=True) for start, end in each]
    shares = iter(np.asarray(model.classify(every)).tolist() if every else ())
    return [tuple(Felt(start, end, tuple(next(shares))) for start, end in each) for each in places]
