"""What every uploaded table has, whatever its rows become: its bytes, what was recognised, its rows' issues."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.reading.errors import Issue
from foundation.tenancy.models import TenantForeignKey, TenantModel


class TableFile(TenantModel):
    """A file as the merchant gave it; its bytes never change. What becomes of it is the subclass's `status`.

    `detection`: {"container", "compression", "encoding", "delimiter", "has_header", "format", "sheet",
    "sheets", "notes"}. `mapping`: {field name: column name as in the file}.
    """

    original_name = models.CharField(max_length=255)
    path = models.CharField(max_length=255)  # relative to MEDIA_ROOT, starts with the merchant's id
    size = models.BigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    detection = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    job = TenantForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.original_name

    @property
    def absolute_path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.path

    @property
    def format(self) -> str:
        return str(self.detection.get("format", "plain"))


class Severity(models.TextChoices):
    ERROR = "error", _("Error")  # the row was not imported
    WARNING = "warning", _("Warning")  # the row was imported without this cell


class RowRemark(TenantModel):
    """What was wrong with one row. `row` counts from 1 as a spreadsheet shows it, the header included.

    A subclass has `file`, a tie to its `TableFile`, and `reason`: the sentence in the language of the request.
    """

    row = models.PositiveIntegerField()
    column = models.CharField(max_length=255, blank=True)
    severity = models.CharField(max_length=8, choices=Severity, default=Severity.ERROR)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    cells = models.JSONField(default=list)  # the row as it was, cut to what a table can show

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"

    @property
    def reason(self) -> str:
        raise NotImplementedError

    @classmethod
    def keep(cls, file: TableFile, issues: Iterable[Issue]) -> None:
        """These, instead of those that the file has."""
        cls.objects.filter(file=file).delete()
        cls.objects.bulk_create([cls._of(file, issue) for issue in issues], batch_size=2_000)

    @classmethod
    def _of(cls, file: TableFile, issue: Issue) -> Self:
        made: dict[str, Any] = {"file": file}
        return cls(
            row=issue.row,
            column=issue.column[:255],
            severity=Severity.WARNING if issue.warning else Severity.ERROR,
            code=issue.code,
            params=issue.params,
            cells=list(issue.cells),
            **made,
        )
