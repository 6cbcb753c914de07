"""Confirming an import of reviews, what a worker does with it, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils import timezone

from catalog.ahead import ahead
from catalog.import_progress import Reports
from catalog.limits import limits
from catalog.reading.detection import Detection
from catalog.reading.errors import Issue, ReadingError
from catalog.reading.table import Table
from foundation.jobs import services as jobs
from foundation.jobs.errors import AlreadyQueued
from foundation.jobs.kinds import Stop
from foundation.jobs.models import Job
from foundation.tenancy.models import User
from reviews import writing
from reviews.matching import Matcher
from reviews.models import Review, ReviewFile, ReviewFileStatus, ReviewRowIssue
from reviews.reading.rows import Block, Entry, Reader, Tally
from reviews.sentences import ReviewError
from reviews.services.authors import forget_unused

IMPORT, UNDO = "reviews.import", "reviews.undo"
PART = 10_000  # reviews written at once
PART_CHARS = 32_000_000
ISSUES_KEPT = 20_000
OPEN = (
    ReviewFileStatus.READY,
    ReviewFileStatus.UPLOADED,
    ReviewFileStatus.FAILED,
    ReviewFileStatus.CANCELLED,
    ReviewFileStatus.UNDONE,
)


def confirm(file: ReviewFile, by: User | None = None) -> Job:
    """Queue the import. Raises `ReviewError` where the texts' column is still to be chosen, or it is in work."""
    return _queue(file, IMPORT, OPEN, ReviewFileStatus.IMPORTING, by)


def undo(file: ReviewFile, by: User | None = None) -> Job:
    """Queue taking exactly those reviews back that this file brought."""
    return _queue(file, UNDO, (ReviewFileStatus.PUBLISHED,), ReviewFileStatus.UNDOING, by)


def _queue(file: ReviewFile, kind: str, states: tuple[str, ...], to: str, by: User | None) -> Job:
    """One job of a file at a time, whichever it is."""
    try:
        with transaction.atomic():
            current = ReviewFile.objects.select_for_update(of=("self",)).select_related("job").get(pk=file.pk)
            if current.state not in states:
                raise ReviewError("busy" if kind == IMPORT else "not_imported")
            if kind == IMPORT and "text" not in current.mapping:
                raise ReviewError("missing_text_column")
            job = jobs.enqueue(kind, {"file": file.pk}, by=by, dedup_key=f"file:{file.pk}")
            ReviewFile.objects.filter(pk=file.pk).update(status=to, error="", job=job)
    except AlreadyQueued as error:
        raise ReviewError("busy") from error
    file.refresh_from_db(from_queryset=ReviewFile.objects.all())
    return job


def blocks_of(file: ReviewFile, stop: Stop = lambda: False, languages: bool = True) -> Iterator[Block]:
    """All that the file gives. Raises `ReadingError`, at once or on the way."""
    found = Detection.from_json(file.detection)
    reader = Reader(found.columns, file.mapping, timezone.localdate(), languages)
    return (reader.read(rows) for rows in Table(file.absolute_path, found, limits()).blocks(stop))


@dataclass(slots=True)
class Imported:
    """What an import made of its file."""

    tally: Tally = field(default_factory=Tally)
    written: writing.Written = field(default_factory=writing.Written)
    issues: list[Issue] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        done = self.written
        return {**asdict(self.tally), "new": done.new, "known": done.known, "matched": done.matched}

    def keep(self, issues: list[Issue]) -> None:
        self.issues += issues[: max(0, ISSUES_KEPT - len(self.issues))]


def import_rows(file: ReviewFile, stop: Stop = lambda: False) -> Imported:
    """Write all of the file's new reviews in the caller's transaction, which must not be committed where this raises.

    Raises `ReadingError`, also where not one review came out, and `Stopped`.
    """
    done, matcher = Imported(), Matcher()
    writing.prepare()
    with closing(ahead(_parts(blocks_of(file, stop), file.job_id))) as parts:
        for entries, tally, issues in parts:
            done.tally.add(tally)
            written = writing.write(file.merchant_id, file.pk, entries, matcher)
            done.written.add(written)
            done.keep(issues + written.issues)
    assert done.tally.complete, f"rows were lost: {done.tally}"
    if not done.tally.reviews:
        raise NoReviews(done.issues)
    return done


class NoReviews(ReadingError):
    """Not one row could be used; `issues` say why."""

    def __init__(self, issues: list[Issue]) -> None:
        super().__init__("no_reviews")
        self.issues = issues


Part = tuple[list[Entry], Tally, list[Issue]]


def _parts(blocks: Iterator[Block], job_id: int | None) -> Iterator[Part]:
    """Read in a thread, while the database writes the part before; told to whoever watches the page."""
    told = Reports(job_id) if job_id is not None else None
    total, tally, issues = Tally(), Tally(), list[Issue]()
    entries: list[Entry] = []
    chars = 0
    for block in blocks:
        entries += block.reviews
        issues += block.issues
        chars += sum(len(entry.text) for entry in block.reviews)
        tally.add(block.tally)
        total.add(block.tally)
        if told:
            told.tell(total.rows, total.reviews, total.skipped)
        if len(entries) >= PART or chars >= PART_CHARS:
            yield entries, tally, issues
            entries, tally, issues, chars = [], Tally(), [], 0
    if told:
        told.tell(total.rows, total.reviews, total.skipped, read=True)
    yield entries, tally, issues


def conclude(file: ReviewFile, done: Imported) -> None:
    """The file's own part of the transaction: its issues, counts and status."""
    ReviewRowIssue.keep(file, done.issues)
    ReviewFile.objects.filter(pk=file.pk).update(
        status=ReviewFileStatus.PUBLISHED, counts=done.counts(), error="", published_at=timezone.now()
    )


def take_back(file: ReviewFile) -> None:
    """Exactly the reviews that this file brought, and the authors that wrote nothing else."""
    Review.objects.filter(file=file).delete()
    forget_unused()
    ReviewRowIssue.objects.filter(file=file).delete()
    ReviewFile.objects.filter(pk=file.pk).update(status=ReviewFileStatus.UNDONE, counts={}, error="", published_at=None)


def begin(file_id: int, job_id: int, status: str) -> bool:
    """Whether the file is still this job's to work on: a retried job's file may have gone on without it."""
    done = ReviewFileStatus.PUBLISHED if status == ReviewFileStatus.IMPORTING else ReviewFileStatus.UNDONE
    mine = ReviewFile.objects.filter(pk=file_id, job_id=job_id).exclude(status=done)
    return mine.update(status=status, error="") > 0


def fail(file_id: int, job_id: int, reason: str, issues: Sequence[Issue] = ()) -> None:
    """Unless another job came after this one."""
    with transaction.atomic():
        mine = ReviewFile.objects.filter(pk=file_id, job_id=job_id, status=ReviewFileStatus.IMPORTING)
        if mine.update(status=ReviewFileStatus.FAILED, error=reason):
            ReviewRowIssue.keep(ReviewFile.objects.get(pk=file_id), issues)


def stopped(file_id: int, job_id: int) -> None:
    """Unless it was confirmed again meanwhile, which is another job's import."""
    ReviewFile.objects.filter(pk=file_id, job_id=job_id, status=ReviewFileStatus.IMPORTING).update(
        status=ReviewFileStatus.CANCELLED
    )
