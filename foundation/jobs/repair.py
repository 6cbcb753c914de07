"""Putting right what crashes leave behind. Runs every few seconds; running twice at once does no harm."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.jobs import guilt
from foundation.jobs.claims import with_work
from foundation.jobs.finishing import end_job, overdue
from foundation.jobs.holder import Fate, fate
from foundation.jobs.models import ItemStatus, JobItem, JobStatus, Lease
from foundation.jobs.wakeups import wake

logger = logging.getLogger(__name__)

LAST_RUN = "jobs.repaired_at"


@dataclass(frozen=True, slots=True)
class Repaired:
    taken_back: int
    """Chunks whose worker is gone."""
    woken: tuple[str, ...]
    """Queues in which work waits."""


def repair() -> Repaired:
    taken_back = 0
    for lease in _lost_leases():
        with override(lease.job.language):
            taken_back += _take_back(lease)
    _free_orphans()
    queues = {*with_work().values_list("queue", flat=True), *overdue().values_list("queue", flat=True)}
    for queue in sorted(queues):
        wake(queue)
    cache.set(LAST_RUN, timezone.now(), timeout=3600)
    return Repaired(taken_back, tuple(sorted(queues)))


def _lost_leases() -> list[Lease]:
    """Expired ones, and those of processes of this machine that are gone: no need to wait for these."""
    expired = set(Lease.unscoped.filter(expires_at__lt=Now()).values_list("pk", flat=True))
    leases = Lease.unscoped.select_related("job")
    return [lease for lease in leases if lease.pk in expired or fate(lease.holder) is Fate.DEAD]


def _take_back(lease: Lease) -> bool:
    """False where it was renewed, given back, or taken by another repair meanwhile."""
    with transaction.atomic():
        mine = Lease.unscoped.select_for_update(skip_locked=True).filter(pk=lease.pk, expires_at=lease.expires_at)
        current = mine.first()
        if current is None:
            return False
        if not current.running or fate(current.holder) is Fate.ALIVE:
            # Alive but silent: the database was away, or the machine slept. Its results are fenced off; no crime.
            guilt.give_back(current.pk)
            return True
        reason = _("The worker stopped while this was in work.")
        guilt.blame(current.pk, current.size, reason, alone=current.exclusive)
    logger.warning("Job %s: the worker of a chunk of %s is gone; taken back", lease.job_id, lease.size)
    if guilt.count_error(lease.job_id, reason, pause=False):
        end_job(lease.job_id, JobStatus.FAILED, guilt.too_many_errors(reason))
    return True


def _free_orphans() -> None:
    """Leased items without a lease can't come about, but would wait forever if they did."""
    held = Lease.unscoped.filter(pk=OuterRef("lease"))
    orphans = JobItem.unscoped.filter(~Exists(held), status=ItemStatus.LEASED, lease__isnull=False)
    freed = orphans.update(status=ItemStatus.PENDING, lease=None)
    if freed:
        logger.error("%s items were leased to nobody and wait again", freed)
