from __future__ import annotations

import pytest

from foundation.jobs import services
from foundation.jobs.errors import AlreadyQueued, NotCancellable, NothingToDo, NotRetryable, UnknownKind
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.tenancy.models import Merchant
from tests.jobs.kinds import Scripted

pytestmark = pytest.mark.usefixtures("merchant", "scripted")
KEYS = [f"k{n}" for n in range(6)]


def enqueue(keys: list[str] = KEYS, dedup_key: str | None = None) -> Job:
    return services.enqueue(Scripted.kind, {"keys": keys}, dedup_key=dedup_key)


def test_items_are_planned_once_each_and_workers_woken_after_the_commit(
    woken: list[str], django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue([*KEYS, "k0"])
        assert woken == []
    assert woken == ["bulk"]
    assert job.status == JobStatus.QUEUED
    assert sorted(job.items.values_list("key", flat=True)) == KEYS


def test_the_same_work_is_queued_once_while_active() -> None:
    first = enqueue(dedup_key="all")
    with pytest.raises(AlreadyQueued, match="already queued or running") as caught:
        enqueue(dedup_key="all")
    assert caught.value.job == first
    enqueue(dedup_key="others")
    services.cancel(first)
    enqueue(dedup_key="all")


def test_an_empty_plan_leaves_no_job() -> None:
    with pytest.raises(NothingToDo):
        enqueue([])
    assert Job.objects.count() == 0


def test_an_unknown_kind_is_said_so() -> None:
    with pytest.raises(UnknownKind, match="no job of the kind “nonsense”"):
        services.enqueue("nonsense", {})


def test_cancel_keeps_what_is_finished_and_only_works_once() -> None:
    job = enqueue()
    JobItem.objects.filter(key="k0").update(status=ItemStatus.DONE)
    assert services.cancel(job).status == JobStatus.CANCELLED
    assert job.finished_at is not None
    assert JobItem.objects.filter(status=ItemStatus.DONE).count() == 1
    with pytest.raises(NotCancellable):
        services.cancel(job)


def test_retry_resets_unfinished_items_only() -> None:
    job = enqueue()
    JobItem.objects.filter(key__in=["k0", "k1"]).update(status=ItemStatus.DONE)
    JobItem.objects.filter(key="k2").update(status=ItemStatus.FAILED, attempts=3, error="no", quarantine=1)
    with pytest.raises(NotRetryable):
        services.retry(job)
    services.cancel(job)
    assert services.retry(job).status == JobStatus.QUEUED
    assert JobItem.objects.filter(status=ItemStatus.DONE).count() == 2
    again = JobItem.objects.get(key="k2")
    assert (again.status, again.attempts, again.quarantine, again.error) == (ItemStatus.PENDING, 0, 0, "")


def test_a_job_whose_items_are_all_done_is_not_retried() -> None:
    job = enqueue()
    JobItem.objects.update(status=ItemStatus.DONE)
    Job.objects.update(status=JobStatus.DONE)
    with pytest.raises(NotRetryable):
        services.retry(job)
    job.refresh_from_db()
    assert job.status == JobStatus.DONE


def test_retry_gives_way_to_an_active_twin() -> None:
    old = enqueue(dedup_key="all")
    services.cancel(old)
    new = enqueue(dedup_key="all")
    with pytest.raises(AlreadyQueued) as caught:
        services.retry(old)
    assert caught.value.job == new


def test_another_shops_job_cannot_be_cancelled(merchant: Merchant) -> None:
    from foundation.tenancy.scope import merchant_scope

    job = enqueue()
    other = Merchant.objects.create(name="Other", slug="other")
    with merchant_scope(other), pytest.raises(Job.DoesNotExist):
        services.cancel(job)
    job.refresh_from_db()
