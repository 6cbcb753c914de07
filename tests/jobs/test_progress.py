from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.jobs import services
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.jobs.progress import Progress, progress, progress_of
from tests.jobs.kinds import Scripted

pytestmark = pytest.mark.usefixtures("merchant", "scripted")


def enqueue(count: int) -> Job:
    return services.enqueue(Scripted.kind, {"keys": [f"k{n}" for n in range(count)]})


def ended(keys: list[str], status: ItemStatus, seconds_ago: float) -> None:
    JobItem.objects.filter(key__in=keys).update(
        status=status, finished_at=timezone.now() - timedelta(seconds=seconds_ago)
    )


def running_for(job: Job, seconds: float) -> None:
    Job.objects.update(status=JobStatus.RUNNING, started_at=timezone.now() - timedelta(seconds=seconds))
    job.refresh_from_db()


def test_before_it_runs_nothing_is_known_of_its_speed() -> None:
    assert progress(enqueue(5)) == Progress(total=5, done=0, failed=0, left=5, per_minute=None, seconds_left=None)


def test_counts_and_speed_over_the_last_minute() -> None:
    job = enqueue(100)
    running_for(job, 600)
    ended([f"k{n}" for n in range(10)], ItemStatus.DONE, 300)
    ended([f"k{n}" for n in range(10, 28)], ItemStatus.DONE, 10)
    ended(["k28", "k29"], ItemStatus.FAILED, 10)
    state = progress(job)
    assert (state.total, state.done, state.failed, state.left, state.percent) == (100, 28, 2, 70, 30)
    assert state.per_minute == pytest.approx(20)
    assert state.seconds_left == 210


def test_a_young_job_is_measured_from_its_start() -> None:
    job = enqueue(20)
    running_for(job, 10)
    ended(["k0", "k1"], ItemStatus.DONE, 1)
    state = progress(job)
    assert state.per_minute == pytest.approx(12, rel=0.05)
    assert state.seconds_left == pytest.approx(90, rel=0.05)


def test_a_stalled_job_says_zero_and_promises_no_end() -> None:
    job = enqueue(20)
    running_for(job, 600)
    ended(["k0"], ItemStatus.DONE, 300)
    state = progress(job)
    assert state.per_minute == 0
    assert state.seconds_left is None


def test_almost_all_is_not_a_hundred_percent() -> None:
    job = enqueue(300)
    ended([f"k{n}" for n in range(299)], ItemStatus.DONE, 1)
    assert progress(job).percent == 99


def test_many_jobs_take_one_query(django_assert_num_queries) -> None:
    jobs = [enqueue(3), enqueue(4)]
    with django_assert_num_queries(1):
        states = progress_of(jobs)
    assert [states[job.pk].total for job in jobs] == [3, 4]
