"""How far a job is: one aggregate over its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus

WINDOW = timedelta(seconds=60)
TOO_SOON = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of items. `per_minute` and `seconds_left` are None where nobody can know: not running, or just started."""

    total: int = 0
    done: int = 0
    failed: int = 0
    left: int = 0
    per_minute: float | None = None
    seconds_left: int | None = None

    @property
    def ended(self) -> int:
        return self.done + self.failed

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return 100 * self.ended // self.total if self.total else 0


def progress(job: Job) -> Progress:
    return progress_of([job])[job.pk]


def progress_of(jobs: Sequence[Job]) -> dict[int, Progress]:
    """By job id, for all of one merchant's `jobs` in a single query."""
    now = timezone.now()
    rows = (
        JobItem.objects.filter(job_id__in=[job.pk for job in jobs])
        .order_by()
        .values("job_id")
        .annotate(
            total=Count("id"),
            done=Count("id", filter=Q(status=ItemStatus.DONE)),
            failed=Count("id", filter=Q(status=ItemStatus.FAILED)),
            recent=Count("id", filter=Q(finished_at__gt=now - WINDOW)),
        )
    )
    counted = {row["job_id"]: row for row in rows}
    return {job.pk: _progress(job, now, **counted[job.pk]) if job.pk in counted else Progress() for job in jobs}


def _progress(job: Job, now: datetime, *, job_id: int, total: int, done: int, failed: int, recent: int) -> Progress:
    left = total - done - failed
    rate = _per_minute(job, now, recent)
    seconds = round(left * 60 / rate) if rate else None
    return Progress(total, done, failed, left, rate, seconds)


def _per_minute(job: Job, now: datetime, recent: int) -> float | None:
    """Items that ended in the window, a minute; the window begins no earlier than the job did."""
    if job.status != JobStatus.RUNNING or job.started_at is None:
        return None
    elapsed = min(now - job.started_at, WINDOW)
    return recent * 60 / elapsed.total_seconds() if elapsed > TOO_SOON else None
