"""Ending a job: once, however many workers see that nothing of it is left."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.jobs import registry
from foundation.jobs.errors import UnknownKind
from foundation.jobs.kinds import Finishes
from foundation.jobs.models import ACTIVE, ItemStatus, Job, JobItem, JobStatus
from foundation.tenancy.scope import merchant_scope

logger = logging.getLogger(__name__)

MAX_FINISHES = 3
OVERDUE = timedelta(seconds=15)
"""A job without open items and without a heartbeat for so long lost the worker that was to finish it."""


def without_open_items() -> QuerySet[Job]:
    """Active jobs of any shop whose items have all ended."""
    unfinished = JobItem.unscoped.filter(job_id=OuterRef("pk"), status__in=[ItemStatus.PENDING, ItemStatus.LEASED])
    return Job.unscoped.filter(~Exists(unfinished), status__in=ACTIVE)


def overdue(queue: str | None = None) -> QuerySet[Job]:
    jobs = without_open_items().filter(heartbeat_at__lt=Now() - OVERDUE)
    return jobs if queue is None else jobs.filter(queue=queue)


def finish_overdue(queue: str) -> None:
    for job_id, language in overdue(queue).values_list("pk", "language")[:4]:
        with override(language):
            finish_if_complete(job_id)


def finish_if_complete(job_id: int) -> bool:
    """End the job if all its items have; True where this call did it."""
    if not without_open_items().filter(pk=job_id).exists():
        return False
    failed = JobItem.unscoped.filter(job_id=job_id, status=ItemStatus.FAILED)
    if JobItem.unscoped.filter(job_id=job_id, status=ItemStatus.DONE).exists():
        return end_job(job_id, JobStatus.DONE)
    reasons = list(failed.order_by().values_list("error", flat=True).distinct()[:2])
    reason = reasons[0] if len(reasons) == 1 else _("Every item failed; each says why.")
    return end_job(job_id, JobStatus.FAILED, reason)


def end_job(job_id: int, status: JobStatus, error: str = "") -> bool:
    """Active → `status` together with the kind's `finish`; False where it ended before or another worker is at it.

    A `finish` that raises, or takes the worker down, is tried `MAX_FINISHES` times; then the job has failed.
    """
    attempt = _begin_attempt(job_id)
    if attempt is None:
        return False
    if attempt > MAX_FINISHES:
        reason = error or _("The work is done, but wrapping it up failed.")
        return _end(job_id, attempt, JobStatus.FAILED, reason, with_finish=False)
    try:
        return _end(job_id, attempt, status, error, with_finish=True)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Job %s could not be finished (attempt %s of %s)", job_id, attempt, MAX_FINISHES)
        return end_job(job_id, status, error)


def _begin_attempt(job_id: int) -> int | None:
    """Committed on its own, so that it counts even if the worker does not survive."""
    with transaction.atomic():
        job = Job.unscoped.select_for_update(skip_locked=True).filter(pk=job_id, status__in=ACTIVE).first()
        if job is None:
            return None
        Job.unscoped.filter(pk=job_id).update(finish_attempts=job.finish_attempts + 1, heartbeat_at=Now())
        return job.finish_attempts + 1


def _end(job_id: int, attempt: int, status: JobStatus, error: str, *, with_finish: bool) -> bool:
    with transaction.atomic():
        active = Job.unscoped.filter(pk=job_id, status__in=ACTIVE, finish_attempts=attempt)
        if not active.update(status=status, error=error, finished_at=Now(), not_before=None, paused_since=None):
            return False
        if with_finish:
            _finish(job_id)
        return True


def _finish(job_id: int) -> None:
    job = Job.unscoped.select_related("merchant").get(pk=job_id)
    try:
        kind = registry.get(job.kind)
    except UnknownKind:
        return
    if isinstance(kind, Finishes):
        with merchant_scope(job.merchant):
            kind.finish(job)
