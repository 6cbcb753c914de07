"""Identical inputs are not generated twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.models import Origin, Product
from copywriter import jobs, services
from copywriter.estimates import cost_of
from copywriter.jobs import KIND, DescribeProducts
from copywriter.models import Draft, DraftStatus
from foundation.inference.types import Request
from foundation.jobs import services as queue
from foundation.jobs.engine import run_chunk
from foundation.jobs.kinds import Outcome
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus, Lease
from foundation.jobs.queues import Queue
from tests.copywriter.conftest import MakeProduct
from tests.copywriter.scripted import ScriptedGenerator, truthful


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> ScriptedGenerator:
    made = ScriptedGenerator(truthful)
    monkeypatch.setattr(jobs, "generator", lambda role: made)
    return made


def run(**params: Any) -> tuple[Job, list[Outcome]]:
    job = queue.enqueue(KIND, {"selection": {"all": True}, **params})
    items = list(JobItem.objects.filter(job=job).order_by("pk"))
    outcomes = list(DescribeProducts().process(job, items, lambda: False))
    for outcome in outcomes:
        if outcome.save:
            outcome.save()
    Job.objects.filter(pk=job.pk).update(status=JobStatus.DONE)
    return job, outcomes


def asked_by(engine: ScriptedGenerator, call: Callable[[], object]) -> list[Request]:
    engine.asked.clear()
    call()
    return list(engine.asked)


def test_what_waits_is_not_written_again(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    make_product()
    run()
    engine.asked.clear()
    job, outcomes = run()
    JobItem.objects.filter(job=job).update(status=ItemStatus.DONE, finished_at=timezone.now())
    Job.objects.filter(pk=job.pk).update(started_at=timezone.now() - timedelta(seconds=60))
    spent = cost_of(Job.objects.get(pk=job.pk))
    assert spent is not None
    assert (spent.texts, spent.tokens_out, spent.seconds, spent.unneeded) == (0, 0, 60, 1)
    assert engine.asked == []
    assert [outcome.error for outcome in outcomes] == [None]
    assert not Draft.objects.filter(job=job).exists()
    assert Draft.objects.count() == 1


def test_nor_what_was_accepted(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    make_product()
    run(kinds=["social"])
    services.accept(Draft.objects.get())
    assert asked_by(engine, lambda: run(kinds=["social"])) == []


def test_only_what_is_missing_is_written(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    make_product()
    run(kinds=["social"])
    job, _outcomes = run(kinds=["description", "social"])
    assert [draft.kind for draft in Draft.objects.filter(job=job)] == ["description"]


@pytest.mark.parametrize("change", [{"tone": "warm"}, {"audience": "students"}, {"again": True}])
def test_another_wish_is_written(make_product: MakeProduct, engine: ScriptedGenerator, change: dict[str, Any]) -> None:
    make_product()
    run()
    assert asked_by(engine, lambda: run(**change))


def test_another_fact_is_written(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    product = make_product()
    run()
    product.attributes = {**product.attributes, "Height": "9 cm"}
    product.save()
    assert asked_by(engine, run)


def test_after_a_rejection_it_is_written_anew_by_chance(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    make_product()
    first = asked_by(engine, run)
    services.reject(Draft.objects.get())
    second = asked_by(engine, run)
    assert {request.seed for request in first}.isdisjoint(request.seed for request in second)
    assert all(request.temperature > 0 for request in second)
    assert [draft.status for draft in Draft.objects.order_by("pk")] == [DraftStatus.REJECTED, DraftStatus.PENDING]


def test_after_a_refusal_too(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    make_product()
    engine.answer = lambda facts, request: "Sorry, I cannot."
    run()
    assert Draft.objects.get().status == DraftStatus.REFUSED
    engine.answer = truthful
    assert all(request.temperature > 0 for request in asked_by(engine, run))
    assert Draft.objects.filter(status=DraftStatus.PENDING).count() == 1


def twins(make_product: MakeProduct, count: int = 2) -> list[Product]:
    return [make_product("Ceramic Coffee Mug") for _n in range(count)]


def test_twins_of_one_chunk_are_written_once(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    make_product("Ceramic Coffee Mug")
    alone = len(asked_by(engine, run))
    Draft.objects.all().delete()
    make_product("Ceramic Coffee Mug")
    assert len(asked_by(engine, run)) == alone
    copied, written = Draft.objects.order_by("tokens_out")  # keys are texts: item 10 comes before item 9
    assert (copied.text, copied.evidence, copied.given) == (written.text, written.evidence, written.given)
    assert copied.product_id != written.product_id
    assert written.tokens_out > 0
    assert copied.tokens_out == 0, "it cost nothing"


def test_a_twin_of_an_earlier_run_is_copied(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    one = make_product("Ceramic Coffee Mug")
    run()
    two = make_product("Ceramic Coffee Mug")
    assert asked_by(engine, run) == []
    copied = Draft.objects.get(product=two)
    assert copied.text == Draft.objects.get(product=one).text
    assert copied.evidence["sentences"]


def test_a_twin_does_not_get_what_a_person_typed(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    make_product("Ceramic Coffee Mug")
    run()
    own = Draft.objects.get()
    services.edit(own, "A mug that a person tells of.")
    two = make_product("Ceramic Coffee Mug")
    run()
    assert Draft.objects.get(product=two).text == own.original_text


def test_twins_in_several_chunks_and_a_killed_worker(
    make_product: MakeProduct, engine: ScriptedGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the real claims: a worker dies with its chunk leased, another goes on; each product has one draft, and
    the model was asked for one text."""
    monkeypatch.setattr("foundation.jobs.services.wake", lambda queue: None)
    make_product("Ceramic Coffee Mug")
    alone = len(asked_by(engine, run))
    Draft.objects.all().delete()
    twins(make_product, 19)
    job = queue.enqueue(KIND, {"selection": {"all": True}})
    engine.asked.clear()
    run_chunk(Queue.BULK)
    from foundation.jobs.claims import claim

    lost = claim(Queue.BULK)
    assert lost is not None
    Lease.objects.filter(pk=lost.lease).delete()
    JobItem.objects.filter(lease=lost.lease).update(lease=None, status=ItemStatus.PENDING)
    while run_chunk(Queue.BULK):
        pass
    assert len(engine.asked) == alone
    assert Draft.objects.filter(job=job).count() == 20
    assert Draft.objects.filter(job=job).values("product_id").distinct().count() == 20
    job.refresh_from_db(from_queryset=Job.objects.all())
    assert job.status == JobStatus.DONE


def test_a_persons_description_is_left_alone_unless_asked(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    make_product(description="What I wrote.", description_origin=Origin.PERSON)
    job, _outcomes = run(kinds=["description", "social"])
    assert [draft.kind for draft in Draft.objects.filter(job=job)] == ["social"]
    job, _outcomes = run(over_own=True)
    assert [draft.kind for draft in Draft.objects.filter(job=job)] == ["description"]
