"""Points over time as lines of a plot, one a kind of text, and as rows of a table. Pure."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from copywriter.quality.figures import Figure

MINUTE = 60
MOST_LINES = 16
"""As many as can be told apart, by eight colours and whether they are dashed."""


@dataclass(frozen=True, slots=True)
class Point:
    """Figures of one line at one time; `texts` is how many they are of, `rank` the line's place among the others."""

    at: datetime
    line: str
    texts: int
    figures: Mapping[str, float]
    rank: int = 0
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plot:
    """`data` is what the script draws: `{"unit", "lines": [{"name", "look", "points": [[seconds, value], …]}]}`."""

    figure: Figure
    data: str
    latest: tuple[tuple[str, float], ...]


def merged(points: Iterable[Point]) -> list[Point]:
    """Points of one line and minute as one, each figure weighted by the texts that it is of; in the order of time."""
    together: dict[tuple[int, str], list[Point]] = defaultdict(list)
    for one in points:
        together[(int(one.at.timestamp()) // MINUTE, one.line)].append(one)
    return [_one(same) for _key, same in sorted(together.items(), key=lambda each: each[0])]


def _one(points: Sequence[Point]) -> Point:
    first, texts = points[0], sum(one.texts for one in points)
    if len(points) == 1:
        return first
    names = dict.fromkeys(name for one in points for name in one.figures)
    figures = {name: _weighted([one for one in points if name in one.figures], name) for name in names}
    return replace(first, texts=texts, figures=figures)


def _weighted(points: Sequence[Point], name: str) -> float:
    texts = sum(one.texts for one in points)
    return sum(one.figures[name] * one.texts for one in points) / texts if texts else 0.0


def shown_lines(points: Iterable[Point]) -> list[str]:
    """The names of the lines by their rank; no more than can be told apart."""
    return [name for _rank, name in sorted({(one.rank, one.line) for one in points})][:MOST_LINES]


def plots(figures: Iterable[Figure], points: Sequence[Point], lines: Sequence[str]) -> list[Plot]:
    """One a figure that any of the points has."""
    return [plot for figure in figures if (plot := _plot(figure, points, lines)).latest]


def _plot(figure: Figure, points: Sequence[Point], lines: Sequence[str]) -> Plot:
    drawn: dict[str, list[list[float]]] = {line: [] for line in lines}
    for one in points:
        if one.line in drawn and figure.name in one.figures:
            seconds = int(one.at.timestamp()) // MINUTE * MINUTE
            drawn[one.line].append([seconds, round(one.figures[figure.name], 4)])
    known: list[dict[str, Any]] = [
        {"name": line, "look": look, "points": drawn[line]} for look, line in enumerate(lines) if drawn[line]
    ]
    latest = tuple((line["name"], line["points"][-1][1]) for line in known)
    return Plot(figure, json.dumps({"unit": figure.unit, "lines": known}, ensure_ascii=False), latest)
