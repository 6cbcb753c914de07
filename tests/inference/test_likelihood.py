"""What a training is judged by: the loss on texts kept back, the same as the trainer's own."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from foundation.inference.likelihood import LONGEST, mean_loss
from foundation.inference.lora_plan import Encoded
from tests.inference.test_lora import PLAN, batches, model, train

assert model  # the fixture


def test_it_is_the_trainers_loss_of_the_adapter_that_stays(model: Path, tmp_path: Path) -> None:
    trainer, _told = train(model, tmp_path, replace(PLAN, epochs=6))
    held = [one for batch in batches(99) for one in batch]
    before, after = mean_loss(model, None, held), mean_loss(model, tmp_path / "adapter", held)
    assert after == pytest.approx(trainer.state.best, abs=2e-3)  # the adapter lies there in fp16
    assert before > after + 0.05


def test_only_answers_count(model: Path) -> None:
    several = Encoded((5, 6, 7, 8, 9, 1), ((2, 3), (4, 6)))
    first = Encoded((5, 6, 7), ((2, 3),))
    second = Encoded((5, 6, 7, 8, 9, 1), ((4, 6),))
    apart = mean_loss(model, None, [first]) + 2 * mean_loss(model, None, [second])
    assert 3 * mean_loss(model, None, [several]) == pytest.approx(apart, rel=1e-4)


def test_of_a_long_text_the_beginning_is_read(model: Path) -> None:
    ids = tuple(3 + n % 60 for n in range(LONGEST))
    cut, whole = Encoded(ids, ((5, 9),)), Encoded((*ids, 7, 8, 1), ((5, 9), (LONGEST, LONGEST + 3)))
    assert mean_loss(model, None, [whole]) == pytest.approx(mean_loss(model, None, [cut]), rel=1e-5)


def test_of_no_texts_there_is_none(model: Path) -> None:
    assert math.isnan(mean_loss(model, None, []))
