"""The page that shows how good the texts are, and whether they get better."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from copywriter.models import Draft
from copywriter.quality import decided, measured
from copywriter.quality.decided import Decisions
from copywriter.quality.figures import DECISIONS, FIGURES, Figure
from copywriter.quality.lines import Point, merged, plots, shown_lines
from copywriter.quality.measured import Filter
from foundation.tenancy.htmx import wants_fragment
from foundation.tenancy.http import ShopRequest

MOST_ROWS = 60
"""Of the table, the latest."""


@require_GET
def quality(request: ShopRequest, slug: str) -> HttpResponse:
    chosen = Filter.from_query(request.GET)
    weeks = decided.by_week(chosen)
    context = {
        "chosen": chosen,
        **_choices(chosen, {one.kind for one in weeks}),
        "decisions": _decisions(weeks),
        "measured": _measured(chosen),
        "any_draft": Draft.objects.exists(),
    }
    name = "copywriter/_quality.html" if wants_fragment(request) else "copywriter/quality.html"
    return render(request, name, context)


def _choices(chosen: Filter, decided_kinds: Set[str]) -> dict[str, Any]:
    """The options of each filter: value, label, whether it is chosen."""
    there = measured.choices()
    kinds = sorted({*there["kind"], *decided_kinds, chosen.kind} - {""}, key=measured.rank)
    models = sorted({*there["model"], chosen.model} - {""})
    voices = sorted({*there["voice"], chosen.voice or ""})
    return {
        "kinds": [(name, measured.kind_label(name), name == chosen.kind) for name in kinds],
        "sources": [(name, measured.source_label(name), name == chosen.source) for name in there["source"]],
        "models": [(name, name, name == chosen.model) for name in models],
        "voices": [(f":{name}", measured.voice_label(name), name == chosen.voice) for name in voices],
        "is_filtered": chosen != Filter(),
    }


def _decisions(weeks: Sequence[Decisions]) -> dict[str, Any]:
    points = decided.points(weeks)
    total = decided.altogether(weeks)
    return {
        **_drawn(DECISIONS, points),
        "total": total,
        "tiles": [(figure, total.shares[figure.name]) for figure in DECISIONS] if total.total else [],
        "rows": [(one, measured.kind_label(one.kind), _cells(one)) for one in weeks[::-1]],
        "weeks": decided.WEEKS,
    }


def _cells(one: Decisions) -> list[tuple[Figure, float]]:
    return [(figure, one.shares[figure.name]) for figure in DECISIONS]


def _measured(chosen: Filter) -> dict[str, Any]:
    points = merged(measured.points(chosen))
    drawn = _drawn(FIGURES, points)
    shown = [plot.figure for plot in drawn["plots"]]
    latest = points[: -MOST_ROWS - 1 : -1]
    rows = [(one, [(figure, one.figures.get(figure.name)) for figure in shown]) for one in latest]
    return {**drawn, "figures": shown, "rows": rows, "count": len(points)}


def _drawn(figures: Sequence[Figure], points: Sequence[Point]) -> dict[str, Any]:
    lines = shown_lines(points)
    return {
        "plots": plots(figures, points, lines),
        "lines": lines,
        "hidden": len({one.line for one in points}) - len(lines),
    }
