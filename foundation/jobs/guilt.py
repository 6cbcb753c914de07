"""Which item was it? Chunks that went wrong are run again in ever smaller company, until one item is alone to blame.

32 suspects of a crash run again eight at a time with nothing beside them in their process; of the eight that crash
again each runs alone. Only what goes wrong alone counts as the item's own attempt, so an innocent never fails for
the company it was in, and a poisonous item costs five crashes: in the crowd, among eight, and three times alone.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.jobs.models import ACTIVE, ItemStatus, Job, JobItem, Lease

SMALL = 8
MAX_ATTEMPTS = 3
MAX_ERRORS_IN_A_ROW = 30
LONGEST_PAUSE = 10.0
AWAY_PAUSES = (2.0, 30.0)
"""Seconds from one look for what is away to the next. A look costs a claim and one small request, so even the longest
may be short: that is how long the job still waits once it is back."""


def give_back(lease: UUID) -> None:
    """The chunk's open items wait again, nobody is blamed. Harmless where the lease is gone already."""
    with transaction.atomic():
        _open_items(lease).update(status=ItemStatus.PENDING, lease=None)
        _drop(lease)


def blame(lease: UUID, size: int, reason: str, *, alone: bool) -> None:
    """The chunk went wrong with its open items in flight; `alone`: with nothing beside it that could have done it."""
    with transaction.atomic():
        items = _open_items(lease)
        if size > 1 or not alone:
            company = SMALL if size > SMALL else 1
            items.update(status=ItemStatus.PENDING, lease=None, quarantine=company, error=reason)
        else:
            items.update(attempts=F("attempts") + 1, quarantine=1, error=reason)
            spent = items.filter(attempts__gte=MAX_ATTEMPTS)
            spent.update(status=ItemStatus.FAILED, lease=None, finished_at=Now(), error=_given_up(reason))
            items.update(status=ItemStatus.PENDING, lease=None)
        _drop(lease)


def count_error(job_id: int, reason: str, *, pause: bool) -> bool:
    """One more error of the job without a success between; True once that is too many for the job to go on.

    With `pause` the job gets no chunk for a while, longer each time: 0.5 s, 1 s, … up to `LONGEST_PAUSE`.
    """
    jobs = Job.unscoped.filter(pk=job_id, status__in=ACTIVE)
    jobs.update(errors_in_a_row=F("errors_in_a_row") + 1, error=reason)
    errors = jobs.values_list("errors_in_a_row", flat=True).first() or 0
    if pause and errors:
        seconds = min(0.25 * 2.0 ** min(errors, 10), LONGEST_PAUSE)
        jobs.update(not_before=Now() + timedelta(seconds=seconds))
    return errors >= MAX_ERRORS_IN_A_ROW


def pause(job_id: int, reason: str, seconds: float | None = None) -> None:
    """No chunk of the job for so long, and nobody to blame; `reason` is shown until something of it is done.

    Without `seconds`: a quarter of the time that it has waited already, within `AWAY_PAUSES`.
    """
    jobs = Job.unscoped.filter(pk=job_id, status__in=ACTIVE)
    if not jobs.update(error=reason, paused_since=Coalesce(F("paused_since"), Now())):
        return
    if seconds is None:
        since = jobs.values_list("paused_since", flat=True).first() or timezone.now()
        least, most = AWAY_PAUSES
        seconds = min(max(least, (timezone.now() - since).total_seconds() / 4), most)
    jobs.update(not_before=Now() + timedelta(seconds=seconds))


def forget_errors(job_id: int) -> None:
    troubled = Q(errors_in_a_row__gt=0) | ~Q(error="")
    Job.unscoped.filter(troubled, pk=job_id, status__in=ACTIVE).update(
        errors_in_a_row=0, not_before=None, paused_since=None, error=""
    )


def too_many_errors(reason: str) -> str:
    return _("Stopped after %(count)s errors in a row. The last one: %(reason)s") % {
        "count": MAX_ERRORS_IN_A_ROW,
        "reason": reason,
    }


def _given_up(reason: str) -> str:
    return _("Given up after %(count)s attempts. The last one: %(reason)s") % {"count": MAX_ATTEMPTS, "reason": reason}


def _open_items(lease: UUID) -> QuerySet[JobItem]:
    return JobItem.unscoped.filter(lease=lease, status=ItemStatus.LEASED)


def _drop(lease: UUID) -> None:
    Lease.unscoped.filter(pk=lease).delete()
