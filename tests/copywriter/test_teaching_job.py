"""The job that teaches a model with a shop's texts: a real training of a tiny model, stopped, gone on with, refused."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from catalog.models import Product
from copywriter.training import job as teaching_job
from copywriter.training import kept, own_texts, running
from copywriter.training.dataset import DATA
from copywriter.training.job import KIND, AnotherModel, TeachModel, TooFewTexts, start
from copywriter.training.place import SLICES, Figures, Place
from foundation.inference import adapters, bundled
from foundation.inference.lora import Progress
from foundation.inference.lora_plan import Plan
from foundation.jobs import registry, services
from foundation.jobs.errors import AlreadyQueued, JobFailed, Later
from foundation.jobs.inline import run_here
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import create_merchant
from tests.copywriter import own_goods, tiny_model

PLAN = Plan(rank=2, epochs=2, rate=2e-2, budget=256, save_every=2, seed=3)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model.make(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(autouse=True)
def _small(model: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny model, a few of the project's examples, few texts needed, no worker woken."""
    settings.DATA_DIR = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.INFERENCE_ROLES = {"copy": {**settings.INFERENCE_ROLES["copy"], "adapter": None}}
    (tmp_path / "set").mkdir()
    lines = (DATA / "outdoor_and_camping.jsonl").read_text(encoding="utf-8").splitlines()[:6]
    (tmp_path / "set" / "few.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr(running, "DATA", tmp_path / "set")
    monkeypatch.setattr(teaching_job, "PLAN", PLAN)
    monkeypatch.setattr(own_texts, "FEWEST", 10)
    monkeypatch.setattr(kept, "ONE_IN", 2)  # of 24 texts some are kept, whatever their ids
    monkeypatch.setattr(bundled, "torch_folder", lambda *_args, **_named: model)
    monkeypatch.setattr("foundation.jobs.services.wake", lambda *_args: None)


@pytest.fixture
def texts(shop: Merchant) -> list[Product]:
    return own_goods.make(24)


def items(job: Job, *keys: int) -> list[JobItem]:
    """Those of some slices, in any order, or all."""
    found = JobItem.objects.filter(job=job)
    return list(found.filter(key__in=[str(key) for key in keys]) if keys else found)


def steps(job: Job) -> int:
    figures = Figures.of(Place.of(job).run)
    assert figures is not None
    return int(sum(count for _total, count in figures.losses.values()))


def test_a_shops_texts_become_an_adapter(shop: Merchant, texts: list[Product], owner: User) -> None:
    job = run_here(start(owner), threads=1)
    assert (job.status, job.error) == (JobStatus.DONE, "")
    assert set(JobItem.objects.values_list("status", flat=True)) == {ItemStatus.DONE}
    place = Place.of(job)
    assert place.adapter == place.shop.parent / f"shop-{shop.pk}" / "adapter"
    assert adapters.checksum(place.adapter) == adapters.checksum(place.run / "adapter")
    figures = Figures.of(place.adapter)
    assert figures is not None
    assert (figures.texts, figures.usable) == (24, 24)
    assert len(figures.kept) == PLAN.epochs
    means = [total / count for _slice, (total, count) in sorted(figures.losses.items(), key=lambda one: int(one[0]))]
    assert means[-1] < means[0] - 0.05
    assert figures.own_kept > 0
    assert figures.before is not None
    assert figures.after is not None
    assert figures.after < figures.before - 0.05
    assert figures.tokens_per_second > 0


def test_it_learns_what_the_shop_wrote_and_nothing_else(shop: Merchant, texts: list[Product], owner: User) -> None:
    with merchant_scope(create_merchant("Next door", owner)):
        own_goods.make(30, first=500)
    job = start()
    job_items = items(job)
    next(iter(TeachModel().process(job, job_items, lambda: False)))
    lines = Place.of(job).examples.read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["id"] for line in lines} == {product.key for product in texts}


def test_told_to_stop_it_goes_on_later_from_its_last_step(shop: Merchant, texts: list[Product]) -> None:
    job = start()
    told: list[str] = []
    for outcome in TeachModel().process(job, items(job), lambda: len(told) >= 4):
        told.append(outcome.key)
    assert told[:4] == ["1", "2", "3", "4"]
    assert len(told) < SLICES
    stopped = steps(job)
    assert stopped > 0
    rest = [outcome.key for outcome in TeachModel().process(job, items(job, *range(len(told) + 1, SLICES + 1)), never)]
    assert rest == [str(number) for number in range(len(told) + 1, SLICES + 1)]
    assert steps(job) == steps_of_a_whole_run(job, PLAN) > stopped  # none was learnt twice


