"""What a person sees of a job: its name, how far it is, and what its items are called.

A kind may say more about itself, each optional: `icon: str`, `owners_only: bool` (staff neither cancel nor retry it),
`title(job) -> str`, `results(job) -> tuple[label, url] | None` (where to go on once it has done something),
`item_labels(keys) -> dict[key, str]`, and `made(jobs) -> dict[job id, str]`: what became of its items so far, told
instead of how many are done ("" where there is nothing to tell yet). A job of such a kind that is one item is never
told in items. `left(n) -> str` is told instead of "n failed" where an item was left on purpose; `undo(job) ->
tuple[label, url] | None` is where all of it can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

from django.utils.translation import gettext as _

from foundation.jobs import registry
from foundation.jobs.errors import UnknownKind
from foundation.jobs.kinds import JobKind
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.jobs.progress import Progress, progress_of

SHOWN_FAILURES = 50
TONES = {
    JobStatus.QUEUED: "",
    JobStatus.RUNNING: "info",
    JobStatus.DONE: "ok",
    JobStatus.FAILED: "bad",
    JobStatus.CANCELLED: "warn",
}


@dataclass(frozen=True, slots=True)
class JobView:
    job: Job
    progress: Progress
    title: str
    icon: str
    results: tuple[str, str] | None
    made: str | None = None
    owners_only: bool = False
    left: str = ""
    undo: tuple[str, str] | None = None

    @property
    def tells_items(self) -> bool:
        """Whether a number of items says anything: a file is one item, and "1 left" of it says nothing."""
        return self.made is None or self.progress.total > 1

    @property
    def tone(self) -> str:
        """The badge of the status; a finished job with failed items is no plain success."""
        if self.job.is_paused or (self.job.status == JobStatus.DONE and self.progress.failed):
            return "warn"
        return TONES[JobStatus(self.job.status)]

    @property
    def can_retry(self) -> bool:
        return not self.job.is_active and self.progress.total > self.progress.done

    @property
    def version(self) -> str:
        """Equal as long as the row would look the same, so that a poll may be answered with 204."""
        p = self.progress
        rate = round(p.per_minute) if p.per_minute is not None else ""
        minutes = -(-p.seconds_left // 60) if p.seconds_left is not None else ""
        trouble = crc32(f"{self.job.is_paused} {self.job.error}".encode()) if self.job.error else ""
        return f"{self.job.status}-{p.done}-{p.failed}-{p.total}-{rate}-{minutes}-{trouble}-{self.made or ''}"


@dataclass(frozen=True, slots=True)
class Failure:
    label: str
    reason: str


def job_views(jobs: Sequence[Job]) -> list[JobView]:
    """All with one query for their progress, and one a kind that tells what it made."""
    known = progress_of(jobs)
    made = _made(jobs)
    return [_view(job, known[job.pk], made.get(job.pk)) for job in jobs]


def _made(jobs: Sequence[Job]) -> dict[int, str]:
    told: dict[int, str] = {}
    for name in {job.kind for job in jobs}:
        of_kind = [job for job in jobs if job.kind == name]
        tell = getattr(_kind(of_kind[0]), "made", None)
        told |= tell(of_kind) if tell else {}
    return told


def job_view(job: Job) -> JobView:
    return job_views([job])[0]


def failures(job: Job, after: int = 0) -> tuple[list[Failure], int | None]:
    """The failed items past the item id `after`, at most SHOWN_FAILURES, and where the next page begins (or None)."""
    found = JobItem.objects.filter(job_id=job.pk, status=ItemStatus.FAILED, pk__gt=after).order_by("pk")
    rows = list(found[: SHOWN_FAILURES + 1])
    page = list(islice(rows, SHOWN_FAILURES))
    labels = _labels(job, [item.key for item in page])
    following = page[-1].pk if len(rows) > len(page) else None
    return [Failure(labels.get(item.key, item.key), item.error) for item in page], following


def _view(job: Job, progress: Progress, made: str | None) -> JobView:
    kind = _kind(job)
    title, results = getattr(kind, "title", None), getattr(kind, "results", None)
    left, undo = getattr(kind, "left", None), getattr(kind, "undo", None)
    return JobView(
        job=job,
        progress=progress,
        title=str(title(job)) if title else _("Job “%(kind)s”") % {"kind": job.kind},
        icon=getattr(kind, "icon", "activity"),
        results=results(job) if results else None,
        made=made,
        owners_only=is_for_owners(job),
        left=left(progress.failed) if left and progress.failed else "",
        undo=undo(job) if undo else None,
    )


def is_for_owners(job: Job) -> bool:
    """Whether only an owner may cancel and retry the job: what staff could not start, they don't start again."""
    return bool(getattr(_kind(job), "owners_only", False))


def _labels(job: Job, keys: list[str]) -> dict[str, str]:
    labels = getattr(_kind(job), "item_labels", None)
    return labels(keys) if labels and keys else {}


def _kind(job: Job) -> JobKind | None:
    """None for a job of an app that is no longer installed: it can still be looked at."""
    try:
        return registry.get(job.kind)
    except UnknownKind:
        return None
