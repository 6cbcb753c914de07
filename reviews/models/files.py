"""An uploaded file of reviews, and its rows that could not be taken as they stood."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import RowRemark, TableFile
from foundation.jobs.models import JobStatus
from foundation.tenancy.models import TenantForeignKey


class ReviewFileStatus(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")  # no column is known to hold the texts
    READY = "ready", _("Ready to import")
    IMPORTING = "importing", _("Importing")
    PUBLISHED = "published", _("Imported")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", pgettext_lazy("file of reviews", "Taken back")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


ENDED = frozenset({JobStatus.CANCELLED, JobStatus.FAILED})
BUSY = frozenset({ReviewFileStatus.IMPORTING, ReviewFileStatus.UNDOING})


class ReviewFile(TableFile):
    """A file of reviews.

    `mapping`: {field: column}, with `source_name` (where all its reviews come from, as the person wrote it) and `dates`
    (`dmy` or `mdy`: what 3/4/2024 means in it).
    `counts`: {"rows", "reviews", "blank", "skipped", "new", "known", "matched"}; rows = reviews + blank + skipped, and
    reviews = new + known, always.
    """

    status = models.CharField(max_length=12, choices=ReviewFileStatus, default=ReviewFileStatus.UPLOADED)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["merchant", "-created_at"], name="reviewfile_newest")]

    @property
    def state(self) -> str:
        """`status`, but what a job that ended early was to do has not happened and is no longer happening."""
        if self.status not in BUSY or self.job is None or self.job.status not in ENDED:
            return self.status
        if self.status == ReviewFileStatus.UNDOING:
            return ReviewFileStatus.PUBLISHED
        return ReviewFileStatus.CANCELLED if self.job.status == JobStatus.CANCELLED else ReviewFileStatus.FAILED


class ReviewRowIssue(RowRemark):
    """What was wrong with one row of a file of reviews."""

    file = TenantForeignKey(ReviewFile, on_delete=models.CASCADE, related_name="issues")

    class Meta:
        indexes = [models.Index(fields=["file", "row"], name="reviewissue_by_row")]

    @property
    def reason(self) -> str:
        from reviews.sentences import sentence

        return sentence(self.code, self.params)
