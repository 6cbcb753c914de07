"""What /healthz asks: are the database and the broker there, and does waiting work move?

A worker can look alive and take nothing (it happens after a broker reconnects), so this looks at the work itself.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Max, Min
from django.db.models.functions import Greatest
from django.utils import timezone
from kombu.exceptions import OperationalError

from foundation.jobs.claims import with_work
from foundation.jobs.models import Job, Lease
from foundation.jobs.repair import LAST_RUN

STALLED = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class QueueHealth:
    """Of one queue in which work waits. `idle_seconds`: since a chunk of it was last handed out or renewed."""

    jobs: int
    chunks_in_work: int
    oldest_seconds: int
    idle_seconds: int


@dataclass(slots=True)
class Health:
    """`problems` are plain sentences for the operator; without any, `ok` is true."""

    database: bool = False
    broker: bool = False
    queues: dict[str, QueueHealth] = field(default_factory=dict)
    repaired_seconds_ago: int | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems

    def as_dict(self) -> dict[str, Any]:
        return {"ok": self.ok, **asdict(self)}


def health() -> Health:
    found = Health()
    _look_at_broker(found)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found.database = True
        _look_at_queues(found)
    except DatabaseError:
        found.problems.append("The database does not answer.")
    return found


def _look_at_broker(found: Health) -> None:
    try:
        with current_app.connection_for_read() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
        found.broker = True
    except (OperationalError, OSError):
        found.problems.append("The broker (Redis or Valkey) does not answer.")


def _look_at_queues(found: Health) -> None:
    now = timezone.now()
    for queue in with_work().order_by().values_list("queue", flat=True).distinct():
        state = found.queues[queue] = _queue(queue, now)
        if state.chunks_in_work == 0 and state.idle_seconds > STALLED.total_seconds():
            found.problems.append(
                f"Work waits in the queue {queue} and nobody has taken any for {state.idle_seconds} seconds."
                f" Is its worker running?"
            )
    _look_at_repair(found, now)


def _queue(queue: str, now: datetime) -> QueueHealth:
    jobs = with_work(queue)
    oldest = jobs.aggregate(at=Min("created_at"))["at"] or now
    signs = Job.unscoped.filter(queue=queue).aggregate(at=Max(Greatest("served_at", "heartbeat_at")))["at"]
    newest_sign = max(oldest, signs) if signs else oldest
    return QueueHealth(
        jobs=jobs.count(),
        chunks_in_work=Lease.unscoped.filter(job__queue=queue, expires_at__gt=now).count(),
        oldest_seconds=int((now - oldest).total_seconds()),
        idle_seconds=int((now - newest_sign).total_seconds()),
    )


def _look_at_repair(found: Health, now: datetime) -> None:
    """Only missed where there is work: an idle installation needs no repair."""
    last = _last_repair(found)
    found.repaired_seconds_ago = int((now - last).total_seconds()) if last else None
    waits = any(state.oldest_seconds > STALLED.total_seconds() for state in found.queues.values())
    if waits and found.broker and (last is None or now - last > STALLED):
        found.problems.append(
            "The repair task has not run for a minute. Are celery beat and the worker of the queue io running?"
        )


def _last_repair(found: Health) -> datetime | None:
    return cache.get(LAST_RUN) if found.broker else None
