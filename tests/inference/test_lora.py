"""The training loop, on a model small enough for seconds: the real one's architecture, its tokenizer left out."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from foundation.inference.adapters import shape
from foundation.inference.lora import CHECKPOINT, LOCK, Progress, Trainer, rate_share
from foundation.inference.lora_plan import Diverged, Encoded, Plan, TooLittleMemory, check_memory

PLAN = Plan(rank=4, epochs=2, rate=2e-2, budget=256, save_every=2, seed=3)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=64, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, tie_word_embeddings=True,
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("tiny")
    LlamaForCausalLM(config).to(torch.float16).save_pretrained(folder)
    return folder


def batches(number: int) -> list[list[Encoded]]:
    """Answers that repeat their prompt: something to learn, and the same for the same epoch."""
    rng = random.Random(number)
    made = []
    for _ in range(8):
        prompt = tuple(rng.randint(3, 63) for _ in range(6))
        made.append(
            [Encoded((*prompt, 2, *prompt, 1), ((7, 14),)), Encoded((*prompt[:3], 2, *prompt[:3], 1), ((4, 8),))]
        )
    return made


def train(model: Path, folder: Path, plan: Plan = PLAN, stop_after: int = 10**6) -> tuple[Trainer, list[Progress]]:
    told: list[Progress] = []
    trainer = Trainer(model, folder, plan, told.append, lambda: len(told) >= stop_after)
    trainer.run(batches, batches(99))
    return trainer, told


def adapter(folder: Path) -> dict:
    from safetensors.torch import load_file

    return load_file(folder / "adapter_model.safetensors")


def test_it_learns_and_keeps_the_best(model: Path, tmp_path: Path) -> None:
    trainer, told = train(model, tmp_path, replace(PLAN, epochs=6))
    kept = [one.kept_loss for one in told if one.kept_loss is not None]
    assert len(kept) == 6
    assert kept[-1] < kept[0] - 0.05
    assert trainer.state.best == min(kept)
    assert (tmp_path / "adapter" / "adapter_config.json").is_file()
    assert list((tmp_path / "events").glob("events.out.tfevents*"))


def test_a_stopped_training_goes_on_as_if_it_had_not_been(model: Path, tmp_path: Path) -> None:
    import torch

    whole, _told = train(model, tmp_path / "whole")
    _stopped, told = train(model, tmp_path / "parts", stop_after=5)
    assert told[-1].step == 5
    rest, told = train(model, tmp_path / "parts")
    assert told[0].step == 6
    assert rest.state.step == whole.state.step
    one, other = adapter(tmp_path / "whole" / CHECKPOINT), adapter(tmp_path / "parts" / CHECKPOINT)
    for name, weights in one.items():
        torch.testing.assert_close(weights, other[name])


def test_it_begins_with_an_adapter(model: Path, tmp_path: Path) -> None:
    train(model, tmp_path / "first", replace(PLAN, epochs=4))
    told: list[Progress] = []
    start = tmp_path / "first" / "adapter"
    again = Trainer(model, tmp_path / "again", PLAN, told.append, lambda: bool(told), start)
    again.run(batches, batches(99))
    _fresh, bare = train(model, tmp_path / "bare", stop_after=1)
    assert told[0].loss < bare[0].loss - 0.05
    for other in (replace(PLAN, rank=2), replace(PLAN, targets=("q_proj",))):
        assert shape(start) == PLAN.shape != other.shape
        with pytest.raises(ValueError, match="rank 4 and matrices for down_proj, gate_proj"):
            Trainer(model, tmp_path / "other", other, told.append, lambda: True, start).run(batches, [])
    assert shape(tmp_path) == (0, frozenset())


def test_a_kill_between_two_renames_loses_no_checkpoint(model: Path, tmp_path: Path) -> None:
    train(model, tmp_path, stop_after=4)
    (tmp_path / CHECKPOINT).rename(tmp_path / f"{CHECKPOINT}.old")
    _trainer, told = train(model, tmp_path)
    assert told[0].step == 5


def test_a_folder_of_another_training_is_refused(model: Path, tmp_path: Path) -> None:
    train(model, tmp_path, stop_after=2)
    with pytest.raises(ValueError, match="other settings"):
        train(model, tmp_path, replace(PLAN, data="another set"))


def test_a_plan_of_another_version_is_another_only_where_it_differs(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    PLAN.write(path)
    assert PLAN.is_in(path)
    assert not replace(PLAN, targets=("q_proj",)).is_in(path)
    written = json.loads(path.read_text())
    path.write_text(json.dumps({name: value for name, value in written.items() if name != "start"}))
    assert PLAN.is_in(path), "written before there was the setting"
    assert not replace(PLAN, start="some adapter").is_in(path)
    path.write_text(json.dumps({**written, "dropout": 0.1}))
    assert not PLAN.is_in(path)


def test_only_the_answer_is_learnt(model: Path, tmp_path: Path) -> None:
    trainer = Trainer(model, tmp_path, PLAN, lambda _: None, lambda: False)
    trainer._load()
    trainer.model.eval()
    one = Encoded((5, 6, 7, 8, 1), ((3, 5),))
    alone = float(trainer._loss([one]).detach())
    beside = float(trainer._loss([one, Encoded((*one.ids, 9, 9, 9), ())]).detach())  # no answer, only padding's cause
    assert alone == pytest.approx(beside, abs=1e-4)


def test_memory_is_refused_with_its_figure() -> None:
    with pytest.raises(TooLittleMemory, match=r"about 3\.0 GB .* 1\.0 GB are free.*--budget 1024"):
        check_memory(3 << 30, 1 << 30, 4096)
    check_memory(1 << 30, 3 << 30, 4096)


def test_more_tokens_a_step_need_more_memory() -> None:
    few, many = (replace(PLAN, budget=budget).memory(134_515_008, 30, 576, 1536, 49152, 4) for budget in (2048, 8192))
    assert 2 << 30 < few < 10 << 30
    assert many > 2.5 * few


def test_the_rate_warms_up_and_cools_down() -> None:
    shares = [rate_share(step, 100, 0.1) for step in range(100)]
    assert shares[0] == pytest.approx(0.1)
    assert max(shares) == pytest.approx(1.0)
    assert shares[-1] < 0.06
    assert shares[9] == pytest.approx(1.0)


def test_a_loss_that_is_no_number_ends_it(model: Path, tmp_path: Path) -> None:
    with pytest.raises(Diverged, match="Use a lower rate"):
        train(model, tmp_path, replace(PLAN, rate=1e30))
    assert not (tmp_path / "adapter").exists()


def test_two_trainings_do_not_share_a_folder(model: Path, tmp_path: Path) -> None:
    with FileLock(str(tmp_path / LOCK)), pytest.raises(ValueError, match="Another training writes into"):
        train(model, tmp_path)
    train(model, tmp_path, stop_after=1)
