from __future__ import annotations

import pytest

from foundation.jobs import services
from foundation.jobs.claims import Chunk, claim
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus, Lease
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from tests.jobs.kinds import Scripted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scripted")]


def queue_for(slug: str, count: int) -> Job:
    merchant, _created = Merchant.objects.get_or_create(slug=slug, name=slug)
    with merchant_scope(merchant):
        return services.enqueue(Scripted.kind, {"keys": [f"{n}" for n in range(count)]})


def shops(chunks: list[Chunk | None]) -> list[str]:
    return [chunk.job.merchant.slug for chunk in chunks if chunk is not None]


def test_shops_take_turns_however_much_one_of_them_queued() -> None:
    queue_for("huge", 1_000)
    queue_for("small", 10)
    queue_for("tiny", 3)
    chunks = [claim("bulk") for _turn in range(8)]
    assert shops(chunks) == ["huge", "small", "tiny", "huge", "small", "huge", "small", "huge"]


def test_many_jobs_do_not_buy_more_turns() -> None:
    for _job in range(5):
        queue_for("busy", 8)
    queue_for("quiet", 8)
    assert shops([claim("bulk") for _turn in range(4)]) == ["busy", "quiet", "busy", "quiet"]


def test_a_shops_oldest_job_goes_first() -> None:
    first, second = queue_for("one", 6), queue_for("one", 6)
    taken = [claim("bulk") for _turn in range(4)]
    assert [chunk.job.pk for chunk in taken if chunk] == [first.pk, first.pk, second.pk, second.pk]


def test_a_claim_leases_items_and_starts_the_job() -> None:
    job = queue_for("one", 6)
    chunk = claim("bulk")
    assert chunk is not None
    assert [item.key for item in chunk.items] == ["0", "1", "2", "3"]
    assert chunk.job.status == JobStatus.RUNNING
    assert Lease.unscoped.get().size == 4
    leased = JobItem.unscoped.filter(job_id=job.pk, status=ItemStatus.LEASED)
    assert set(leased.values_list("lease", flat=True)) == {chunk.lease}


def test_queues_are_separate() -> None:
    queue_for("one", 6)
    assert claim("io") is None
    assert claim("bulk") is not None


def test_nothing_is_claimed_of_a_cancelled_job() -> None:
    job = queue_for("one", 6)
    with merchant_scope(job.merchant):
        services.cancel(job)
    assert claim("bulk") is None


def test_suspects_come_last_and_in_small_company() -> None:
    job = queue_for("one", 6)
    items = JobItem.unscoped.filter(job_id=job.pk)
    items.filter(key__in=["0", "1", "2"]).update(quarantine=2)
    items.filter(key="3").update(quarantine=1)
    chunks = [claim("bulk") for _turn in range(5)]
    found = [([item.key for item in chunk.items], chunk.exclusive) for chunk in chunks if chunk]
    assert found == [(["4", "5"], False), (["0", "1"], True), (["2"], True), (["3"], True)]
