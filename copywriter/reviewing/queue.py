"""The review queue: which drafts a page shows, in which order, and how many there are of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils.http import urlencode

from copywriter.jobs import WRITING
from copywriter.kinds import KINDS, TextKind
from copywriter.models import Draft, DraftStatus
from copywriter.reviewing.confidence import LEVELS
from foundation.jobs.models import Job
from foundation.tenancy.row_ids import row_id

DRAFTS_A_PAGE = 20
JOBS_OFFERED = 30
OLDEST_FIRST = (DraftStatus.PENDING, DraftStatus.REFUSED)
UNSURE = "unsure"
TABS = (DraftStatus.PENDING, DraftStatus.REFUSED, DraftStatus.ACCEPTED, DraftStatus.REJECTED)


@dataclass(frozen=True, slots=True)
class Queue:
    """What the address says: one status, perhaps one job, kind or level of confidence, and where the page begins.

    `after` and `before` are ids of drafts. What waits is shown oldest first, what was decided newest first; with
    `order` "unsure" the least sure first.
    """

    status: str = DraftStatus.PENDING
    job: int | None = None
    kind: str = ""
    sure: str = ""
    order: str = ""
    after: int | None = None
    before: int | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Queue:
        status = query.get("status", "")
        return cls(
            status=status if status in DraftStatus.values else DraftStatus.PENDING,
            job=row_id(query.get("job")),
            kind=kind if (kind := query.get("kind", "")) in KINDS else "",
            sure=sure if (sure := query.get("sure", "")) in LEVELS else "",
            order=UNSURE if query.get("order") == UNSURE else "",
            after=row_id(query.get("after")),
            before=row_id(query.get("before")),
        )

    def to_query(self) -> dict[str, str]:
        pairs = {"job": self.job, "after": self.after, "before": self.before}
        kept = {name: str(value) for name, value in pairs.items() if value is not None}
        kept |= {name: value for name in ("kind", "sure", "order") if (value := getattr(self, name))}
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
    if queue.sure:
        drafts = drafts.filter(confidence__range=LEVELS[queue.sure])
    return drafts.filter(job_id=queue.job) if queue.job is not None else drafts


def page(queue: Queue, size: int | None = None) -> Page:
    """One page of the queue with products, by keyset: the n-th page costs what the first does."""
    size = size or DRAFTS_A_PAGE
    drafts = matching(queue)
    backwards = queue.before is not None
    cursor = queue.before if backwards else queue.after
    ascending = (queue.oldest_first or queue.order == UNSURE) != backwards
    if cursor is not None:
        drafts = drafts.filter(_beyond(cursor, queue.order, ascending))
    sign = "" if ascending else "-"
    order = (f"{sign}confidence", f"{sign}pk") if queue.order == UNSURE else (f"{sign}pk",)
    ids = list(drafts.order_by(*order).values_list("pk", flat=True)[: size + 1])  # sorted before anything is joined
    known = Draft.objects.select_related("product", "job", "decided_by").in_bulk(ids)
    found = [known[pk] for pk in ids if pk in known]
    more, rows = len(found) > size, found[:size]
    if backwards:
        rows.reverse()
    has_next, has_previous = (True, more) if backwards else (more, queue.after is not None)
    return Page(
        rows,
        queue.url(after=None, before=rows[0].pk) if rows and has_previous else "",
        queue.url(before=None, after=rows[-1].pk) if rows and has_next else "",
    )


def _beyond(cursor: int, order: str, ascending: bool) -> Q:
    """What stands behind the draft `cursor` in this order. One that is gone stands before all."""
    side = "gt" if ascending else "lt"
    if order != UNSURE:
        return Q(**{f"pk__{side}": cursor})
    sure = Draft.objects.filter(pk=cursor).values_list("confidence", flat=True).first() or 0
    return Q(**{f"confidence__{side}": sure}) | Q(**{"confidence": sure, f"pk__{side}": cursor})


@dataclass(frozen=True, slots=True)
class Counts:
    """Each of what the rest of the filter lets through: `by_status`, and `by_level` of the status that is looked at.

    `kinds` are those that there are, in their order.
    """

    by_status: dict[str, int]
    by_level: dict[str, int]
    kinds: tuple[TextKind, ...]


def counts(queue: Queue) -> Counts:
    """Of the drafts of the job, or of all, in one query."""
    drafts = Draft.objects.filter(job_id=queue.job) if queue.job is not None else Draft.objects.all()
    by_status, by_level = dict.fromkeys(DraftStatus.values, 0), dict.fromkeys(LEVELS, 0)
    found: set[str] = set()
    cases = [When(confidence__gte=least, then=Value(name)) for name, (least, _most) in LEVELS.items()]
    level = Case(*cases, output_field=CharField())
    numbered = drafts.order_by().values_list("status", "kind", level).annotate(n=Count("id"))
    for status, name, sure, number in numbered:
        found.add(name)
        if queue.kind in ("", name):
            by_status[status] += number if queue.sure in ("", sure) else 0
            by_level[sure] += number if status == queue.status else 0
    return Counts(by_status, by_level, tuple(one for name, one in KINDS.items() if name in found))


def describe_jobs() -> list[Job]:
    return list(Job.objects.filter(kind__in=WRITING).order_by("-pk")[:JOBS_OFFERED])
