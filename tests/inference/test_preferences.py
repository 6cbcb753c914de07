"""Direct preference optimisation of a tiny adapter: the better answer gains, and a stop loses nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from foundation.inference.lora import CHECKPOINT, Progress
from foundation.inference.lora_plan import Encoded, packed
from foundation.inference.preferences import PreferenceTrainer
from tests.inference.test_lora import PLAN, adapter, train
from tests.inference.test_lora import model as model  # a fixture

PREFER = replace(PLAN, epochs=3, rate=5e-3)


def pairs(count: int, seed: int) -> list[tuple[Encoded, Encoded]]:
    """The answer that repeats its question is better than the one that says the same word all over."""
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        asked = tuple(rng.randint(3, 63) for _ in range(rng.choice((4, 6))))
        spans = ((len(asked) + 1, 2 * len(asked) + 2),)
        made.append((Encoded((*asked, 2, *asked, 1), spans), Encoded((*asked, 2, *(7,) * len(asked), 1), spans)))
    return made


@pytest.fixture(scope="module")
def start(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start")
    train(model, folder)
    return folder / "adapter"


def prefer(model: Path, folder: Path, start: Path, stop_after: int = 10**6) -> tuple[PreferenceTrainer, list[Progress]]:
    told: list[Progress] = []
    trainer = PreferenceTrainer(model, folder, PREFER, told.append, lambda: len(told) >= stop_after, start)
    trainer.prefer(packed(pairs(24, 1), 128), packed(pairs(6, 2), 128))
    return trainer, told


def margin(trainer: PreferenceTrainer, batches: Sequence[Sequence[Encoded]]) -> float:
    """By how much the better answers are likelier than the worse ones, mean in nats."""
    trainer.model.eval()
    with torch.inference_mode():
        told = torch.cat([trainer._told(batch)[0] for batch in batches])
    return float((told[0::2] - told[1::2]).mean())


def test_the_better_answer_gains_on_the_worse(model: Path, start: Path, tmp_path: Path) -> None:
    trainer, told = prefer(model, tmp_path, start)
    kept = packed(pairs(6, 2), 128)
    before = torch.tensor([trainer._before[one] for batch in kept for one in batch])
    assert margin(trainer, kept) > float((before[0::2] - before[1::2]).mean()) + 1
    losses = [one.kept_loss for one in told if one.kept_loss is not None]
    assert losses[-1] < losses[0]
    assert adapter(tmp_path / "adapter").keys() == adapter(start).keys()


def test_a_stopped_one_goes_on_as_if_it_had_not_been(model: Path, start: Path, tmp_path: Path) -> None:
    prefer(model, tmp_path / "whole", start)
    prefer(model, tmp_path / "parts", start, stop_after=3)
    prefer(model, tmp_path / "parts", start)
    whole, parts = (adapter(tmp_path / name / CHECKPOINT) for name in ("whole", "parts"))
    assert all(torch.equal(whole[name], parts[name]) for name in whole)


def test_pairs_stay_together() -> None:
    made = pairs(9, 3)
    batches = packed(made, 40)
    assert all(len(batch) % 2 == 0 and max(len(one.ids) for one in batch) * len(batch) <= 40 for batch in batches)
    assert sorted((batch[n].ids, batch[n + 1].ids) for batch in batches for n in range(0, len(batch), 2)) == sorted(
        (better.ids, worse.ids) for better, worse in made
    )
    assert packed([], 40) == []
