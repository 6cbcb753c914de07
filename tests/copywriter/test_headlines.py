"""Words that say nothing in a sentence and something untrue in a headline."""

from __future__ import annotations

import pytest

from copywriter.kinds import KINDS
from copywriter.writing.headlines import empty_words
from copywriter.writing.short_texts import candidate, sheet
from foundation.evidence import Fact

SHIRT = (
    Fact("title", "Product", "White Cotton Shirt"),
    Fact("description", "Description", "Plain white cotton shirt with loose collar and front pocket."),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Plain White Cotton Shirt, Small Offers, with Loose Collar", ["offers"]),
        ("White Cotton Shirt with Numbered Collar", ["numbered"]),
        ("Cotton Shirt with a Diameter", ["diameter"]),
        ("Plain White Cotton Shirt with Front Pocket", []),
        ("White Cotton Shirt made with Loose Collar", []),
    ],
)
def test_empty_words(text: str, words: list[str]) -> None:
    assert empty_words(text, SHIRT) == words


def test_a_fact_backs_its_own_words() -> None:
    assert empty_words("Shirt with Numbered Collar", [*SHIRT, Fact("x", "Collar", "Numbered")]) == []


def test_a_headline_with_them_does_not_stand_and_another_text_may() -> None:
    title, social = KINDS["title"], KINDS["meta_description"]
    assert not candidate(title, "White Cotton Shirt with Numbered Collar", True, SHIRT).text
    assert candidate(title, "White Cotton Shirt with Loose Collar", True, SHIRT).text
    assert candidate(social, "This white cotton shirt comes with a loose collar.", True, SHIRT).text


def test_a_headline_is_not_asked_to_tell_numbers_without_a_unit() -> None:
    bare = [Fact("attribute:Depth", "Depth", "0.4"), Fact("attribute:Width", "Width", "31 cm")]
    labels = [fact.label for fact in sheet(KINDS["title"], [*SHIRT, *bare])]
    assert "Width" in labels
    assert "Depth" not in labels
