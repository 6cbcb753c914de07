"""What people decided about texts, week by week and kind by kind: one aggregate over the drafts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone

from copywriter.models import Draft, DraftStatus
from copywriter.quality.lines import Point
from copywriter.quality.measured import Filter, kind_label, rank

WEEKS = 26
"""That are looked back."""
DECIDED = (DraftStatus.ACCEPTED, DraftStatus.REJECTED)


@dataclass(frozen=True, slots=True)
class Decisions:
    """Of one kind in one week, or of all; numbers of texts."""

    unchanged: int = 0
    edited: int = 0
    rejected: int = 0
    kind: str = ""
    week: datetime | None = None

    @property
    def total(self) -> int:
        return self.unchanged + self.edited + self.rejected

    @property
    def shares(self) -> dict[str, float]:
        """By the names of `figures.DECISIONS`; {} where nothing was decided."""
        counts = {"unchanged": self.unchanged, "edited": self.edited, "rejected": self.rejected}
        return {name: count / self.total for name, count in counts.items()} if self.total else {}


def by_week(chosen: Filter) -> list[Decisions]:
    """Oldest week first, kinds in the order of the product page."""
    accepted, as_written = Q(status=DraftStatus.ACCEPTED), Q(differs=False)
    rows = (
        Draft.objects.filter(status__in=DECIDED, decided_at__gte=_first_week(), **chosen.of_texts())
        .order_by()
        .annotate(week=TruncWeek("decided_at"))
        .values("week", "kind")
        .annotate(  # of nothing that `draft_by_decision` does not hold: rows are wide
            unchanged=Count("decided_at", filter=accepted & as_written),
            edited=Count("decided_at", filter=accepted & ~as_written),
            rejected=Count("decided_at", filter=Q(status=DraftStatus.REJECTED)),
        )
    )
    return sorted((Decisions(**row) for row in rows), key=lambda one: (one.week, rank(one.kind)))


def _first_week() -> datetime:
    now = timezone.localtime()
    monday = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())
    return monday - timedelta(weeks=WEEKS - 1)


def altogether(decisions: Iterable[Decisions]) -> Decisions:
    every = list(decisions)
    return Decisions(
        sum(one.unchanged for one in every), sum(one.edited for one in every), sum(one.rejected for one in every)
    )


def points(decisions: Iterable[Decisions]) -> list[Point]:
    """A line a kind."""
    return [
        Point(one.week, kind_label(one.kind), one.total, one.shares, rank(one.kind))
        for one in decisions
        if one.week is not None
    ]
