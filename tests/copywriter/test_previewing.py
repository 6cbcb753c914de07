"""A voice tried before it is saved: which products, what is written, what is kept of it and for how long."""

from __future__ import annotations

from typing import Any

import pytest

from copywriter import previewing, trial
from copywriter.models import Draft, Preview, Voice
from copywriter.previewing import PreviewVoice
from copywriter.services import voices as services
from copywriter.shown_preview import shown
from foundation.inference.types import Generator, InferenceError, Request
from foundation.jobs import registry
from foundation.jobs import services as job_services
from foundation.jobs.errors import AlreadyQueued, JobFailed, NothingToDo
from foundation.jobs.inline import run_here
from foundation.jobs.models import Job, JobItem, JobStatus
from foundation.jobs.queues import Queue
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import create_merchant
from tests.copywriter.conftest import MakeProduct
from tests.copywriter.scripted import ScriptedGenerator, truthful

WARM = {"tone": "warm", "audience": "", "prefer": [], "avoid": [], "examples": []}


@pytest.fixture(autouse=True)
def _no_wake_ups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foundation.jobs.services.wake", lambda *_args: None)


def warmly(facts: str, request: Request) -> str:
    """Says another sentence where a warm one is asked for."""
    text = truthful(facts, request)
    return text.replace("The ", "Your ", 1) if any(", warm," in m.content for m in request.messages) else text


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> ScriptedGenerator:
    made = ScriptedGenerator(warmly)
    monkeypatch.setattr(previewing, "generator", lambda role: made)
    return made


def texts(job: Job) -> dict[bool, str]:
    return {one.on_trial: one.text for one in Preview.objects.filter(job=job)}


def test_it_is_registered_where_nobody_waits_behind_a_run() -> None:
    kind = registry.get(services.PREVIEW)
    assert isinstance(kind, PreviewVoice)
    assert kind.queue == Queue.INTERACTIVE


def test_each_product_is_written_in_both_voices(
    owner: User, make_product: MakeProduct, engine: ScriptedGenerator
) -> None:
    product = make_product()
    job = run_here(services.preview_voice("Northwind", WARM, [product.pk], owner), threads=1)
    assert job.status == JobStatus.DONE
    found = texts(job)
    assert found[True].startswith("Your Ceramic Coffee Mug")
    assert found[False].startswith("The Ceramic Coffee Mug")
    assert not Draft.objects.exists()
    assert not Voice.objects.exists(), "it was only tried"
    [one] = shown(job).tried
    assert one.trial is not None
    assert one.trial.marked is not None
    assert one.trial.marked.unbacked == []
    assert one.trial.marked.backed_count > 1
    assert not one.is_same


def test_what_the_saved_voice_asks_for_too_is_written_once(
    owner: User, make_product: MakeProduct, engine: ScriptedGenerator
) -> None:
    product = make_product()
    Voice.objects.create(brand="", tone="warm")
    job = run_here(services.preview_voice("Northwind", WARM, [product.pk], owner), threads=1)
    assert texts(job).keys() == {True}
    [one] = shown(job).tried
    assert one.saved is None


