"""What a text tells of lists and of the shop's own sentences."""

from __future__ import annotations

import pytest

from copywriter.writing.coverage import tells_in_part, told
from foundation.evidence import Fact

COLOURS = Fact("option:Color", "Color", "Blue, Red; Light Green")


@pytest.mark.parametrize(
    ("text", "fact", "in_part"),
    [
        ("It comes in blue and red.", COLOURS, True),
        ("It comes in blue, red or light green.", COLOURS, False),
        ("It is round.", COLOURS, False),
        ("It comes in sizes S to XL.", Fact("option:Size", "Size", "S, M, L, XL"), False),
        ("Harrow's shirt comes in many sizes.", Fact("option:Size", "Size", "S, M, L, XL"), False),
        ("Its colour temperature is 3000 K.", Fact("attribute:x", "Colour temperature", "3000 K, warm white"), False),
        ("It comes in green.", Fact("attribute:Colour", "Colour", "green"), False),
        ("It has a lid.", Fact("attribute:Parts", "Parts", "lid, handle"), False),
    ],
)
def test_a_choice_named_in_part_leaves_something_out(text: str, fact: Fact, in_part: bool) -> None:
    assert tells_in_part(text, fact) is in_part


@pytest.mark.parametrize(
    ("text", "value", "in_part"),
    [
        ("They have a flavor of raspberries.", "Raspberry Dragon Fruit", True),
        ("They taste of raspberry and dragon fruit.", "Raspberry Dragon Fruit", False),
        ("They are sweet.", "Raspberry Dragon Fruit", False),
        ("They are of plain oats.", "Oats", False),
        ("The net content is 12 ounces.", "12 Ounce Bag", False),
        ("They have notes of cocoa.", "Tasting notes of cocoa, caramel and vanilla", False),
    ],
)
def test_a_short_value_is_told_whole_or_not_at_all(text: str, value: str, in_part: bool) -> None:
    assert tells_in_part(text, Fact("attribute:Flavor", "Flavor", value)) is in_part


def test_a_shops_own_sentence_is_told_by_what_it_adds_to_the_title() -> None:
    title, own = Fact("title", "Product", "Brown Chair"), Fact("description", "Description", "Brown leather chair")
    assert told("Harrow makes the brown chair.", [title, own]) == frozenset()
    assert told("The leather chair is by Harrow.", [title, own]) == {own}
    assert told("Harrow makes the brown chair.", [own]) == {own}
