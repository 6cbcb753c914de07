"""A short text of the model against the facts: what of it stays."""

from __future__ import annotations

import pytest

from copywriter.compliance import NO_RULES, Rules
from copywriter.kinds import KINDS, TextKind
from copywriter.reviewing.marking import marked
from copywriter.writing.candidates import Candidate
from copywriter.writing.foreign_texts import examined_in
from copywriter.writing.parts import grouped
from copywriter.writing.short_texts import candidate, claiming, examined, sheet, shortened
from foundation.evidence import Fact
from tests.copywriter.mug import MUG

KNOWN = (*MUG, Fact("attribute:Dishwasher safe", "Dishwasher safe", "Yes"))
ALT_TEXT = KINDS["alt_text"]


def read(text: str, kind: TextKind = ALT_TEXT, finished: bool = True) -> Candidate:
    return candidate(kind, text, finished, KNOWN)


def test_a_backed_text_stays() -> None:
    found = read("Northwind Stoneware Ceramic Coffee Mug in blue or red, 350 ml, dishwasher safe")
    assert found.text
    assert found.removed == ()
    assert found.score == 1.0


def test_what_no_fact_backs_is_told_of() -> None:
    found = read("Northwind mug, handmade in Norway")
    assert found.text == ""
    assert [one.text for one in found.removed] == ["Northwind mug, handmade in Norway"]


def test_a_text_that_was_cut_off_does_not_stand() -> None:
    assert read("Northwind stoneware mug and", finished=False).text == ""


def test_nothing_backed_is_no_text() -> None:
    found = read("Sorry, I cannot help with that.")
    assert (found.text, found.score) == ("", 0.0)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("title", "Northwind Stoneware Coffee Mug 350 ml", "Northwind Porcelain Coffee Mug"),
        ("ad_headline", "Stoneware Mug, 350 ml", "Northwind-Ceramic-Coffee-Mug-in-Blue"),
        ("alt_text", "Blue stoneware coffee mug", "Blue mug on a wooden table"),
    ],
)
def test_a_short_text_stands_or_falls_as_a_whole(kind: str, good: str, bad: str) -> None:
    assert read(good, KINDS[kind]).text == good
    assert read(bad, KINDS[kind]).text == ""


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Northwind Ceramic Coffee Mug in Blue or Red", "Northwind Ceramic Coffee Mug"),
        ("Coconut Oil Hair Mask | Northwind", "Coconut Oil Hair Mask"),
        ("Leave-in Conditioner with Coconut - Northwind", "Leave-in Conditioner"),
        ("Unbreakable-Northwind-Stoneware-Mug", ""),
        ("Mug, which holds more than any other of them", ""),
    ],
)
def test_a_headline_that_is_too_long_ends_at_a_whole_part(line: str, left: str) -> None:
    assert shortened(line, KINDS["ad_headline"]) == left


def test_a_headline_is_asked_for_with_few_facts() -> None:
    many = [Fact(f"attribute:{n}", f"Pocket {n}", f"{n} cm") for n in range(12)]
    given = sheet(KINDS["ad_headline"], [*many, Fact("tags", "Tags", "new"), *MUG])
    assert given[0].source == "title"
    assert [fact.label for fact in given[1:3]] == ["Brand", "Material"]
    assert len(given) == 1 + (KINDS["ad_headline"].most_facts or 0)


def test_an_alt_text_tells_what_can_be_seen() -> None:
    given = {fact.label for fact in sheet(ALT_TEXT, [*KNOWN, Fact("attribute:Net weight", "Net weight", "300 g")])}
    assert {"Material", "Colour"} <= given
    assert not given & {"Net weight", "Capacity", "Dishwasher safe"}


def test_a_question_of_a_field_claims_nothing() -> None:
    pair = "Q: What is it made of?\nA: It is stoneware.\n\nQ: Is it dishwasher safe?\nA: It holds 350 ml."
    told = claiming(KINDS["faq"], pair, KNOWN)
    assert told.split() == ["It", "is", "stoneware.", "It", "holds", "350", "ml."]
    assert told.index("stoneware") == pair.index("stoneware"), "what is marked on the page is the same words"
    assert claiming(KINDS["social"], pair, KNOWN) == pair


def test_any_other_question_may_claim_something() -> None:
    pair = "Q: Is it made of gold?\nA: It is stoneware."
    report = examined(KINDS["faq"], pair, KNOWN)
    assert [(one.text, one.backed) for one in report.sentences] == [
        ("Is it made of gold?", False),
        ("It is stoneware.", True),
    ]


def test_a_question_keeps_to_the_rules_too() -> None:
    rules = Rules(banned=("dishwasher",), competitors=("IKEA",))
    pair = "Q: What is it made of?\nA: It is stoneware.\n\nQ: Is it dishwasher safe?\nA: It holds 350 ml."
    assert [one.problem for one in examined(KINDS["faq"], pair, KNOWN, rules).sentences] == ["", "rule"]
    assert [one.problem for one in examined_in("de", KINDS["faq"], pair, KNOWN, rules).sentences][-1] == "rule"
    asked = [Fact("title", "Product", "Mug"), Fact("attribute:Fits IKEA", "Fits IKEA", "Yes")]
    asked += [Fact("attribute:Material", "Material", "clay")]
    groups = [grouped(KINDS["faq"], KINDS["faq"].brief(), asked, one) for one in (NO_RULES, rules)]
    assert [len(one) for one in groups] == [2, 1]


def test_the_claims_of_an_answer_are_marked_where_they_stand() -> None:
    pair = "Q: Which material is the mug?\nA: The mug is stoneware and holds 350 ml."
    shown = marked(pair, examined(KINDS["faq"], pair, KNOWN), KNOWN)
    assert "".join(segment.text for segment in shown.segments) == pair
    backed = [segment.text for segment in shown.segments if segment.kind == "backed"]
    assert "stoneware" in backed
    assert "350 ml" in backed
