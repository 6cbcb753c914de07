"""A worker that is killed with SIGKILL while it decides: each draft is decided exactly once, and undone once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from catalog.models import DescriptionVersion, Product
from copywriter.jobs_deciding import DecideDrafts, UndoRun
from copywriter.models import Draft, DraftStatus
from copywriter.reviewing import runs
from foundation.jobs import services as jobs
from foundation.jobs.inline import run_here
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.tenancy.models import User
from tests.copywriter.conftest import MakeProduct

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 120.0
COUNT, CHUNK = 100, 20
DATABASE = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")


def kill_a_worker_in_the_middle(job: Job) -> int:
    """How many items it had ended."""
    given = {
        "database": {name: connection.settings_dict[name] for name in DATABASE}, "job": job.pk, "chunk": CHUNK,
    }  # fmt: skip
    arguments = [sys.executable, "-m", "tests.copywriter.deciding_child", json.dumps(given)]
    root, environment = Path(__file__).resolve().parents[2], {**os.environ, "NO_DB_POOL": "1"}
    child = subprocess.Popen(arguments, cwd=root, env=environment)
    done = JobItem.objects.filter(job=job, status=ItemStatus.DONE)
    try:
        end = time.monotonic() + PATIENCE
        while done.count() < CHUNK:
            assert child.poll() is None, "the worker ended by itself"
            assert time.monotonic() < end, "the worker has decided nothing"
            time.sleep(0.02)
        time.sleep(0.1)  # into the middle of the next chunk
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    return done.count()


def test_killed_in_the_middle_each_is_decided_once(
    job: Job, make_product: MakeProduct, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foundation.jobs.inline.LOOK", 0.0)
    for kind in (DecideDrafts, UndoRun):
        monkeypatch.setattr(kind, "chunk_size", CHUNK)
    for number in range(COUNT):
        mug = make_product(f"Mug {number}", description=f"Old {number}.")
        Draft.objects.create(job=job, product=mug, text=f"New {number}.", original_text=f"New {number}.", confidence=90)
    run = jobs.enqueue(runs.DECIDE, {"filter": {}, "until": 2**62, "over_people": False}, by=owner)
    assert CHUNK <= kill_a_worker_in_the_middle(run) < COUNT
    assert run_here(run, threads=1).status == JobStatus.DONE
    assert Draft.objects.filter(status=DraftStatus.ACCEPTED).count() == COUNT
    assert set(Product.objects.values_list("description", flat=True)) == {f"New {n}." for n in range(COUNT)}
    assert DescriptionVersion.objects.count() == COUNT, "each old text once"
    undo = jobs.enqueue(runs.UNDO, {"run": run.pk}, by=owner)
    assert CHUNK <= kill_a_worker_in_the_middle(undo) < COUNT
    assert run_here(undo, threads=1).status == JobStatus.DONE
    assert Draft.objects.filter(status=DraftStatus.PENDING).count() == COUNT
    assert set(Product.objects.values_list("description", flat=True)) == {f"Old {n}." for n in range(COUNT)}
    assert DescriptionVersion.objects.count() == 2 * COUNT
