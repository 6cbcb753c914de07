"""What pages of a shop with many drafts ask the database for: as little for thousands of rows as for a few."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Origin, Product
from copywriter import campaigns
from copywriter.models import Draft, DraftStatus
from copywriter.quality import decided
from copywriter.quality.measured import Filter
from copywriter.reviewing import passing, runs, table
from copywriter.reviewing import queue as queues
from copywriter.reviewing.cards import cards
from copywriter.reviewing.queue import Queue
from copywriter.services import accept_many
from foundation.jobs.models import Job
from tests.copywriter.conftest import MakeProduct


@pytest.fixture
def drafts(job: Job, make_product: MakeProduct) -> list[Draft]:
    goods = [make_product(f"Mug {number}") for number in range(6)]
    return Draft.objects.bulk_create(
        Draft(job=job, product=one, kind="social", text=f"The {one.title} is blue.", original_text="", confidence=90)
        for one in goods
    )


@pytest.fixture
def large(transactional_db: None, job: Job, make_product: MakeProduct) -> Job:
    """Rows as wide and as many that the planner prefers what an index holds; vacuumed, hence no test's transaction."""
    with connection.cursor() as cursor:  # VACUUM marks a page as all visible once its commit is on disk
        cursor.execute("SET synchronous_commit = on")
    goods = Product.objects.bulk_create(Product(key=f"mug-{n}", title=f"Mug {n}") for n in range(1_000))
    jobs = [job, Job.objects.create(kind=job.kind, queue=job.queue)]
    wide, now = {"sentences": [f"{n:032x}" for n in range(50)]}, timezone.now()
    Draft.objects.bulk_create(
        Draft(
            job=jobs[n % 2], product=product, kind=kind, evidence=wide, confidence=n % 100, text="A mug.",
            original_text="A mug.", status=DraftStatus.PENDING if n % 3 else DraftStatus.ACCEPTED,
            decided_at=None if n % 3 else now,
        )
        for kind in ("description", "title", "social")
        for n, product in enumerate(goods)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE copywriter_draft")
        cursor.execute("VACUUM ANALYZE catalog_product")
        cursor.execute("RESET synchronous_commit")
    return job


def plans(call: Callable[[], object]) -> list[str]:
    """Of what `call` asks about drafts."""
    with CaptureQueriesContext(connection) as asked:
        call()
    found = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            cursor.execute("EXPLAIN " + query["sql"].replace("%", "%%"), [])
            found.append("\n".join(row[0] for row in cursor.fetchall()))
    return [plan for plan in found if " on copywriter_draft" in plan]


def test_what_is_counted_and_chosen_stands_in_an_index(large: Job) -> None:
    """A row is wide, with its evidence and its sketch: of a large shop, looking at each takes seconds."""
    whole: dict[str, Callable[[], object]] = {
        "counts": lambda: queues.counts(Queue()),
        "counts of a filter": lambda: queues.counts(Queue(kind="social", sure="high")),
        "counts of a job": lambda: queues.counts(Queue(job=large.pk)),
        "what passes": lambda: passing.count(Queue()),
        "what passes of a level": lambda: passing.count(Queue(sure="medium")),
        "weeks": lambda: decided.by_week(Filter(kind="social", voice="")),
        "campaigns": lambda: campaigns.page(),
    }
    chosen = {  # then the twenty rows themselves
        "first page": Queue(),
        "a filter": Queue(kind="social", sure="high"),
        "least sure first": Queue(order="unsure"),
        "a job": Queue(job=large.pk, kind="title"),
    }
    found = {name: plans(call) for name, call in whole.items()}
    found |= {name: plans(partial(queues.page, queue))[:1] for name, queue in chosen.items()}
    for name, each in found.items():
        assert each, name
        for plan in each:
            reads = [line for line in plan.splitlines() if " on copywriter_draft" in line]
            assert all("Index Only Scan" in line for line in reads), f"{name}: {plan}"
    assert "product_told" in found["what passes"][0]


def test_a_page_of_campaign_texts_costs_no_query_a_card(drafts: list[Draft]) -> None:
    def queries(n: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            found = cards(queues.page(Queue(), n).drafts)
        assert len(found) == n
        return len(asked)

    assert queries(6) == queries(2)


def test_accepting_campaign_texts_costs_no_query_a_text(drafts: list[Draft]) -> None:
    def queries(some: list[Draft]) -> int:
        with CaptureQueriesContext(connection) as asked:
            done = accept_many([draft.pk for draft in some], only_clean=True).done
        assert len(done) == len(some)
        return len(asked)

    assert queries(drafts[:2]) == queries(drafts[2:])


def test_the_file_of_a_job_reads_no_evidence(job: Job, drafts: list[Draft]) -> None:
    with CaptureQueriesContext(connection) as asked:
        lines = list(table.lines(job))
    assert [line[6] for line in lines[1:]] == [draft.text for draft in drafts]
    assert len(asked) == 1
    assert not any(name in asked[0]["sql"] for name in ("evidence", "sketch", "removed"))


def test_what_would_be_replaced_is_counted_by_product(job: Job, make_product: MakeProduct) -> None:
    old = make_product("Described", description="Old.")
    own = make_product("Own", description="By hand.", description_origin=Origin.PERSON)
    for product in (old, own, make_product("New")):
        Draft.objects.create(job=job, product=product, text="A text.", original_text="A text.", confidence=90)
    Draft.objects.create(job=job, product=old, kind="title", text="T", original_text="T", confidence=90)
    assert passing.survey(Queue()) == passing.Passing(3, 1, 1, Draft.objects.latest("pk").pk)
    assert passing.survey(Queue(kind="title")).described == 0
    assert passing.survey(Queue(kind="description")).described == 1


def test_a_changed_text_differs(job: Job, make_product: MakeProduct) -> None:
    draft = Draft.objects.create(
        job=job, product=make_product(), kind="title", text="One", original_text="One", status=DraftStatus.ACCEPTED
    )
    assert runs.survey(job) == runs.Survey(accepted=1, kept=0)
    Draft.objects.filter(pk=draft.pk).update(text="Two")
    assert runs.survey(job) == runs.Survey(accepted=1, kept=1)
