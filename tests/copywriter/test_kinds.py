"""The kinds of text: each asked for by a brief that the model was taught, and as long as its channel says."""

from __future__ import annotations

import pytest

from copywriter.kinds import CATEGORY, DESCRIPTION, KINDS, TextKind
from copywriter.kinds.text_kind import width_units
from copywriter.writing import briefs


def test_every_kind_that_is_taught_can_be_asked_for() -> None:
    assert set(briefs.KINDS) <= set(KINDS)
    assert all(kind.name == name for name, kind in KINDS.items())


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_each_has_a_brief_that_was_taught_and_a_limit(kind: TextKind) -> None:
    assert kind.brief("warm").kind in briefs.KINDS
    assert kind.brief("warm").length == ("long" if kind in (DESCRIPTION, CATEGORY) else "")
    assert bool(kind.limit) is (kind not in (DESCRIPTION, CATEGORY))
    assert kind.label


def test_a_channel_that_counts_width_gives_wide_characters_half_the_room() -> None:
    assert width_units("Mug") == 3
    assert width_units("陶瓷杯 Mug") == 10
    headline = KINDS["ad_headline"]
    assert headline.fits("M" * 30)
    assert headline.fits("杯" * 15)
    assert not headline.fits("杯" * 15 + "M")
    assert KINDS["title"].fits("杯" * 80), "a page counts characters"
