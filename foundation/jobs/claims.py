"""Taking a chunk of work: the database decides whose turn it is, whatever the wake-up that asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import DateTimeField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from foundation.jobs import registry
from foundation.jobs.errors import UnknownKind
from foundation.jobs.holder import holder
from foundation.jobs.models import ACTIVE, ItemStatus, Job, JobItem, JobStatus, Lease
from foundation.tenancy.scope import merchant_scope

LEASE = timedelta(seconds=15)
"""How long a chunk stays with a worker that gives no sign; renewed every `keeper.RENEW` seconds."""

_CLAIMING = 0x6A6F6273  # "jobs": the first half of the advisory lock's key, the queue is the second


class ClockTimestamp(Func):
    """The time now; `Now()` is when the transaction began, before it waited for its turn."""

    function = "clock_timestamp"
    template = "%(function)s()"
    output_field = DateTimeField()


@dataclass(frozen=True, slots=True)
class Chunk:
    lease: UUID
    job: Job
    items: list[JobItem]
    exclusive: bool


def claim(queue: str, job_id: int | None = None) -> Chunk | None:
    """The next chunk of `queue` (of one job only, if given), leased to this process; None where no work waits.

    Claims of one queue come one after the other (milliseconds each), so that two workers that ask at once get
    chunks of two shops.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_CLAIMING, str(queue)])
        waiting = with_work(queue)
        if job_id is not None:
            waiting = waiting.filter(pk=job_id)
        for job in _in_turn(waiting)[:4]:  # the first, unless its items are locked or it was cancelled just now
            with merchant_scope(job.merchant):
                chunk = _take(job)
            if chunk is not None:
                return chunk
    return None


def with_work(queue: str | None = None) -> QuerySet[Job]:
    """Active jobs of any shop that have items waiting and are not pausing after an error."""
    pending = JobItem.unscoped.filter(job_id=OuterRef("pk"), status=ItemStatus.PENDING)
    ready = Q(not_before__isnull=True) | Q(not_before__lte=Now())
    jobs = Job.unscoped.filter(ready, Exists(pending), status__in=ACTIVE)
    return jobs if queue is None else jobs.filter(queue=queue)


def _in_turn(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """The shop that was served least recently first, and of each shop its oldest job."""
    served = (
        Job.unscoped.filter(merchant_id=OuterRef("merchant_id"), queue=OuterRef("queue"), served_at__isnull=False)
        .order_by("-served_at")
        .values("served_at")[:1]
    )
    turn = F("shop_served").asc(nulls_first=True)
    return jobs.annotate(shop_served=Subquery(served)).order_by(turn, "pk").select_related("merchant")


def _take(job: Job) -> Chunk | None:
    items = _pick(job)
    if not items:
        return None
    started = Job.objects.filter(pk=job.pk, status__in=ACTIVE).update(
        status=JobStatus.RUNNING,
        started_at=Coalesce(F("started_at"), Now()),
        served_at=ClockTimestamp(),
        heartbeat_at=Now(),
    )
    if not started:
        return None
    exclusive = items[0].quarantine > 0
    lease = Lease(job=job, holder=holder(), size=len(items), exclusive=exclusive, expires_at=Now() + LEASE)
    lease.save(force_insert=True)
    JobItem.objects.filter(pk__in=[item.pk for item in items]).update(status=ItemStatus.LEASED, lease=lease.pk)
    running = Job.objects.select_related("merchant").get(pk=job.pk)
    return Chunk(lease.pk, running, items, exclusive)


def _pick(job: Job) -> list[JobItem]:
    """Ordinary items first; then the suspects, as few at once as their quarantine says."""
    pending = JobItem.objects.select_for_update(skip_locked=True).filter(job_id=job.pk, status=ItemStatus.PENDING)
    ordinary = list(pending.filter(quarantine=0).order_by("pk")[: chunk_size(job)])
    if ordinary:
        return ordinary
    first = pending.order_by("-quarantine", "pk").first()
    if first is None:
        return []
    return list(pending.filter(quarantine=first.quarantine).order_by("pk")[: first.quarantine])


def chunk_size(job: Job) -> int:
    try:
        return registry.get(job.kind).chunk_size
    except UnknownKind:  # the engine fails the job with the reason
        return 1
