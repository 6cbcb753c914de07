"""Figures whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from reviews.sentiment.labels import NEGATIVE, NEUTRAL, POSITIVE, Labels
from reviews.sentiment.measuring import figures


def test_three_classes() -> None:
    said = np.eye(3)[[NEGATIVE, NEGATIVE, NEUTRAL, POSITIVE]]
    found = figures(said, Labels((NEGATIVE, NEUTRAL, NEUTRAL, POSITIVE), "words"))
    assert found["accuracy"] == 0.75
    assert found["balanced_accuracy"] == pytest.approx((1 + 0.5 + 1) / 3, abs=1e-4)
    assert found["macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 3, abs=1e-4)
    assert found["recall_neutral"] == 0.5


def test_with_two_classes_a_neutral_text_is_what_it_leans_to() -> None:
    said = np.array([[0.1, 0.8, 0.1001], [0.15, 0.8, 0.05], [0.0, 1.0, 0.0]])
    found = figures(said, Labels((POSITIVE, NEGATIVE, NEGATIVE), "0/1"))
    assert found["accuracy"] == 1
    assert "recall_neutral" not in found
    sure = [0.1001 / 0.2001, 0.75, 0.5]
    assert found["calibration_error"] == pytest.approx(sum(1 - one for one in sure) / 3, abs=1e-3)


def test_balanced_is_of_classes_and_not_of_texts() -> None:
    said = np.array([[0.1, 0, 0.9]] * 10)
    found = figures(said, Labels((POSITIVE,) * 9 + (NEGATIVE,), "0/1"))
    assert (found["accuracy"], found["balanced_accuracy"]) == (0.9, 0.5)
    assert found["calibration_error"] == pytest.approx(0)
