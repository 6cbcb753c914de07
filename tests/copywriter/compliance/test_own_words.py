"""The shop's own lists: banned words, words that its voice avoids, competitors."""

from __future__ import annotations

import pytest

from copywriter.compliance import Rules
from copywriter.compliance.own_words import LONGEST, MOST, tidy
from foundation.evidence import Fact


def found(text: str, *facts: Fact, **lists: tuple[str, ...]) -> list[str]:
    return [breach.text for breach in Rules(**lists).breaches(text, facts)]


@pytest.mark.parametrize(
    ("word", "text", "words"),
    [
        ("guarantee", "Guaranteed, as all our guarantees.", ["Guaranteed", "guarantees"]),
        ("bargain", "BARGAINS! It is no bargain's end.", ["BARGAINS", "bargain's"]),
        ("must have", "A must-have. You must have it.", ["must-have", "must have"]),
        ("cheap", "A cheapskate's mug.", []),
        ("art", "A smart start for art lovers.", ["art"]),
        ("便宜", "真便宜的杯子", ["便宜"]),
        ("100%", "It is 100% cotton, 1100% so.", ["100%"]),
        ("C++", "A C++ mug.", ["C++"]),
        (".*", "It is a mug.", []),
        ("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", []),
        ("café", "The cafe and the Café.", ["cafe", "Café"]),
    ],
)
def test_a_banned_word_is_found_in_its_forms(word: str, text: str, words: list[str]) -> None:
    assert found(text, banned=(word,)) == words


def test_words_that_the_voice_avoids_have_a_code_of_their_own() -> None:
    breaches = list(Rules(avoided=("amazing",), banned=("mugs",)).breaches("An amazing mug."))
    assert [(breach.code, breach.text) for breach in breaches] == [("avoided", "amazing"), ("banned", "mug")]


@pytest.mark.parametrize(
    ("name", "text", "names"),
    [
        ("Coca-Cola", "Coca-Cola, coca cola and CocaCola’s.", ["Coca-Cola", "coca cola", "CocaCola’s"]),
        ("Target", "The target is in the middle. TARGET and Target sell it.", ["TARGET", "Target"]),
        ("IKEA", "An ikea shelf, Ikea's best.", ["ikea", "Ikea's"]),
        ("adidas", "Like Adidas.", ["Adidas"]),
        ("华为", "比华为更好", ["华为"]),
        ("Acme", "Acmeism is a school of poetry.", []),
    ],
)
def test_a_competitor_is_known_by_name(name: str, text: str, names: list[str]) -> None:
    assert found(text, competitors=(name,)) == names


def test_a_maker_may_be_named_though_its_name_is_on_a_list() -> None:
    maker = Fact("vendor", "Brand", "Cheap Monday")
    assert found("Jeans by Cheap Monday.", maker, banned=("cheap",), competitors=("Cheap Monday",)) == []
    assert found("Cheap jeans by Cheap Monday.", maker, banned=("cheap",)) == ["Cheap"]


def test_lists_are_bounded() -> None:
    assert tidy([" a  b ", "", "a b", "x" * (LONGEST + 1)]) == ("a b",)
    assert len(tidy([str(n) for n in range(MOST + 50)])) == MOST
    long = tuple(f"word{n} and more{n}" for n in range(MOST))
    assert found("word7 and more7", banned=long) == ["word7 and more7"]
