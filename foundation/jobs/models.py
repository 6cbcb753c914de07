"""Rows of long work. The database is the truth; what travels through Redis is only a wake-up."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.jobs.queues import Queue
from foundation.tenancy.models import TenantForeignKey, TenantModel


class JobStatus(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


ACTIVE = (JobStatus.QUEUED, JobStatus.RUNNING)
ENDED = (JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED)


class ItemStatus(models.TextChoices):
    PENDING = "pending", _("Waiting")
    LEASED = "leased", _("In work")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Job(TenantModel):
    """One piece of long work of one shop.

    QUEUED → RUNNING → DONE | FAILED, QUEUED | RUNNING → CANCELLED, and any end → QUEUED by a retry. DONE means that
    every item ended and at least one succeeded; FAILED that all items failed or the job itself could not go on
    (`error` says why). Items of a cancelled job stay as they are: finished ones finished, the rest waiting for a retry.
    """

    kind = models.CharField(max_length=64)
    queue = models.CharField(max_length=16, choices=Queue)
    status = models.CharField(max_length=16, choices=JobStatus, default=JobStatus.QUEUED)
    params = models.JSONField(default=dict)
    dedup_key = models.CharField(max_length=200, null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=16, default="en", help_text="of who asked: its sentences are in it")
    error = models.TextField(blank=True, default="")
    heartbeat_at = models.DateTimeField(null=True, help_text="a worker was at it")
    served_at = models.DateTimeField(null=True, help_text="a chunk was last handed out: the least recent shop is next")
    not_before = models.DateTimeField(null=True, help_text="after an error, no chunk before this time")
    paused_since = models.DateTimeField(null=True, help_text="waits for what `error` names; nothing of it went wrong")
    errors_in_a_row = models.PositiveSmallIntegerField(default=0)
    finish_attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "kind", "dedup_key"], condition=Q(status__in=ACTIVE), name="one_active_job_each"
            )
        ]
        indexes = [
            models.Index(fields=["queue", "merchant"], condition=Q(status__in=ACTIVE), name="job_active"),
            models.Index(fields=["merchant", "queue", "-served_at"], name="job_served"),
            models.Index(fields=["merchant", "-created_at"], name="job_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} ({self.status})"

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def is_paused(self) -> bool:
        return self.is_active and self.paused_since is not None


class JobItem(TenantModel):
    """One row of a job's work, known by the kind's own `key` (a product's id, a file's name).

    `attempts` counts only runs that this item alone can be blamed for. `quarantine` > 0: it was in flight when a
    chunk went wrong, and runs in a chunk of at most so many items, with nothing else in the process, until it ends.
    """

    job = TenantForeignKey(Job, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=200)
    status = models.CharField(max_length=16, choices=ItemStatus, default=ItemStatus.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    quarantine = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    error = models.TextField(blank=True, default="")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="one_item_a_key")]
        indexes = [
            models.Index(fields=["job", "quarantine", "id"], condition=Q(status="pending"), name="item_pending"),
            models.Index(fields=["lease"], condition=Q(lease__isnull=False), name="item_leased"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.status})"


class Lease(TenantModel):
    """A chunk in some worker's hands. Renewed while that process lives; past `expires_at` the chunk is taken back.

    A worker that was told to end says that its chunks are no longer `running`: the end is not their fault.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = TenantForeignKey(Job, on_delete=models.CASCADE, related_name="leases")
    holder = models.CharField(max_length=200, help_text="the process: boot, pid namespace, pid and its start time")
    exclusive = models.BooleanField(default=False, help_text="runs with nothing else in its process")
    size = models.PositiveIntegerField(help_text="items")
    running = models.BooleanField(default=False, help_text="handed to the kind; before that nothing can be blamed")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="lease_expiry")]

    def __str__(self) -> str:
        return f"{self.size} items of job {self.job_id}"


class ScratchShop(TenantModel):
    """Says that the merchant is a running command's own: it goes when that process is gone (`foundation.jobs.scratch`).

    Past `expires_at` a process of another machine counts as gone.
    """

    holder = models.CharField(max_length=200, help_text="the process, as in Lease")
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merchant"], name="one_command_a_scratch_shop")]

    def __str__(self) -> str:
        return f"scratch shop {self.merchant_id}"