def test_words_to_avoid_are_tried_too(owner: User, make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    product = make_product()
    values = {**WARM, "tone": "plain", "avoid": ["stoneware"]}
    job = run_here(services.preview_voice("", values, [product.pk], owner), threads=1)
    found = texts(job)
    assert "stoneware" in found[False]
    assert "stoneware" not in found[True]


def test_a_product_of_which_too_little_is_known_says_what_is_missing(
    owner: User, make_product: MakeProduct, engine: ScriptedGenerator
) -> None:
    product = make_product("Shirt", vendor="", attributes={})
    [one] = shown(run_here(services.preview_voice("", WARM, [product.pk], owner), threads=1)).tried
    assert one.trial is not None
    assert one.trial.marked is None
    assert "material" in one.trial.missing


def test_a_product_that_went_meanwhile_fails_alone(
    owner: User, make_product: MakeProduct, engine: ScriptedGenerator
) -> None:
    kept, gone = make_product("Kept Mug"), make_product("Gone Mug")
    job = services.preview_voice("", WARM, [kept.pk, gone.pk], owner)
    gone.delete()
    assert run_here(job, threads=1).status == JobStatus.DONE
    assert {one.product.title for one in shown(job).tried} == {"Kept Mug"}


def test_saving_twice_keeps_one_text(owner: User, make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    job = services.preview_voice("", WARM, [make_product().pk], owner)
    for outcome in PreviewVoice().process(job, list(JobItem.objects.filter(job=job)), lambda: False):
        assert outcome.save is not None
        outcome.save()
        outcome.save()
    assert Preview.objects.filter(on_trial=True).count() == 1


def test_an_engine_that_cannot_be_used_is_told(
    owner: User, make_product: MakeProduct, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(role: str) -> Generator:
        raise InferenceError("No engine.")

    monkeypatch.setattr(previewing, "generator", broken)
    job = services.preview_voice("", WARM, [make_product().pk], owner)
    with pytest.raises(JobFailed, match="No engine"):
        list(PreviewVoice().process(job, list(JobItem.objects.filter(job=job)), lambda: False))


def test_the_next_preview_ends_the_one_before_and_removes_what_had_ended(
    owner: User, make_product: MakeProduct, engine: ScriptedGenerator
) -> None:
    product = make_product()
    other = User.objects.create_user("other@example.org", "correct horse battery")
    theirs = run_here(services.preview_voice("", WARM, [product.pk], other), threads=1)
    ended = run_here(services.preview_voice("", WARM, [product.pk], owner), threads=1)
    running = services.preview_voice("", WARM, [product.pk], owner)
    assert not Job.objects.filter(pk=ended.pk).exists()
    newest = services.preview_voice("", WARM, [product.pk], owner)
    running.refresh_from_db()
    assert running.status == JobStatus.CANCELLED
    assert newest.status == JobStatus.QUEUED
    assert texts(theirs), "another person's preview stays"


def test_cancelled_it_keeps_what_was_written(owner: User, make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    job = services.preview_voice("", WARM, [make_product().pk], owner)
    job_services.cancel(job)
    assert run_here(job, threads=1).status == JobStatus.CANCELLED
    assert engine.asked == []
    assert shown(job).tried[0].trial is None


def test_without_products_there_is_nothing_to_preview(owner: User, shop: Merchant) -> None:
    with pytest.raises(NothingToDo):
        services.preview_voice("", WARM, [], owner)


def test_two_at_once_are_one(owner: User, make_product: MakeProduct, monkeypatch: pytest.MonkeyPatch) -> None:
    product = make_product()
    services.preview_voice("", WARM, [product.pk], owner)
    monkeypatch.setattr(services, "_cancel", lambda job: None)  # the other request is between its steps
    with pytest.raises(AlreadyQueued):
        services.preview_voice("", WARM, [product.pk], owner)


def test_the_fullest_products_of_different_types_are_chosen(shop: Merchant, make_product: MakeProduct) -> None:
    full = {"Material": "oak", "Width": "20 cm", "Height": "8 cm", "Weight": "1 kg", "Care": "hand wash"}
    thin = make_product("Thin Bowl", attributes={}, product_type="Bowls")
    bowls = [make_product(f"Bowl {n}", attributes=full, product_type="Bowls") for n in range(3)]
    jug = make_product("Jug", attributes={"Material": "oak"}, product_type="Jugs")
    make_product("Chair", vendor="Harbour", attributes=full, product_type="Chairs")
    assert trial.fullest("Northwind") == [bowls[0].pk, jug.pk, bowls[1].pk]
    assert thin.pk not in trial.fullest("Northwind")
    assert trial.fullest("Nobody") == []
    Voice.objects.create(brand="Northwind")
    chosen = trial.fullest("")
    assert len(chosen) == 1, "the shop's voice does not reach a brand with one of its own"


def test_products_are_found_by_sku_or_words(shop: Merchant, make_product: MakeProduct) -> None:
    mug, jug = make_product("Blue Mug", sku="M-1"), make_product("Green Jug", vendor="Harbour")
    assert trial.named("", ["M-1", "green jug", "spoon", "…"]) == {
        "M-1": mug.pk, "green jug": jug.pk, "spoon": None, "…": None
    }  # fmt: skip
    assert trial.named("Northwind", ["green jug"]) == {"green jug": None}
    assert trial.described("M-1") is None
    make_product("Old Mug", description="<p>Thrown by hand.</p>")
    found: Any = trial.described("old mug")
    assert found.title == "Old Mug"


def test_another_shops_products_are_never_previewed(
    owner: User, make_product: MakeProduct, engine: ScriptedGenerator
) -> None:
    product = make_product()
    with merchant_scope(create_merchant("Other", owner)), pytest.raises(NothingToDo):
        services.preview_voice("", WARM, [product.pk], owner)
