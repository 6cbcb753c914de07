"""Several workers and several shops at once."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.faults.stack import Stack

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]  # one installation for all of them


def test_four_worker_processes_never_do_the_same_item(installation: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    bulk = installation.programs["worker-bulk"]
    names = [f"worker-bulk-{number}" for number in (2, 3, 4)]
    installation.start(*[replace(bulk, name=name) for name in names])
    try:
        job = installation.enqueue("crowded", count=1_200, seconds=0.01)
        seconds = installation.wait_done(job)
    finally:
        for name in names:
            installation.stop(name)
            del installation.programs[name]
    begun = "SELECT count(*), count(DISTINCT key), count(DISTINCT pid) FROM faults_begun WHERE job_id = %s"
    assert installation.rows(begun, job) == [(1_200, 1_200, 4)]
    assert installation.value("SELECT count(*) FROM faults_result WHERE job_id = %s", job) == 1_200
    with capsys.disabled():
        print(f"\nfour workers: 1,200 items of 10 ms each done once, in {seconds:.1f} s")


def test_a_shop_with_ten_items_does_not_wait_for_one_with_fifty_thousand(
    installation: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    huge = installation.enqueue("huge", count=50_000, seconds=0.01)
    installation.wait("the huge job to run", lambda: installation.done(huge) >= 32)
    small = installation.enqueue("small", count=10, seconds=0.01)
    installation.wait_done(small, 15)
    age = "SELECT extract(epoch FROM finished_at - created_at)::float FROM jobs_job WHERE id = %s"
    seconds = installation.value(age, small)
    assert seconds < 5
    left = 50_000 - installation.done(huge)
    cancel(installation, huge)
    assert left > 40_000, "the huge job must still have been busy"
    with capsys.disabled():
        print(f"\nfairness: ten items done {seconds:.2f} s after they were queued, {left:,} of the other shop wait")


def test_cancel_stops_within_one_batch(installation: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    job = installation.enqueue("cancelled", count=2_000, seconds=0.05)
    installation.wait("a part of the job", lambda: installation.done(job) >= 10)
    before = installation.done(job)
    cancel(installation, job)
    seconds = installation.wait("no chunk in work", lambda: leases(installation, job) == 0, 10)
    after = installation.done(job)
    assert after - before <= 2 * 32, "two threads, a batch of 32 each"
    time.sleep(1)
    assert installation.done(job) == after
    assert installation.status(job) == "cancelled"
    left = "SELECT DISTINCT status, attempts, quarantine FROM jobs_jobitem WHERE job_id = %s AND status <> 'done'"
    assert installation.rows(left, job) == [("pending", 0, 0)]
    with capsys.disabled():
        print(f"\ncancel: {after - before} more items ended, workers free {seconds:.1f} s after it")


def test_a_worker_that_is_asked_to_end_gives_its_chunk_back(
    installation: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    job = installation.enqueue("restarted", count=200, seconds=0.05)
    installation.wait("a part of the job", lambda: installation.done(job) >= 10)
    seconds = installation.stop("worker-bulk")
    assert seconds < 10
    assert leases(installation, job) == 0
    waiting = "SELECT DISTINCT attempts, quarantine FROM jobs_jobitem WHERE job_id = %s AND status = 'pending'"
    assert installation.rows(waiting, job) == [(0, 0)]
    installation.start(installation.programs["worker-bulk"])
    installation.wait_done(job)
    assert installation.value("SELECT count(*) FROM faults_result WHERE job_id = %s", job) == 200
    with capsys.disabled():
        print(f"\nwarm shutdown: {seconds:.1f} s")


def cancel(stack: Stack, job_id: int) -> None:
    """In SQL, for no second to pass between the look at the counts and the cancel."""
    query = "UPDATE jobs_job SET status = 'cancelled', finished_at = now() WHERE id = %s RETURNING id"
    assert stack.value(query, job_id) == job_id


def leases(stack: Stack, job_id: int) -> int:
    return int(stack.value("SELECT count(*) FROM jobs_lease WHERE job_id = %s", job_id))
