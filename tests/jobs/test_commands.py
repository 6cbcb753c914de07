from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foundation.jobs import services
from foundation.jobs.models import Job, JobStatus
from tests.jobs.kinds import Scripted

pytestmark = pytest.mark.usefixtures("merchant", "scripted")


@pytest.fixture
def job(merchant, scripted) -> Job:
    return services.enqueue(Scripted.kind, {"keys": ["a", "b"]})


def output(*args: str) -> str:
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def test_the_list_shows_active_jobs_with_their_progress(job: Job) -> None:
    line = output("jobs")
    assert all(part in line for part in [str(job.pk), "lantern", "test.scripted", "queued", "2 left of 2"])
    services.cancel(job)
    assert output("jobs") == ""
    assert "cancelled" in output("jobs", "--all")


def test_json_is_one_object_a_line(job: Job) -> None:
    found = json.loads(output("jobs", "--json"))
    assert {"id": job.pk, "shop": "lantern", "status": "queued", "total": 2, "left": 2}.items() <= found.items()


def test_cancel_and_retry(job: Job) -> None:
    assert output("jobs_cancel", str(job.pk)) == f"Job {job.pk} is now cancelled.\n"
    with pytest.raises(CommandError, match="already ended"):
        output("jobs_cancel", str(job.pk))
    assert output("jobs_retry", str(job.pk)) == f"Job {job.pk} is now queued.\n"
    job.refresh_from_db()
    assert job.status == JobStatus.QUEUED
    with pytest.raises(CommandError, match="There is no job 999999"):
        output("jobs_cancel", "999999")
