"""What a refusal asks for, and how it is told."""

from __future__ import annotations

import pytest

from copywriter.writing import refusal
from foundation.evidence import Fact


@pytest.mark.parametrize(
    ("title", "more", "asked"),
    [
        ("White Ceramic Pot", [], ["dimensions", "use"]),
        ("Pot", [("Tags", "stoneware, blue")], ["dimensions", "use"]),
        ("Pot 30 cm", [("Brand", "Silver Fox")], ["material", "colour", "use"]),
        ("Key Ring", [], ["material", "dimensions", "colour", "use"]),
        ("Gold Ring with Ruby", [], ["size"]),
        ("Ring", [], ["material", "stone", "size"]),
        ("Coffee Mug", [], ["material", "dimensions", "colour", "use"]),
        ("Ground Coffee", [], ["ingredients", "amount", "scent"]),
        ("Red Cotton Shirt", [], ["size", "care"]),
        ("Lavender Soap 100 g", [], ["ingredients", "scent"]),
        ("USB Charger 20 W", [], ["compatibility", "dimensions"]),
    ],
)
def test_nothing_is_asked_for_that_the_words_already_say(
    title: str, more: list[tuple[str, str]], asked: list[str]
) -> None:
    facts = [Fact("title", "Product", title), *(Fact(label.lower(), label, value) for label, value in more)]
    assert refusal.missing(facts) == asked


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("thin:material,size", "Too little is known: add material, size."),
        ("thin:", "add what it is like"),
        ("unbacked:material", "Add material and try again."),
        ("unbacked:", "write the text yourself"),
        ("language", "English only"),
        ("engine", "Shorten"),
        ("A sentence of old.", "A sentence of old."),
    ],
)
def test_reasons_are_sentences(code: str, words: str) -> None:
    assert words in refusal.told(code)
