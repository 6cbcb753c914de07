"""The main job from file to file, without a browser: import, describe, accept, export. For the command `describe_file`.

The file goes through a shop of its own that is gone afterwards, so the shops on this machine keep what they have;
after a `kill -9` the repair task or the next run removes it.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import Sum

from catalog import services as catalog
from catalog.models import CatalogFile, FileStatus
from copywriter import selection, services
from copywriter.jobs import KIND
from copywriter.models import Draft, DraftStatus
from copywriter.writing import refusal
from foundation.jobs import services as jobs
from foundation.jobs.errors import NothingToDo
from foundation.jobs.inline import run_here
from foundation.jobs.models import ItemStatus, Job, JobItem
from foundation.jobs.progress import Progress
from foundation.jobs.scratch import scratch_shop

Watch = Callable[[str, Progress], Any]
CHUNK = 500


class DescribingFailed(Exception):
    """The message is a plain sentence about the file or the job."""


@dataclass(slots=True)
class Summary:
    """What came of it. Times in seconds; `tokens` counts every candidate the model wrote, the dropped ones too."""

    format: str = ""
    rows: int = 0
    products: int = 0
    selected: int = 0
    written: int = 0
    cells_replaced: int = 0
    failed: int = 0
    row_errors: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    tokens: int = 0
    seconds_importing: float = 0.0
    seconds_describing: float = 0.0
    tokens_per_second: float = 0.0
    model: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the caller wants: which columns are meant where the guess does not do, and which products to describe."""

    columns: dict[str, str] = field(default_factory=dict)
    without_description: bool = False
    limit: int | None = None


def describe_file(source: Path, target: Path, choice: Choice, watch: Watch) -> Summary:
    """Writes `source` to `target` with descriptions in their cells; every other byte stays.

    Raises `DescribingFailed`, `CatalogError` and `OSError`; `target` is written only at the very end.
    """
    summary = Summary()
    with scratch_shop(source.stem):
        file = _import(source, choice, summary, watch)
        _describe(choice, summary, watch)
        _export(file, target, summary)
    return summary


def _import(source: Path, choice: Choice, summary: Summary, watch: Watch) -> CatalogFile:
    begun = time.monotonic()
    file = import_file(source, choice.columns, watch)
    summary.format, summary.rows = file.format, int(file.counts.get("rows", 0))
    summary.products = int(file.counts.get("products", 0))
    summary.row_errors = int(file.counts.get("errors", 0))
    summary.seconds_importing = time.monotonic() - begun
    return file


def import_file(source: Path, columns: dict[str, str] | None = None, watch: Watch | None = None) -> CatalogFile:
    """Bring a catalog into the shop of the scope, now. Raises `DescribingFailed`, `CatalogError`, `OSError`."""
    with source.open("rb") as stream:
        file = catalog.upload(source.name, stream)
    if columns:
        file = catalog.reread(file, mapping={**file.mapping, **columns})
    told = (lambda progress: watch("import", progress)) if watch else None
    job = run_here(catalog.confirm(file), threads=1, on_progress=told)
    file.refresh_from_db()
    if file.status != FileStatus.PUBLISHED:
        raise DescribingFailed(file.error or job.error or "The file was not imported.")
    return file


def _describe(choice: Choice, summary: Summary, watch: Watch) -> None:
    begun = time.monotonic()
    try:
        job = jobs.enqueue(KIND, {"selection": _selection(choice)})
    except NothingToDo:
        return
    summary.selected = JobItem.objects.filter(job=job).count()
    job = run_here(job, on_progress=lambda progress: watch("describe", progress))
    summary.seconds_describing = time.monotonic() - begun
    _count(job, summary)
    waiting = Draft.objects.filter(job=job, status=DraftStatus.PENDING).order_by("pk")
    while ids := list(waiting.values_list("pk", flat=True)[:CHUNK]):
        if not services.accept_many(ids).done:
            break
    summary.written = Draft.objects.filter(job=job, status=DraftStatus.ACCEPTED).count()


def _selection(choice: Choice) -> dict[str, Any]:
    chosen: dict[str, Any] = {"without_description": True} if choice.without_description else {"all": True}
    if choice.limit is None:
        return chosen
    return {"ids": list(selection.products(chosen).order_by("pk").values_list("pk", flat=True)[: choice.limit])}


def _count(job: Job, summary: Summary) -> None:
    drafts = Draft.objects.filter(job=job)
    summary.tokens = drafts.aggregate(total=Sum("tokens_out"))["total"] or 0
    summary.tokens_per_second = summary.tokens / summary.seconds_describing if summary.seconds_describing else 0.0
    summary.model = drafts.exclude(model="").values_list("model", flat=True).first() or ""
    reasons = drafts.filter(status=DraftStatus.REFUSED).values_list("reason", flat=True)
    summary.refused = dict(Counter(refusal.told(reason) for reason in reasons).most_common())
    failed = JobItem.objects.filter(job=job, status=ItemStatus.FAILED).values_list("error", flat=True)
    summary.failures = dict(Counter(failed).most_common())
    summary.failed = sum(summary.failures.values())
    if job.error and not drafts.exists():
        raise DescribingFailed(job.error)


def _export(file: CatalogFile, target: Path, summary: Summary) -> None:
    done = catalog.export(file)
    try:
        shutil.copyfile(done.path, target)
    finally:
        done.path.unlink(missing_ok=True)
    summary.cells_replaced, summary.notes = done.replaced, list(done.notes)
