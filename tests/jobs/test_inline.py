from __future__ import annotations

import threading

import pytest

from foundation.jobs import services
from foundation.jobs.inline import run_here
from foundation.jobs.models import JobStatus, Lease
from foundation.jobs.progress import Progress
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from tests.jobs.kinds import Scripted

KEYS = [f"k{n}" for n in range(30)]


@pytest.fixture
def shop(transactional_db: None) -> Merchant:
    return Merchant.objects.create(name="Threads", slug="threads")


def test_two_chunks_run_at_once_and_progress_is_told(shop: Merchant, scripted: Scripted) -> None:
    together, told = threading.Barrier(2, timeout=20), list[Progress]()
    scripted.deeds = dict.fromkeys(KEYS[::4], together.wait)  # breaks unless two threads are in it
    with merchant_scope(shop):
        job = services.enqueue(Scripted.kind, {"keys": KEYS})
        run_here(job, threads=2, on_progress=told.append)
        assert job.status == JobStatus.DONE
        assert sorted(key for chunk in scripted.chunks for key in chunk) == sorted(KEYS)
        assert Lease.objects.count() == 0
    assert (told[-1].total, told[-1].done, told[-1].left) == (30, 30, 0)


def test_other_shops_jobs_are_left_to_the_workers(shop: Merchant, scripted: Scripted) -> None:
    other = Merchant.objects.create(name="Other", slug="other")
    with merchant_scope(other):
        waiting = services.enqueue(Scripted.kind, {"keys": KEYS})
    with merchant_scope(shop):
        run_here(services.enqueue(Scripted.kind, {"keys": ["a"]}), threads=1)
    with merchant_scope(other):
        waiting.refresh_from_db()
        assert waiting.status == JobStatus.QUEUED
