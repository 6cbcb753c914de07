"""Stars, classes and grades as one target."""

from __future__ import annotations

import numpy as np
import pytest

from foundation.inference.sentiment import targets


@pytest.mark.parametrize("rating", [1, 2, 3, 4, 5])
def test_a_rating_is_mostly_its_star(rating: int) -> None:
    made = targets.of_rating(rating)
    assert made.stars[rating - 1] == pytest.approx(0.9)
    assert sum(made.stars) == pytest.approx(1)
    assert sum(made.groups) == pytest.approx(1)
    assert int(np.argmax(made.groups)) == targets.GROUP_OF[rating - 1]


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_other_ratings_are_refused(rating: int) -> None:
    with pytest.raises(ValueError, match="no rating"):
        targets.of_rating(rating)


@pytest.mark.parametrize(("grade", "group"), [(-3.5, 0), (-0.8, 0), (0.0, 1), (0.3, 1), (0.9, 2), (4.0, 2)])
def test_a_grade_is_mostly_its_group(grade: float, group: int) -> None:
    made = targets.of_grade(grade)
    assert int(np.argmax(made.groups)) == group
    assert sum(made.groups) == pytest.approx(1)


def test_the_best_grade_leans_to_five_stars_and_a_good_one_to_four() -> None:
    assert targets.of_grade(4).stars[4] > targets.of_grade(4).stars[3]
    assert targets.of_grade(1.2).stars[3] > targets.of_grade(1.2).stars[4]
    assert targets.of_grade(-4).stars[0] > targets.of_grade(-4).stars[1]


def test_stars_sum_up_to_sentiments_and_an_expectation() -> None:
    stars = np.array([[0.1, 0.2, 0.3, 0.25, 0.15], [0, 0, 0, 0, 1.0]])
    assert targets.grouped(stars) == pytest.approx(np.array([[0.3, 0.3, 0.4], [0, 0, 1]]))
    assert targets.expected_stars(stars) == pytest.approx(np.array([3.15, 5]))
