from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.jobs import claims, services
from foundation.jobs.claims import claim
from foundation.jobs.finishing import OVERDUE
from foundation.jobs.holder import Fate, fate, holder
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus, Lease
from foundation.jobs.repair import repair
from tests.jobs.kinds import Scripted

pytestmark = pytest.mark.usefixtures("merchant", "scripted")
GIVEN_UP = "Given up after 3 attempts. The last one: The worker stopped while this was in work."
ELSEWHERE = "another-boot/1:77:1234"


@pytest.fixture(autouse=True)
def woken_by_repair(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sent: list[str] = []
    monkeypatch.setattr("foundation.jobs.repair.wake", sent.append)
    return sent


def enqueue(count: int = 12) -> Job:
    return services.enqueue(Scripted.kind, {"keys": [f"k{n:02}" for n in range(count)]})


def crash(*, running: bool = True, size: int = 4) -> set[str]:
    """A worker of another machine takes a chunk and is never heard of again; the keys that it had."""
    chunk = claim("bulk")
    assert chunk is not None
    assert len(chunk.items) == size
    long_ago = timezone.now() - timedelta(seconds=1)
    Lease.objects.filter(pk=chunk.lease).update(holder=ELSEWHERE, expires_at=long_ago, running=running)
    return {item.key for item in chunk.items}


def test_a_lease_in_good_hands_is_left_alone() -> None:
    enqueue()
    claim("bulk")
    assert repair().taken_back == 0
    assert JobItem.objects.filter(status=ItemStatus.LEASED).count() == 4


def test_the_chunk_of_a_lost_worker_waits_again_in_quarantine_and_nobody_is_blamed_yet() -> None:
    enqueue()
    keys = crash()
    assert repair().taken_back == 1
    assert set(JobItem.objects.filter(key__in=keys).values_list("status", "attempts", "quarantine", "lease")) == {
        (ItemStatus.PENDING, 0, 1, None)
    }
    assert Lease.objects.count() == 0
    assert repair().taken_back == 0


def test_a_big_chunk_is_tried_again_by_eights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "chunk_size", lambda job: 12)
    enqueue(12)
    crash(size=12)
    repair()
    assert set(JobItem.objects.values_list("quarantine", flat=True)) == {8}
    crash(size=8)
    repair()
    assert sorted(JobItem.objects.values_list("quarantine", flat=True)) == [1] * 8 + [8] * 4


def test_an_item_that_took_its_worker_down_three_times_alone_has_failed_with_the_reason() -> None:
    job = enqueue(4)
    crash()
    repair()
    for attempt in range(1, 4):
        keys = crash(size=1)
        repair()
        assert JobItem.objects.get(key__in=keys).attempts == attempt
    item = JobItem.objects.get(key="k00")
    assert (item.status, item.error) == (ItemStatus.FAILED, GIVEN_UP)
    assert JobItem.objects.filter(status=ItemStatus.PENDING, attempts=0).count() == 3
    job.refresh_from_db()
    assert job.status == JobStatus.RUNNING


def test_who_only_waited_for_its_turn_is_not_a_suspect() -> None:
    enqueue()
    keys = crash(running=False)
    repair()
    assert set(JobItem.objects.filter(key__in=keys).values_list("quarantine", flat=True)) == {0}


def test_a_silent_worker_that_lives_is_not_a_crash() -> None:
    enqueue()
    keys = crash()
    Lease.objects.update(holder=holder())
    repair()
    assert set(JobItem.objects.filter(key__in=keys).values_list("status", "quarantine")) == {(ItemStatus.PENDING, 0)}


def test_a_dead_process_of_this_machine_is_noticed_before_its_lease_runs_out() -> None:
    code = (
        "import os, django\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'ecomsite.settings'\n"
        "django.setup()\n"
        "from foundation.jobs.holder import holder\n"
        "print(holder())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=os.getcwd())
    dead = done.stdout.strip()
    assert fate(dead) is Fate.DEAD
    assert fate(holder()) is Fate.ALIVE
    assert fate(ELSEWHERE) is Fate.UNKNOWN
    enqueue()
    claim("bulk")
    Lease.objects.update(holder=dead)
    assert repair().taken_back == 1


def test_thirty_crashes_without_a_success_end_the_job() -> None:
    job = enqueue()
    Job.objects.update(errors_in_a_row=29)
    crash()
    repair()
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert job.error.startswith("Stopped after 30 errors in a row.")


def test_queues_with_waiting_work_are_woken_and_others_are_not(woken_by_repair: list[str]) -> None:
    assert repair().woken == ()
    enqueue()
    assert repair().woken == ("bulk",)
    Job.objects.update(not_before=timezone.now() + timedelta(seconds=9))
    assert repair().woken == ()
    assert woken_by_repair == ["bulk"]


def test_a_job_whose_worker_died_between_the_last_item_and_the_end_is_finished(scripted: Scripted) -> None:
    from foundation.jobs.engine import run_chunk

    job = enqueue()
    JobItem.objects.update(status=ItemStatus.DONE)
    Job.objects.update(status=JobStatus.RUNNING, heartbeat_at=timezone.now() - OVERDUE * 2)
    assert repair().woken == ("bulk",)
    run_chunk("bulk")
    job.refresh_from_db()
    assert job.status == JobStatus.DONE
    assert scripted.finished == [job.pk]
