"""Whether a probability is what it says: temperature scaling and the expected calibration error (Guo et al. 2017)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

BINS = 15
COLDEST, WARMEST, STEPS = 0.2, 5.0, 60


def temperature(logits: np.ndarray, groups: np.ndarray) -> float:
    """By what to divide the [n, 5] logits so that the [n, 3] known `groups` are least surprising.

    Golden-section search over its logarithm: the surprise has one valley (it is convex in 1/T for whole classes).
    """
    import numpy as np

    shrink = (np.sqrt(5) - 1) / 2
    low, high = np.log(COLDEST), np.log(WARMEST)
    for _ in range(STEPS):
        left, right = high - shrink * (high - low), low + shrink * (high - low)
        if surprise(logits / np.exp(left), groups) < surprise(logits / np.exp(right), groups):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


def surprise(logits: np.ndarray, groups: np.ndarray) -> float:
    """Mean negative log-probability of the known groups, in nats."""
    import numpy as np

    from foundation.inference.sentiment.targets import grouped

    told = np.log(np.maximum(grouped(softmax(logits)), 1e-12))
    return float(-(groups * told).sum(axis=1).mean())


def softmax(logits: np.ndarray) -> np.ndarray:
    """Over the last axis, in float64."""
    import numpy as np

    raised = np.exp((logits - logits.max(axis=-1, keepdims=True)).astype(np.float64))
    return raised / raised.sum(axis=-1, keepdims=True)


def calibration_error(probabilities: np.ndarray, truth: np.ndarray) -> float:
    """Expected calibration error of the likeliest class over 15 bins of equal width.

    `probabilities` is [n, classes], `truth` [n] the right class; 0 is perfect.
    """
    import numpy as np

    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == truth
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    error = 0.0
    for one in np.unique(bins):
        there = bins == one
        error += there.mean() * abs(right[there].mean() - sure[there].mean())
    return float(error)
