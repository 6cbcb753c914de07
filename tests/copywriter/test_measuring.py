"""What the end of a job leaves for the quality page: one row a kind and voice, of its drafts."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from copywriter import jobs, services
from copywriter.jobs import DescribeProducts
from copywriter.models import Draft, DraftStatus, Measurement
from foundation.jobs import services as queue
from foundation.jobs.inline import run_here
from foundation.jobs.models import Job, JobStatus
from foundation.tenancy.models import Merchant
from tests.copywriter.conftest import MakeProduct
from tests.copywriter.scripted import ScriptedGenerator, truthful

KEPT: dict[str, Any] = {"text": "One. Two.", "original_text": "One. Two.", "model": "scripted"}


def evidence(*backed: bool) -> dict[str, Any]:
    return {"sentences": [{"text": "x", "backed": one} for one in backed]}


def test_the_figures_of_a_jobs_drafts(job: Job, make_product: MakeProduct) -> None:
    def draft(**fields: Any) -> None:
        Draft.objects.create(job=job, product=make_product(), **{**KEPT, **fields})

    gone = [{"text": "It is from Norway."}]
    draft(evidence=evidence(True, True), removed=gone, confidence=80, tokens_out=100, score={"coverage": 0.5})
    draft(evidence=evidence(True, False), confidence=60, tokens_out=50, score={"coverage": 1})
    draft(status=DraftStatus.REFUSED, text="", original_text="", reason="thin", tokens_out=30)
    draft(text="By a person.", evidence=evidence(False), tokens_out=20, model="")  # a person may say what nobody backs
    (row,) = services.measure(job)
    assert (row.kind, row.voice, row.model, row.texts, row.source) == ("description", "", "scripted", 4, "job")
    assert row.figures == {
        "refusal_rate": 0.25,
        "tokens_per_text": 50,
        "dropped_rate": 0.2,
        "unbacked_after_check": 0.25,
        "confidence": 0.7,
        "attribute_coverage": 0.75,
    }


def test_a_row_for_each_kind_and_voice_in_one_look(job: Job, make_product: MakeProduct) -> None:
    for kind, voice in (("title", ""), ("title", "Northwind"), ("faq", "")):
        Draft.objects.create(job=job, product=make_product(), kind=kind, voice=voice, **KEPT)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        services.measure(job)
    assert sum("copywriter_draft" in query["sql"] for query in asked) == 1
    found = set(Measurement.objects.values_list("kind", "voice"))
    assert found == {("title", ""), ("title", "Northwind"), ("faq", "")}


def test_what_nothing_tells_is_left_out(job: Job, make_product: MakeProduct) -> None:
    assert services.measure(job) == []
    Draft.objects.create(job=job, product=make_product(), status=DraftStatus.REFUSED, reason="thin")
    (row,) = services.measure(job)
    assert row.figures == {"refusal_rate": 1, "tokens_per_text": 0}
    assert row.model == ""


def test_a_job_that_ends_twice_has_one_row_of_how_it_ended_last(job: Job, make_product: MakeProduct) -> None:
    Draft.objects.create(job=job, product=make_product(), **KEPT)
    DescribeProducts().finish(job)
    Draft.objects.create(job=job, product=make_product(), **KEPT)
    DescribeProducts().finish(job)
    assert Measurement.objects.get().texts == 2


@pytest.mark.usefixtures("shop")
def test_the_end_of_a_job_measures_it(make_product: MakeProduct, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "generator", lambda _role: ScriptedGenerator(truthful))
    product = make_product()
    make_product("Bag", attributes={})
    job = run_here(queue.enqueue(jobs.KIND, {"selection": {"all": True}}), threads=1)
    assert job.status == JobStatus.DONE
    row = Measurement.objects.get()
    assert (row.job_id, row.kind, row.model, row.texts) == (job.pk, "description", "scripted", 2)
    assert row.figures["refusal_rate"] == 0.5
    assert row.figures["unbacked_after_check"] == row.figures["dropped_rate"] == 0
    assert Draft.objects.get(product=product).status == DraftStatus.PENDING


def test_a_shop_measures_its_own(job: Job, shop: Merchant, make_product: MakeProduct) -> None:
    Draft.objects.create(job=job, product=make_product(), **KEPT)
    (row,) = services.measure(job)
    assert row.merchant_id == shop.pk
