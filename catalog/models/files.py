"""An uploaded catalog file, what was recognised in it, and the rows that could not be taken as they were."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.tables import RowRemark, TableFile
from foundation.tenancy.models import TenantForeignKey


class FileStatus(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    READY = "ready", _("Ready to import")
    IMPORTING = "importing", _("Importing")
    PUBLISHED = "published", _("Imported")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


# how a job's end reads on its file
ENDED: dict[str, str] = {"cancelled": FileStatus.CANCELLED, "failed": FileStatus.FAILED}


class CatalogFile(TableFile):
    """A file as the merchant gave it; its bytes never change, so that an export can give them back.

    `mapping`: {field name: column name as in the file}; for formats with fixed columns it is fixed too.
    `counts`: {"rows", "products", "variants", "new", "changed", "unchanged", "continued", "blank", "skipped",
    "errors", "warnings", "cells_without_column"}; rows = products + continued + blank + skipped, always.
    """

    status = models.CharField(max_length=12, choices=FileStatus, default=FileStatus.UPLOADED)
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

    @property
    def state(self) -> str:
        """`status`, but an import whose job was cancelled or failed before it began is no longer importing."""
        if self.status == FileStatus.IMPORTING and self.job is not None and self.job.status in ENDED:
            return ENDED[self.job.status]
        return self.status


class RowIssue(RowRemark):
    """What was wrong with one row of a catalog file."""

    file = TenantForeignKey(CatalogFile, on_delete=models.CASCADE, related_name="issues")

    class Meta:
        indexes = [models.Index(fields=["file", "row"], name="rowissue_by_row")]

    @property
    def reason(self) -> str:
        """The sentence for the person, in the language of the request."""
        from catalog.sentences import sentence

        params: dict[str, Any] = self.params
        return sentence(self.code, params)
