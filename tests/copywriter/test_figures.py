"""The figures by which texts of the model are judged."""

from __future__ import annotations

import pytest

from copywriter.evaluating.figures import Text, distinct, figures, is_degenerate, repetition, unbacked_rate
from copywriter.writing.coverage import coverage
from foundation.evidence import Fact

FACTS = (
    Fact("title", "Product", "Alder Mug"),
    Fact("vendor", "Brand", "Fenwick"),
    Fact("attribute:Material", "Material", "enamelled steel"),
    Fact("attribute:Capacity", "Capacity", "350 ml"),
    Fact("attribute:Dishwasher safe", "Dishwasher safe", "Yes"),
)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("The Alder Mug by Fenwick is enamelled steel, holds 350 ml and is dishwasher safe.", 1.0),
        ("A mug of enamelled steel by Fenwick.", 0.5),
        ("The Alder Mug.", 0.0),
    ],
)
def test_coverage_counts_facts_told(text: str, share: float) -> None:
    assert coverage(text, FACTS) == share


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mug.",
        "Brand: Fenwick Brand: Fenwick Brand: Fenwick Brand: Fenwick Brand: Fenwick",
        "The Alder Mug holds 350 ml. The Alder Mug holds 350 ml.",
    ],
)
def test_loops_and_empty_texts_are_degenerate(text: str) -> None:
    assert is_degenerate(Text(text, FACTS))


def test_a_cut_text_is_degenerate_and_a_whole_one_is_not() -> None:
    text = "The Alder Mug is made of enamelled steel. It holds 350 ml."
    assert not is_degenerate(Text(text, FACTS))
    assert is_degenerate(Text(text, FACTS, finished=False))


def test_distinct_is_the_share_of_different_pairs() -> None:
    assert distinct([["a", "b", "a", "b"]], 2) == pytest.approx(2 / 3)


def test_figures_of_two_texts() -> None:
    good = Text("The Alder Mug by Fenwick is made of enamelled steel. It holds 350 ml.", FACTS)
    bad = Text("The Alder Mug is made in Norway.", FACTS)
    found = figures([good, bad])
    assert unbacked_rate([good, bad]) == pytest.approx(1 / 3)
    assert unbacked_rate([]) == 0
    assert found.attribute_coverage == pytest.approx((0.75 + 0) / 2)
    assert found.degenerate_rate == 0
    assert found.mean_words == pytest.approx((14 + 7) / 2)


def test_repetition_is_the_share_of_runs_that_come_back() -> None:
    assert repetition(["a", "b", "c", "d"] * 2) == pytest.approx(1 / 5)
    assert repetition(["a", "b", "c", "d", "e"]) == 0
    assert repetition(["a", "b"]) == 0
