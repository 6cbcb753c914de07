from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction

from foundation.jobs import claims, keeper, services, signs
from foundation.jobs.claims import Chunk, claim
from foundation.jobs.holder import _place
from foundation.jobs.models import ItemStatus, Job, JobItem, Lease
from foundation.jobs.repair import repair
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from tests.jobs.kinds import Scripted

DEAD = f"{_place()}:{2**22 + 1}:1"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("scripted", "quick")]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "LOOK", 0.05)
    monkeypatch.setattr(keeper, "RENEW", 0.1)


def chunk_of(slug: str) -> Chunk:
    merchant = Merchant.objects.create(name=slug, slug=slug)
    with merchant_scope(merchant):
        services.enqueue(Scripted.kind, {"keys": ["a"]})
    chunk = claim("bulk")
    assert chunk is not None
    return chunk


def within(seconds: float, true: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def test_a_lease_is_renewed_while_its_chunk_runs_and_not_after() -> None:
    chunk = chunk_of("renewed")
    first = Lease.unscoped.get().expires_at
    with keeper.keeper.keeping(chunk) as held:
        assert within(10, lambda: Lease.unscoped.get().expires_at > first)
        assert Job.unscoped.get().heartbeat_at is not None
        assert not held.stop()
    assert within(10, lambda: keeper.keeper._thread is None), "nothing to keep, no thread"
    last = Lease.unscoped.get().expires_at
    time.sleep(0.3)
    assert Lease.unscoped.get().expires_at == last


def test_a_cancel_is_seen_without_asking_the_database() -> None:
    chunk = chunk_of("cancelled")
    with keeper.keeper.keeping(chunk) as held:
        with merchant_scope(chunk.job.merchant):
            services.cancel(chunk.job)
        assert within(10, held.stop)


def test_a_lease_that_was_taken_back_stops_its_chunk() -> None:
    chunk = chunk_of("lost")
    with keeper.keeper.keeping(chunk) as held:
        Lease.unscoped.all().delete()
        assert within(10, held.stop)


def test_inside_the_callers_transaction_nothing_watches() -> None:
    """Another connection cannot see the lease yet and would take it for lost."""
    with transaction.atomic():
        chunk = chunk_of("inside")
        with keeper.keeper.keeping(chunk) as held:
            time.sleep(0.3)
            assert not held.stop()


def test_three_renewals_may_fail_before_a_lease_runs_out() -> None:
    assert claims.LEASE.total_seconds() > 3 * 4.0


def test_a_worker_that_is_told_to_end_and_then_killed_is_nobodys_fault() -> None:
    chunk = chunk_of("told-to-end")
    Lease.unscoped.update(running=True)
    with keeper.keeper.keeping(chunk) as held:
        keeper.keeper.closing.set()
        try:
            assert held.stop()
            assert within(10, lambda: not Lease.unscoped.get().running)
        finally:
            keeper.keeper.closing.clear()
    Lease.unscoped.update(holder=DEAD)
    assert repair().taken_back == 1
    item = JobItem.unscoped.get()
    assert (item.status, item.quarantine, item.attempts) == (ItemStatus.PENDING, 0, 0)


def test_a_renewal_is_a_sign_of_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign = tmp_path / "alive"
    monkeypatch.setenv(signs.VARIABLE, str(sign))
    with keeper.keeper.keeping(chunk_of("signs")):
        assert within(10, sign.exists)
    monkeypatch.setenv(signs.VARIABLE, str(tmp_path / "no" / "folder"))
    signs.give()  # only a warning: a worker does not fail because nobody can look
