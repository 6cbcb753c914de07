"""Confirming an import, and what a worker does with it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils import timezone

from catalog import direct, publishing, staging
from catalog.ahead import seldom_collected
from catalog.errors import CatalogError
from catalog.import_progress import reported
from catalog.limits import limits
from catalog.models import CatalogFile, FileStatus, RowIssue
from catalog.our_texts import keep_ours
from catalog.reading.blocks import Block, Tally
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
LARGE = 20_000  # products from which the search index is merged at once rather than by and by


def confirm(file: CatalogFile, by: User | None = None) -> Job:
    """Queue the import. Raises `CatalogError` where a title column is still to be chosen, or it is imported already."""
    try:
        with transaction.atomic():
            current = CatalogFile.objects.select_for_update().get(pk=file.pk)
            if current.status == FileStatus.PUBLISHED:
                raise CatalogError("not_editable")
            if "title" not in current.mapping:
                raise CatalogError("missing_title_column")
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


@dataclass(slots=True)
class Imported:
    """What an import made of its file."""

    tally: Tally = field(default_factory=Tally)
    issues: list[Issue] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def counts(self) -> dict[str, int]:
        return {**asdict(self.tally), "new": self.new, "changed": self.changed, "unchanged": self.unchanged}


def import_rows(file: CatalogFile, stop: Stop = lambda: False) -> Imported:
    """Write all of the file's products in the caller's transaction, which must not be committed where this raises.

    Raises `ReadingError` and `Stopped`; also `ReadingError` where not one product came out.
    """
    done = Imported()
    reader, blocks = blocks_of(file, stop)
    if file.job_id is not None:
        blocks = reported(blocks, file.job_id)
    may_exist = publishing.has_products(file.merchant_id)
    if may_exist or reader.whole or reader.provided.variants:
        written = _merged(file, reader, blocks, may_exist)
    else:
        written = _inserted(file, reader, blocks)
    with seldom_collected(), closing(written):
        for part, published in written:
            done.tally.add(part.tally)
            done.issues += part.issues[: max(0, staging.ISSUES_KEPT - len(done.issues))]
            done.new += published.new
            done.changed += published.changed
            done.unchanged += published.unchanged
    assert done.tally.complete, f"rows were lost: {done.tally}"
    if not done.tally.products:
        raise ReadingError("no_products")
    return done


Written = Generator[tuple[staging.Part, publishing.Published], None, None]


def _merged(file: CatalogFile, reader: Reader, blocks: Iterator[Block], may_exist: bool) -> Written:
    """Part by part through the staging tables into a shop whose products may be among them."""
    staging.prepare()
    with closing(staging.parts(blocks, whole=reader.whole)) as parts:
        for part in parts:
            staging.stage(part)
            if may_exist and "description" in reader.provided.fields:
                keep_ours(file.merchant_id, Detection.from_json(file.detection).encoding)
            yield (
                part,
                publishing.publish(file.merchant_id, file.pk, part.tally.products, reader.provided, may_exist),
            )


def _inserted(file: CatalogFile, reader: Reader, blocks: Iterator[Block]) -> Written:
    """Part by part straight into an empty shop: half of the database's work."""
    encode = direct.encoder(file.merchant_id, file.pk, reader.provided, timezone.now())
    with closing(staging.parts(blocks, whole=False, encode=encode)) as parts:
        for part in parts:
            yield part, publishing.Published(direct.insert(part.products, reader.provided), 0, 0)


def conclude(file: CatalogFile, done: Imported) -> None:
    """The file's own part of the transaction: its issues, counts and status."""
    RowIssue.keep(file, done.issues)
    CatalogFile.objects.filter(pk=file.pk).update(
        status=FileStatus.PUBLISHED, counts=done.counts(), error="", published_at=timezone.now(), listed_at=None
    )


def begin(file_id: int, job_id: int) -> bool:
    """Whether the file is still this job's to import: confirmed again, it is another's."""
    mine = CatalogFile.objects.filter(pk=file_id, job_id=job_id).exclude(status=FileStatus.PUBLISHED)
    return mine.update(status=FileStatus.IMPORTING, error="") > 0


def fail(file_id: int, job_id: int, reason: str) -> None:
    """Unless another job's import came after this one's."""
    CatalogFile.objects.filter(pk=file_id, job_id=job_id).exclude(status=FileStatus.PUBLISHED).update(
        status=FileStatus.FAILED, error=reason
    )


def cancelled(file_id: int, job_id: int) -> None:
    """Unless it was confirmed again meanwhile, which is another job's import."""
    CatalogFile.objects.filter(pk=file_id, job_id=job_id, status=FileStatus.IMPORTING).update(
        status=FileStatus.CANCELLED
    )


def enter_into_lists(file: CatalogFile, products: int) -> None:
    """After publishing, outside its transaction; see `ListingEntry`."""
    publishing.enter(file.merchant_id, file.pk, large=products >= LARGE)
    CatalogFile.objects.filter(pk=file.pk).update(listed_at=timezone.now())


def enter_forgotten() -> None:
    """Files whose worker died between publishing and entering."""
    for file in CatalogFile.objects.filter(status=FileStatus.PUBLISHED, listed_at=None):
        enter_into_lists(file, file.counts.get("products", 0))
