"""Confirming an import, and what a worker does with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from catalog import publishing, staging
from catalog.errors import CatalogError
from catalog.limits import limits
from catalog.models import CatalogFile, FileStatus, RowIssue, Severity
from catalog.reading.blocks import Block, Provided
from catalog.reading.detection import Detection
from catalog.reading.errors import Issue, ReadingError
from catalog.reading.formats import format_named
from catalog.reading.formats.base import Reader
from catalog.reading.table import Table
from foundation.jobs import services as jobs
from foundation.jobs.errors import AlreadyQueued
from foundation.jobs.kinds import Stop
from foundation.jobs.models import Job
from foundation.tenancy.models import User

KIND = "catalog.import"
SMALL = 20_000  # rows from which the search index is merged at once rather than by and by


def confirm(file: CatalogFile, by: User | None = None) -> Job:
    """Queue the import. Raises `CatalogError` where a title column is still to be chosen, or it is imported already."""
    if "title" not in file.mapping:
        raise CatalogError("missing_title_column")
    try:
        with transaction.atomic():
            job = jobs.enqueue(KIND, {"file": file.pk}, by=by, dedup_key=f"file:{file.pk}")
            CatalogFile.objects.filter(pk=file.pk).update(status=FileStatus.IMPORTING, error="", job=job)
    except AlreadyQueued as error:
        raise CatalogError("already_importing") from error
    file.refresh_from_db(from_queryset=CatalogFile.objects.all())
    return job


def import_job(file: CatalogFile) -> Job | None:
    """The job of the file's last import."""
    return file.job


def blocks_of(file: CatalogFile, stop: Stop = lambda: False) -> tuple[Reader, Iterator[Block]]:
    """The file's reader and all it gives. Raises `ReadingError`, at once or on the way."""
    found = Detection.from_json(file.detection)
    reader = format_named(found.format).reader(found.columns, file.mapping)

    def blocks() -> Iterator[Block]:
        for rows in Table(file.absolute_path, found, limits()).blocks(stop):
            yield reader.read(rows)
        yield reader.end()

    return reader, blocks()


def publish(file: CatalogFile, staged: staging.Staged, provided: Provided) -> None:
    """Everything of the import in the caller's transaction: products, variants, issues, and the file's own state."""
    tally = staged.tally
    assert tally.complete, f"rows were lost: {tally}"
    published = publishing.publish(file.merchant_id, file.pk, tally.products, provided)
    RowIssue.objects.filter(file=file).delete()
    _write_issues(file, staged.issues)
    counts = {**asdict(tally), **asdict(published)}
    CatalogFile.objects.filter(pk=file.pk).update(
        status=FileStatus.PUBLISHED, counts=counts, error="", published_at=timezone.now()
    )


def fail(file_id: int, reason: str) -> None:
    CatalogFile.objects.filter(pk=file_id).exclude(status=FileStatus.PUBLISHED).update(
        status=FileStatus.FAILED, error=reason
    )


def cancelled(file_id: int) -> None:
    CatalogFile.objects.filter(pk=file_id, status=FileStatus.IMPORTING).update(status=FileStatus.CANCELLED)


def tend(products: int) -> None:
    """After a large import, outside its transaction; a small one waits for autovacuum."""
    if products >= SMALL:
        publishing.tend_index()


def _write_issues(file: CatalogFile, issues: list[Issue]) -> None:
    RowIssue.objects.bulk_create(
        [
            RowIssue(
                file=file,
                row=issue.row,
                column=issue.column[:255],
                severity=Severity.WARNING if issue.warning else Severity.ERROR,
                code=issue.code,
                params=issue.params,
                cells=list(issue.cells),
            )
            for issue in issues
        ],
        batch_size=2_000,
    )


def refuse_empty(staged: staging.Staged) -> None:
    """Raises `ReadingError` where not one product came out: publishing that would look like success."""
    if not staged.tally.products:
        raise ReadingError("no_products")
