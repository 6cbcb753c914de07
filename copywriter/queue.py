"""The review queue: which drafts a page shows, in which order, and how many there are of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.http import urlencode

from copywriter.jobs import KIND
from copywriter.kinds import KINDS, TextKind
from copywriter.models import Draft, DraftStatus
from foundation.jobs.models import Job
from foundation.tenancy.row_ids import row_id

DRAFTS_A_PAGE = 20
JOBS_OFFERED = 30
OLDEST_FIRST = (DraftStatus.PENDING, DraftStatus.REFUSED)
TABS = (DraftStatus.PENDING, DraftStatus.REFUSED, DraftStatus.ACCEPTED, DraftStatus.REJECTED)


@dataclass(frozen=True, slots=True)
class Queue:
    """What the address says: one status, perhaps one job or one product, and where the page begins.

    `after` and `before` are ids of drafts. What waits is shown oldest first, what was decided newest first.
    """

    status: str = DraftStatus.PENDING
    job: int | None = None
    kind: str = ""
    after: int | None = None
    before: int | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Queue:
        status = query.get("status", "")
        return cls(
            status=status if status in DraftStatus.values else DraftStatus.PENDING,
            job=row_id(query.get("job")),
            kind=kind if (kind := query.get("kind", "")) in KINDS else "",
            after=row_id(query.get("after")),
            before=row_id(query.get("before")),
        )

    def to_query(self) -> dict[str, str]:
        pairs = {"job": self.job, "after": self.after, "before": self.before}
        kept = {name: str(value) for name, value in pairs.items() if value is not None}
        kept |= {"kind": self.kind} if self.kind else {}
        return kept if self.status == DraftStatus.PENDING else {"status": str(self.status), **kept}

    def url(self, **changes: Any) -> str:
        """The address of this page, or of one that differs by `changes`."""
        return "?" + urlencode(replace(self, **changes).to_query())

    def first_page(self) -> Queue:
        return replace(self, after=None, before=None)

    @property
    def oldest_first(self) -> bool:
        return self.status in OLDEST_FIRST


@dataclass(frozen=True, slots=True)
class Page:
    drafts: list[Draft]
    previous_url: str
    next_url: str


def matching(queue: Queue) -> QuerySet[Draft]:
    drafts: QuerySet[Draft] = Draft.objects.filter(status=queue.status)
    if queue.kind:
        drafts = drafts.filter(kind=queue.kind)
    return drafts.filter(job_id=queue.job) if queue.job is not None else drafts


def page(queue: Queue, size: int | None = None) -> Page:
    """One page of the queue with products, by keyset: the n-th page costs what the first does."""
    size = size or DRAFTS_A_PAGE
    drafts = matching(queue).select_related("product", "job", "decided_by")
    backwards = queue.before is not None
    cursor = queue.before if backwards else queue.after
    ascending = queue.oldest_first != backwards
    if cursor is not None:
        drafts = drafts.filter(pk__gt=cursor) if ascending else drafts.filter(pk__lt=cursor)
    found = list(drafts.order_by("pk" if ascending else "-pk")[: size + 1])
    more, rows = len(found) > size, found[:size]
    if backwards:
        rows.reverse()
    has_next, has_previous = (True, more) if backwards else (more, queue.after is not None)
    return Page(
        rows,
        queue.url(after=None, before=rows[0].pk) if rows and has_previous else "",
        queue.url(before=None, after=rows[-1].pk) if rows and has_next else "",
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """`by_status` of the kind that was asked for, or of all; `kinds` that there are, in their order."""

    by_status: dict[str, int]
    kinds: tuple[TextKind, ...]


def counts(job: int | None, kind: str = "") -> Counts:
    """Of the drafts of the job, or of all, in one query."""
    drafts = Draft.objects.filter(job_id=job) if job is not None else Draft.objects.all()
    by_status = dict.fromkeys(DraftStatus.values, 0)
    found: set[str] = set()
    for status, name, number in drafts.order_by().values_list("status", "kind").annotate(n=Count("id")):
        by_status[status] += number if kind in ("", name) else 0
        found.add(name)
    return Counts(by_status, tuple(one for name, one in KINDS.items() if name in found))


def describe_jobs() -> list[Job]:
    return list(Job.objects.filter(kind=KIND).order_by("-pk")[:JOBS_OFFERED])
