"""An uploaded catalog file, what was recognised in it, and the rows that could not be taken as they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.tenancy.models import TenantForeignKey, TenantModel


class FileStatus(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    READY = "ready", _("Ready to import")
    IMPORTING = "importing", _("Importing")
    PUBLISHED = "published", _("Imported")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


# how a job's end reads on its file
ENDED: dict[str, str] = {"cancelled": FileStatus.CANCELLED, "failed": FileStatus.FAILED}


class CatalogFile(TenantModel):
    """A file as the merchant gave it; its bytes never change, so that an export can give them back.

    `detection`: {"container", "compression", "encoding", "delimiter", "has_header", "format", "sheet",
    "sheets", "notes"}.
    `mapping`: {field name: column name as in the file}; for formats with fixed columns it is fixed too.
    `counts`: {"rows", "products", "variants", "new", "changed", "unchanged", "continued", "blank", "skipped",
    "errors", "warnings", "cells_without_column"}; rows = products + continued + blank + skipped, always.
    """

    original_name = models.CharField(max_length=255)
    path = models.CharField(max_length=255)  # relative to MEDIA_ROOT, starts with the merchant's id
    size = models.BigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    detection = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    status = models.CharField(max_length=12, choices=FileStatus, default=FileStatus.UPLOADED)
    counts = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    job = TenantForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    listed_at = models.DateTimeField(null=True, blank=True)  # when its products were entered into the lists
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["merchant", "-created_at"], name="catalogfile_newest"),
            models.Index(
                fields=["merchant"],
                name="catalogfile_unlisted",
                condition=models.Q(status=FileStatus.PUBLISHED, listed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def absolute_path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.path

    @property
    def state(self) -> str:
        """`status`, but an import whose job was cancelled or failed before it began is no longer importing."""
        if self.status == FileStatus.IMPORTING and self.job is not None and self.job.status in ENDED:
            return ENDED[self.job.status]
        return self.status

    @property
    def format(self) -> str:
        return str(self.detection.get("format", "plain"))


class Severity(models.TextChoices):
    ERROR = "error", _("Error")  # the row was not imported
    WARNING = "warning", _("Warning")  # the row was imported without this cell


class RowIssue(TenantModel):
    """What was wrong with one row. `row` counts from 1 as a spreadsheet shows it, the header included."""

    file = TenantForeignKey(CatalogFile, on_delete=models.CASCADE, related_name="issues")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=255, blank=True)
    severity = models.CharField(max_length=8, choices=Severity, default=Severity.ERROR)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    cells = models.JSONField(default=list)  # the row as it was, cut to what a table can show

    class Meta:
        indexes = [models.Index(fields=["file", "row"], name="rowissue_by_row")]

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"

    @property
    def reason(self) -> str:
        """The sentence for the person, in the language of the request."""
        from catalog.sentences import sentence

        params: dict[str, Any] = self.params
        return sentence(self.code, params)
