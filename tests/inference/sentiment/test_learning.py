"""The loss that texts are learnt by, and a few steps of a real training."""

from __future__ import annotations

import math

import pytest

from foundation.inference.sentiment import targets
from foundation.inference.sentiment.learning import Learner, Plan, Step, surprise_of

EXAMPLES = [
    (text, targets.of_class(good))
    for text, good in (
        ("A lovely mug, I use it every day", True), ("Broke after a week, what a waste", False),
        ("Great value and fast delivery", True), ("Awful smell, sent it back", False),
    )
]  # fmt: skip


def surprise(logits: list[float], target: targets.Target) -> float:
    import torch

    return float(surprise_of(torch.tensor([logits], dtype=torch.float32), [target]))


def test_of_a_class_only_the_class_counts() -> None:
    even = [0.0] * 5
    assert surprise(even, targets.of_class(True)) == pytest.approx(-math.log(2 / 5))
    assert surprise([-9, -9, -9, 5, 0], targets.of_class(True)) == pytest.approx(0, abs=1e-3)
    assert surprise([-9, -9, -9, 0, 5], targets.of_class(True)) == pytest.approx(0, abs=1e-3)


def test_of_a_rating_it_is_the_cross_entropy() -> None:
    logits = [0.1, -0.4, 0.3, 1.2, 0.5]
    total = math.log(sum(math.exp(one) for one in logits))
    wanted = -sum(p * (x - total) for p, x in zip(targets.of_rating(4).stars, logits, strict=True))
    assert surprise(logits, targets.of_rating(4)) == pytest.approx(wanted, abs=1e-5)


@pytest.mark.model
def test_it_learns_and_can_be_had_again() -> None:
    def learnt() -> list[Step]:
        steps: list[Step] = []
        plan = Plan(epochs=6, batch=2, rate=2e-4, head_rate=1e-2, dropout=0.0, frozen=4)
        Learner(plan, threads=1).run(lambda _epoch: EXAMPLES, steps.append)
        return steps

    first, second = learnt(), learnt()
    assert [step.loss for step in first] == [step.loss for step in second]
    assert len(first) == first[0].steps == 12
    assert max(step.loss for step in first[-2:]) < 0.5 * first[0].loss


@pytest.mark.model
def test_what_is_frozen_stays() -> None:
    from foundation.inference.sentiment import base
    from foundation.inference.sentiment.network import base_weights

    plan = Plan(epochs=1, batch=4, frozen=5)
    after, _head = Learner(plan, threads=1).run(lambda _epoch: EXAMPLES, lambda _step: None).arrays()
    before = base_weights(base.folder())
    changed = {name for name, value in after.items() if (value != before[name]).any()}
    assert changed
    assert all(name.startswith("encoder.layer.5.") for name in changed)
