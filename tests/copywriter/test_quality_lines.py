"""Points over time as lines: what belongs together, how many there are, what is drawn."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from copywriter.quality.figures import DECISIONS, FIGURES, NUMBER, SHARE, Figure
from copywriter.quality.lines import MOST_LINES, Point, merged, plots, shown_lines
from copywriter.templatetags.quality import colour, figure, is_dashed, share

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
DROPPED = Figure("dropped_rate", "Taken out", "Less is better")  # type: ignore[arg-type]


def point(line: str, texts: int = 10, after: timedelta = timedelta(), rank: int = 0, **figures: float) -> Point:
    return Point(MONDAY + after, line, texts, figures, rank)


def test_voices_of_one_job_are_one_point_weighted_by_their_texts() -> None:
    """A figure that one of them lacks is the other's."""
    found = merged([point("Title", 30, dropped_rate=0.1), point("Title", 10, dropped_rate=0.5, refusal_rate=0.2)])
    assert [(one.texts, dict(one.figures)) for one in found] == [
        (40, {"dropped_rate": pytest.approx(0.2), "refusal_rate": 0.2})
    ]


def test_other_lines_and_later_minutes_stay_apart() -> None:
    later = point("Title", after=timedelta(minutes=1))
    assert merged([later, point("Title"), point("Faq")]) == [point("Faq"), point("Title"), later]


def test_no_more_lines_than_can_be_told_apart_in_the_order_of_their_ranks() -> None:
    assert shown_lines([point("B", rank=2), point("A", rank=5), point("C", rank=1), point("B", rank=2)]) == list("CBA")
    assert len(shown_lines([point(f"L{n:02}") for n in range(MOST_LINES + 3)])) == MOST_LINES


def test_what_is_drawn() -> None:
    points = [point("A", dropped_rate=0.12345), point("A", after=timedelta(days=1), dropped_rate=0.1), point("B")]
    (plot,) = plots([DROPPED, FIGURES[-1]], points, ["B", "A"])
    drawn = json.loads(plot.data)
    at = int(MONDAY.timestamp())
    assert drawn == {
        "unit": SHARE,
        "lines": [{"name": "A", "look": 1, "points": [[at, 0.1235], [at + 86_400, 0.1]]}],
    }
    assert plot.latest == (("A", 0.1),)
    assert plots([DROPPED], [], []) == []


def test_every_figure_has_a_name_of_its_own_and_a_meaning() -> None:
    every = (*DECISIONS, *FIGURES)
    assert len({one.name for one in every}) == len({str(one.label) for one in every}) == len(every)
    assert all(str(one.meaning).endswith(".") for one in every)


@pytest.mark.parametrize(
    ("value", "told"), [(0, "0%"), (0.0042, "0.4%"), (0.0999, "10.0%"), (0.5, "50%"), (1, "100%"), (None, "–")]
)
def test_shares_are_written_so_that_little_is_not_none(value: float | None, told: str) -> None:
    assert share(value) == told
    assert figure(value, SHARE) == told


def test_numbers_and_looks() -> None:
    assert (figure(1234.5, NUMBER), figure(None, NUMBER)) == ("1,234", "–")
    assert [(colour(n), is_dashed(n)) for n in (0, 7, 8, 15)] == [(0, False), (7, False), (0, True), (7, True)]
