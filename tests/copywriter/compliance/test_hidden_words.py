"""Forbidden words that are written so that a reader sees them and a program may not."""

from __future__ import annotations

import pytest

from copywriter.compliance import Rules

RULES = Rules(("cn_superlative", "eu_green"), banned=("guarantee", "C++"), competitors=("Coca-Cola", "IKEA"))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It is _best_ of all.", "best"),
        ("An _IKEA_ bowl", "IKEA"),
        ("an eco_friendly bowl", "eco_friendly"),
        ("The b\u2066est bowl", "b\u2066est"),  # an isolate, as bidirectional text has it
        ("The b\U000e0061est bowl", "b\U000e0061est"),  # a tag character
        ("The b\u3164est bowl", "b\u3164est"),  # a filler
        ("The b\ufe0fest b\u20ddowl", "b\ufe0fest"),
        ("The b&#101;st bowl", "b&#101;st"),
        ("The b&#x65;st bowl", "b&#x65;st"),
        ("The be<b></b>st bowl", "be<b></b>st"),
        ("<p>world&nbsp;class</p>", "world&nbsp;class"),
        ("Coca&#45;Cola", "Coca&#45;Cola"),
        ("The ultımate bowl", "ultımate"),
        ("A wօrld-class bowl", "wօrld-class"),  # an Armenian о
        ("guaгantee", "guaгantee"),
        ("A <i>guaranteed</i> C++ bowl", "guaranteed"),
    ],
)
def test_what_a_reader_sees_is_found(text: str, word: str) -> None:
    assert word in [one.text for one in RULES.breaches(text)]


@pytest.mark.parametrize(
    "text",
    [
        "A <best> of angle brackets is no tag, but text.",
        "The bowl is oak.<br>Best before 2026.",
        "R&D, b&b and AT&T; &unknown; stay as they are.",
        "5 < 6 and 7 > 3",
        "Сервиз из дуба",
        "Møbler i eg",
    ],
)
def test_a_text_is_no_worse_for_its_marks(text: str) -> None:
    found = [one.text for one in RULES.breaches(text)]
    assert found == (["best"] if "<best>" in text else [])
