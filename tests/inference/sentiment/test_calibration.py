"""Temperature and calibration error, on numbers whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from foundation.inference.sentiment import calibration


def test_the_error_is_how_far_sureness_and_success_lie_apart() -> None:
    probabilities = np.array([[0.9, 0.1]] * 10)
    truth = np.array([0] * 6 + [1] * 4)
    assert calibration.calibration_error(probabilities, truth) == pytest.approx(0.3)
    assert calibration.calibration_error(probabilities, np.array([0] * 9 + [1])) == pytest.approx(0)


def test_bins_are_weighed_by_how_many_texts_they_hold() -> None:
    probabilities = np.array([[1.0, 0.0]] * 3 + [[0.6, 0.4]])
    truth = np.array([0, 0, 0, 1])
    assert calibration.calibration_error(probabilities, truth) == pytest.approx(0.6 / 4)


def test_the_temperature_undoes_what_made_a_model_too_sure() -> None:
    chance = np.random.default_rng(5)
    logits = chance.normal(0, 1.5, (4000, 5))
    probabilities = calibration.softmax(logits)
    stars = np.array([chance.choice(5, p=row) for row in probabilities])
    groups = np.eye(3)[np.array([0, 0, 1, 2, 2])[stars]]
    assert calibration.temperature(logits * 3, groups) == pytest.approx(3, rel=0.1)
    assert calibration.temperature(logits, groups) == pytest.approx(1, rel=0.1)


def test_probabilities_of_huge_logits_are_finite() -> None:
    assert calibration.softmax(np.array([[1e4, 0, 0, 0, -1e4]])).tolist() == [[1, 0, 0, 0, 0]]