def never() -> bool:
    return False


def steps_of_a_whole_run(job: Job, plan: Plan) -> int:
    """What the trainer's own state says, which counts each step once."""
    state = json.loads((Place.of(job).run / "checkpoint" / "state.json").read_text(encoding="utf-8"))
    assert state["epoch"] == plan.epochs
    return int(state["step"])


def test_a_worker_that_leaves_ends_the_training_after_its_step(shop: Merchant, texts: list[Product]) -> None:
    job = start()
    outcomes = TeachModel().process(job, items(job), never)
    assert [one.key for one in itertools.islice(outcomes, 2)] == ["1", "2"]
    outcomes.close()  # type: ignore[attr-defined]
    learnt = steps(job)
    checkpoint = json.loads((Place.of(job).run / "checkpoint" / "state.json").read_text(encoding="utf-8"))
    assert checkpoint["step"] == learnt
    with FileLock(str(Place.of(job).shop.parent / "one.lock"), timeout=0):
        pass  # free again


def test_a_training_that_broke_off_goes_on_from_its_checkpoint(
    shop: Merchant, texts: list[Product], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a kill: the steps since the last checkpoint are lost, those before it are not."""
    whole, told = running.Running._report, list[int]()

    def report(self: running.Running, progress: Progress) -> None:
        told.append(progress.step)
        if len(told) == 6:
            raise OSError("the machine is gone")
        whole(self, progress)

    monkeypatch.setattr(running.Running, "_report", report)
    monkeypatch.setattr("foundation.jobs.inline.LOOK", 0.0)
    job = run_here(start(), threads=1)
    assert (job.status, job.error) == (JobStatus.DONE, "")
    assert told[:6] == list(range(1, 7))
    assert told[6] == 5  # step 4 was the last that PLAN.save_every saved
    assert set(JobItem.objects.values_list("status", flat=True)) == {ItemStatus.DONE}


def test_in_smaller_chunks_each_learns_up_to_its_end(shop: Merchant, texts: list[Product]) -> None:
    """As after a crash, when nobody knows whose fault it was."""
    job = start()
    learnt = [0]
    for chunk in (range(1, 9), range(9, 17), range(17, SLICES + 1)):
        outcomes = [outcome.key for outcome in TeachModel().process(job, items(job, *chunk), never)]
        assert outcomes == [str(number) for number in chunk]
        learnt.append(steps(job))
    assert learnt == sorted(set(learnt))
    assert Place.of(job).adapter.is_dir()


def test_a_second_training_of_the_shop_is_refused(shop: Merchant, texts: list[Product], owner: User) -> None:
    first = start()
    with pytest.raises(AlreadyQueued, match="already queued or running") as refused:
        start()
    assert refused.value.job == first
    with merchant_scope(create_merchant("Next door", owner)):
        own_goods.make(24)
        assert start().is_active


def test_while_another_shop_learns_it_waits_and_says_so(shop: Merchant, texts: list[Product], tmp_path: Path) -> None:
    job = start()
    (tmp_path / "training").mkdir()
    busy = FileLock(str(tmp_path / "training" / "one.lock"))
    with busy, pytest.raises(Later, match="Another model is being taught"):
        list(TeachModel().process(job, items(job), never))
    assert not Place.of(job).run.exists()


def test_too_little_memory_is_told_before_anything_is_loaded(
    shop: Merchant, texts: list[Product], monkeypatch: pytest.MonkeyPatch
) -> None:
    from transformers import AutoModelForCausalLM

    def load(*_args: object, **_named: object) -> None:
        raise AssertionError("loaded")

    monkeypatch.setattr(AutoModelForCausalLM, "from_pretrained", load)
    monkeypatch.setattr("foundation.inference.lora.available", lambda: 1 << 20)
    monkeypatch.setattr("foundation.inference.hardware.calm_threads", lambda: None)
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    job = run_here(start(), threads=1)
    assert job.status == JobStatus.FAILED
    assert "GB of memory" in job.error


def test_few_texts_are_refused_with_what_to_do(shop: Merchant) -> None:
    own_goods.make(9)
    with pytest.raises(TooFewTexts, match=r"Only 9 of your descriptions .* 10 are needed\. Import or write more"):
        start()
    assert not Job.objects.exists()


def test_of_a_large_catalog_the_job_counts_the_rest(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_texts, "LOOKED_AT", 3)
    own_goods.make(9)
    job = start()
    with pytest.raises(JobFailed, match="Only 9 of your descriptions"):
        list(TeachModel().process(job, items(job), never))
    assert not Place.of(job).examples.exists()


@pytest.mark.parametrize("role", [{"model": "/models/big"}, {"engine": "remote"}])
def test_only_the_bundled_model_is_taught(
    shop: Merchant, texts: list[Product], settings: Any, role: dict[str, str]
) -> None:
    settings.INFERENCE_ROLES = {"copy": {**settings.INFERENCE_ROLES["copy"], **role}}
    with pytest.raises(AnotherModel, match="Unset COPY_MODEL"):
        start()


def test_a_new_training_begins_afresh_and_keeps_the_adapter_until_it_ends(
    shop: Merchant, texts: list[Product], tmp_path: Path
) -> None:
    first = run_here(start(), threads=1)
    learnt = adapters.checksum(Place.of(first).adapter)
    own_goods.make(4, first=100)
    second = start()
    process = TeachModel().process(second, items(second), never)
    next(iter(process))
    assert not Place.of(first).run.exists()
    assert adapters.checksum(Place.of(second).adapter) == learnt
    list(process)
    assert adapters.checksum(Place.of(second).adapter) != learnt


def test_what_it_began_with_stays_what_it_goes_on_from(shop: Merchant, texts: list[Product], settings: Any) -> None:
    """The adapter in use may be the shop's own, which a training replaces at its end."""
    own = Place.of(run_here(start(), threads=1)).adapter
    settings.INFERENCE_ROLES = {"copy": {**settings.INFERENCE_ROLES["copy"], "adapter": own}}
    began = adapters.checksum(own)
    own_goods.make(4, first=100)
    job = start()
    assert len(list(TeachModel().process(job, items(job), never))) == SLICES
    assert adapters.checksum(own) != began
    learnt = steps(job)
    last = items(job, SLICES)
    assert [one.key for one in TeachModel().process(job, last, never)] == [str(SLICES)], "killed before it was told"
    assert steps(job) == learnt, "nothing is learnt again"
    start_ = Place.of(job).start
    assert start_ is not None
    assert adapters.checksum(start_) == began


def test_a_changed_training_set_of_the_program_begins_afresh(
    shop: Merchant, texts: list[Product], tmp_path: Path
) -> None:
    job = start()
    stopped: list[str] = []
    for outcome in TeachModel().process(job, items(job), lambda: len(stopped) >= 6):
        stopped.append(outcome.key)
    more = (DATA / "outdoor_and_camping.jsonl").read_text(encoding="utf-8").splitlines()[6:9]
    (tmp_path / "set" / "more.jsonl").write_text("\n".join(more) + "\n", encoding="utf-8")
    plan = Place.of(job).run / "checkpoint" / "plan.json"
    plan.write_text(json.dumps({**json.loads(plan.read_text()), "dropout": 0.1}))  # as a version with more settings
    left = items(job, *range(len(stopped) + 1, SLICES + 1))
    assert len(list(TeachModel().process(job, left, never))) == len(left)
    assert Place.of(job).adapter.is_dir()


def test_figures_of_another_version_are_read(tmp_path: Path) -> None:
    Figures(texts=7, losses={"1": [2.0, 1]}).write(tmp_path)
    path = tmp_path / "figures.json"
    written = json.loads(path.read_text(encoding="utf-8"))
    del written["own_kept"]
    path.write_text(json.dumps({**written, "gone": 3}), encoding="utf-8")
    assert Figures.of(tmp_path) == Figures(texts=7, losses={"1": [2.0, 1]})


def test_registered_and_told(shop: Merchant, texts: list[Product]) -> None:
    kind = registry.get(KIND)
    assert isinstance(kind, TeachModel)
    job = services.enqueue(KIND, {})
    assert kind.title(job) == "Teach the model your texts"
    assert kind.results(job)[1] == f"/m/{shop.slug}/teach/"
    assert kind.item_labels(["3"]) == {"3": "Part 3 of 20"}
