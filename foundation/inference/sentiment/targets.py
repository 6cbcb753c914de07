"""What the classifier learns and says: a distribution over five stars, whose sums are the three sentiments."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

LABELS = ("negative", "neutral", "positive")
STARS = 5
GROUP_OF = (0, 0, 1, 2, 2)
"""Star → label: one and two are negative, three is neutral, four and five are positive."""
NEIGHBOUR = 0.1
"""Of a rating, the share that its neighbours get: who gives four stars might have given five."""
SETTLED, SPREAD = 0.6, 0.25
"""Of a graded opinion from −4 to 4: from about here on it is no longer neutral; how fast that turns."""


@dataclass(frozen=True, slots=True)
class Target:
    """`groups` is what is known of negative, neutral and positive (sums to 1); `stars` what is known of the stars
    besides, all 0 where nothing is, at most 1 in sum."""

    groups: tuple[float, float, float]
    stars: tuple[float, float, float, float, float] = (0.0, 0.0, 0.0, 0.0, 0.0)


def of_class(positive: bool) -> Target:
    """Good or bad, and no word of how much."""
    return Target((0.0, 0.0, 1.0) if positive else (1.0, 0.0, 0.0))


def of_rating(rating: int) -> Target:
    """One to five stars. Raises ValueError for another number."""
    if not 1 <= rating <= STARS:
        raise ValueError(f"{rating} is no rating from 1 to {STARS}.")
    stars = [0.0] * STARS
    beside = [star for star in (rating - 2, rating) if 0 <= star < STARS]
    for star in beside:
        stars[star] = NEIGHBOUR / len(beside)
    stars[rating - 1] = 1 - NEIGHBOUR
    return Target(_sums(stars), _five(stars))


def of_grade(grade: float) -> Target:
    """A mean opinion of several people from −4 (worst) to 4 (best)."""
    positive, negative = _rising((grade - SETTLED) / SPREAD), _rising((-grade - SETTLED) / SPREAD)
    neutral = max(0.0, 1 - positive - negative)
    whole = positive + negative + neutral
    groups = (negative / whole, neutral / whole, positive / whole)
    outer = min(1.0, max(0.0, (abs(grade) - 1) / 2)) / 2  # half the weight of a rating that somebody gave
    if grade > SETTLED:
        return Target(groups, (0.0, 0.0, 0.0, 0.5 - outer, outer))
    if grade < -SETTLED:
        return Target(groups, (outer, 0.5 - outer, 0.0, 0.0, 0.0))
    return Target(groups)


def grouped(stars: np.ndarray) -> np.ndarray:
    """[n, 5] probabilities of stars → [n, 3] of `LABELS`."""
    import numpy as np

    sums = [stars[:, [i for i in range(STARS) if GROUP_OF[i] == g]].sum(axis=1) for g in range(len(LABELS))]
    return np.stack(sums, axis=1)


def expected_stars(stars: np.ndarray) -> np.ndarray:
    """[n, 5] probabilities → [n] estimates from 1 to 5."""
    import numpy as np

    return stars @ np.arange(1, STARS + 1, dtype=stars.dtype)


def _sums(stars: list[float]) -> tuple[float, float, float]:
    return stars[0] + stars[1], stars[2], stars[3] + stars[4]


def _five(stars: list[float]) -> tuple[float, float, float, float, float]:
    one, two, three, four, five = stars
    return one, two, three, four, five


def _rising(x: float) -> float:
    return 1 / (1 + math.exp(-x))
