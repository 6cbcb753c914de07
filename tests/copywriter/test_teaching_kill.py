"""A worker that is killed with SIGKILL in the middle of a training: another goes on from the checkpoint."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from copywriter.training.job import TeachModel, start
from copywriter.training.place import SLICES, Figures, Place
from foundation.jobs.inline import run_here
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.tenancy.models import Merchant
from tests.copywriter import own_goods
from tests.copywriter.test_teaching_job import PLAN, _small, model

assert _small  # fixtures, the first an autouse one
assert model
pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 120.0
DATABASE = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")


def worker(job: Job, data_dir: Path, model: Path) -> subprocess.Popen[bytes]:
    given = {
        "database": {name: connection.settings_dict[name] for name in DATABASE},
        "data_dir": str(data_dir), "set": str(data_dir / "set"), "model": str(model), "plan": asdict(PLAN),
        "job": job.pk,
    }  # fmt: skip
    environment = {**os.environ, "NO_DB_POOL": "1"}
    root = Path(__file__).resolve().parents[2]
    arguments = [sys.executable, "-m", "tests.copywriter.training_child", json.dumps(given)]
    return subprocess.Popen(arguments, cwd=root, env=environment)


def test_killed_in_the_middle_it_goes_on(
    shop: Merchant, tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr("foundation.jobs.inline.LOOK", 0.0)
    own_goods.make(24)
    job = start()
    done = JobItem.objects.filter(job=job, status=ItemStatus.DONE)
    child = worker(job, tmp_path, model)
    try:
        end = time.monotonic() + PATIENCE
        while done.count() < 5:
            assert child.poll() is None, "the worker ended by itself"
            assert time.monotonic() < end, "the worker has learnt nothing"
            time.sleep(0.05)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    learnt = done.count()
    assert 5 <= learnt < SLICES
    state = json.loads((Place.of(job).run / "checkpoint" / "state.json").read_text(encoding="utf-8"))
    begun: list[int] = []
    process = TeachModel.process

    def counted(self: TeachModel, job: Job, items: Any, stop: Any) -> Any:
        begun.append(len(items))
        return process(self, job, items, stop)

    monkeypatch.setattr(TeachModel, "process", counted)
    job = run_here(job, threads=1)
    assert (job.status, job.error) == (JobStatus.DONE, "")
    assert sum(begun) == SLICES - learnt  # nothing that was done was done again
    assert max(begun) <= 8  # whose fault it was nobody knows: in smaller company
    final = json.loads((Place.of(job).run / "checkpoint" / "state.json").read_text(encoding="utf-8"))
    assert final["step"] > state["step"] > 0
    figures = Figures.of(Place.of(job).adapter)
    assert figures is not None
    lost = sum(count for _total, count in figures.losses.values()) - final["step"]
    assert 0 <= lost <= PLAN.save_every + 1  # the steps since the last checkpoint, learnt once more
