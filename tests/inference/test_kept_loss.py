"""What a training is judged by: the loss on texts kept back, the same as the trainer's own."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from foundation.inference.kept_loss import kept_loss
from foundation.inference.lora_plan import Encoded
from tests.inference.test_lora import PLAN, batches, model, train

assert model  # the fixture


def test_it_is_the_trainers_loss_of_the_adapter_that_stays(model: Path, tmp_path: Path) -> None:
    trainer, _told = train(model, tmp_path, replace(PLAN, epochs=6))
    before, after = kept_loss(model, None, batches(99)), kept_loss(model, tmp_path / "adapter", batches(99))
    assert after == pytest.approx(trainer.state.best, abs=2e-3)  # the adapter lies there in fp16
    assert before > after + 0.05


def test_only_answers_count(model: Path) -> None:
    several = Encoded((5, 6, 7, 8, 9, 1), ((2, 3), (4, 6)))
    first = Encoded((5, 6, 7), ((2, 3),))
    second = Encoded((5, 6, 7, 8, 9, 1), ((4, 6),))
    apart = kept_loss(model, None, [[first]]) + 2 * kept_loss(model, None, [[second]])
    assert 3 * kept_loss(model, None, [[several]]) == pytest.approx(apart, rel=1e-4)


def test_of_no_texts_there_is_none(model: Path) -> None:
    assert math.isnan(kept_loss(model, None, []))
