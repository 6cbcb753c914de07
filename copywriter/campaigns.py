"""Jobs that write texts as campaigns: what each is called, what it asks for and how far its texts are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from copywriter.jobs import WRITING
from copywriter.kinds import TextKind
from copywriter.models import Draft, DraftStatus
from copywriter.reviewing.table import kinds_of
from foundation.jobs.models import Job
from foundation.jobs.presentation import JobView, job_views

CAMPAIGNS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Campaign:
    """`waiting`, `accepted` and `refused` count its drafts; `kinds` is empty where this version knows them no more."""

    view: JobView
    kinds: tuple[TextKind, ...]
    waiting: int = 0
    accepted: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    campaigns: tuple[Campaign, ...]
    next_url: str

    @property
    def is_moving(self) -> bool:
        return any(one.view.job.is_active for one in self.campaigns)

    @property
    def version(self) -> str:
        """Equal as long as the same would be shown."""
        return ".".join(f"{one.view.job.pk}-{one.view.version}-{one.waiting}-{one.accepted}" for one in self.campaigns)


def page(before: int | None = None, size: int = CAMPAIGNS_A_PAGE) -> Page:
    """Newest first."""
    jobs = Job.objects.filter(kind__in=WRITING).order_by("-pk")
    found = list(jobs.filter(pk__lt=before)[: size + 1] if before else jobs[: size + 1])
    shown = found[:size]
    return Page(_campaigns(shown), f"?before={shown[-1].pk}" if len(found) > size else "")


def _campaigns(jobs: Sequence[Job]) -> tuple[Campaign, ...]:
    counted: dict[int, dict[str, int]] = {}
    drafts = Draft.objects.filter(job_id__in=[job.pk for job in jobs]).order_by()
    for job_id, status, number in drafts.values_list("job_id", "status").annotate(n=Count("pk")):
        counted.setdefault(job_id, {})[status] = number
    return tuple(_campaign(view, counted.get(view.job.pk, {})) for view in job_views(jobs))


def _campaign(view: JobView, counted: dict[str, int]) -> Campaign:
    try:
        kinds = kinds_of(view.job)
    except ValueError:
        kinds = ()
    waiting, accepted, refused = DraftStatus.PENDING, DraftStatus.ACCEPTED, DraftStatus.REFUSED
    return Campaign(view, kinds, counted.get(waiting, 0), counted.get(accepted, 0), counted.get(refused, 0))
