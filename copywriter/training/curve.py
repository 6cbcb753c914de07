"""A training's losses as a small drawing: points of an SVG, and the sentence that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from copywriter.training.place import SLICES, Figures

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 480, 160, 40, 8, 10, 24
FEWEST = 2  # points: one is no curve


@dataclass(frozen=True, slots=True)
class Curve:
    """`line` are the points of a polyline; `kept` the centres of marks; `ticks` a loss and where it stands."""

    line: str
    kept: tuple[tuple[str, str], ...]
    ticks: tuple[tuple[str, str], ...]
    told: str
    view_box: str = f"0 0 {WIDTH} {HEIGHT}"
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM
    label: int = HEIGHT - 6


def curve(figures: Figures) -> Curve | None:
    """None before there is a curve."""
    mean = [(float(part), total / count) for part, (total, count) in figures.losses.items() if count]
    losses = sorted((part, loss) for part, loss in mean if isfinite(loss))
    if len(losses) < FEWEST:
        return None
    values = [loss for _part, loss in losses] + [loss for _part, loss in figures.kept if isfinite(loss)]
    low, high = min(values), max(values)
    room = max(high - low, 0.1) * 0.1
    low, high = low - room, high + room

    def put(part: float, loss: float) -> tuple[str, str]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * part / SLICES
        return f"{x:.1f}", f"{TOP + (HEIGHT - TOP - BOTTOM) * (high - loss) / (high - low):.1f}"

    return Curve(
        line=" ".join(",".join(put(part - 0.5, loss)) for part, loss in losses),
        kept=tuple(put(part, loss) for part, loss in figures.kept if isfinite(loss)),
        ticks=tuple((number_format(loss, 2), put(0, loss)[1]) for loss in (high - room, low + room)),
        told=_told([loss for _part, loss in losses], figures),
    )


def _told(losses: Sequence[float], figures: Figures) -> str:
    told = _("The loss on what it learns went from %(first)s to %(last)s.") % {
        "first": number_format(losses[0], 2),
        "last": number_format(losses[-1], 2),
    }
    if not figures.kept:
        return told
    kept = _("On texts that it does not learn from it is %(loss)s.") % {"loss": number_format(figures.kept[-1][1], 2)}
    return f"{told} {kept}"
