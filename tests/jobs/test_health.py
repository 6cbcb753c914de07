from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.utils import timezone

from foundation.jobs import services
from foundation.jobs.health import health
from foundation.jobs.models import Job
from foundation.jobs.repair import LAST_RUN
from tests.jobs.kinds import Scripted

pytestmark = pytest.mark.usefixtures("merchant", "scripted")


@pytest.fixture(autouse=True)
def repaired(settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.set(LAST_RUN, timezone.now(), 60)


def queued(seconds_ago: float) -> Job:
    job = services.enqueue(Scripted.kind, {"keys": ["a", "b"]})
    Job.objects.update(created_at=timezone.now() - timedelta(seconds=seconds_ago))
    return job


def test_an_idle_installation_is_healthy() -> None:
    found = health()
    assert found.problems == []
    assert (found.ok, found.database, found.broker) == (True, True, True)
    assert found.as_dict()["ok"] is True


def test_work_that_just_came_in_is_no_problem() -> None:
    queued(5)
    found = health()
    assert found.ok
    assert found.queues["bulk"].jobs == 1
    assert 4 <= found.queues["bulk"].oldest_seconds <= 8


def test_work_that_nobody_takes_shows() -> None:
    queued(90)
    assert "queue bulk" in health().problems[0]


def test_an_old_job_that_moves_is_no_problem() -> None:
    queued(3600)
    Job.objects.update(served_at=timezone.now(), heartbeat_at=timezone.now())
    assert health().ok


def test_a_repair_that_stopped_shows_where_work_waits() -> None:
    cache.set(LAST_RUN, timezone.now() - timedelta(minutes=5), 600)
    assert health().ok, "nothing to repair"
    queued(90)
    assert any("celery beat" in problem for problem in health().problems)


def test_a_broker_that_is_away_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError("no")

    monkeypatch.setattr("kombu.Connection.ensure_connection", away)
    found = health()
    assert not found.ok
    assert not found.broker
    assert "broker" in found.problems[0]


def test_a_database_that_is_away_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object) -> None:
        raise OperationalError("no")

    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", away)
        found = health()
    assert not found.database
    assert "The database does not answer." in found.problems
