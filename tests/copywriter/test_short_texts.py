"""A short text of the model against the facts: what of it stays."""

from __future__ import annotations

import pytest

from copywriter.describing import Candidate
from copywriter.kinds import KINDS, TextKind
from copywriter.marking import marked
from copywriter.short_texts import candidate, claiming, examined, sheet, shortened
from foundation.evidence import Fact
from tests.copywriter.mug import MUG

KNOWN = (*MUG, Fact("attribute:Dishwasher safe", "Dishwasher safe", "Yes"))
SOCIAL = KINDS["social"]


def read(text: str, kind: TextKind = SOCIAL, finished: bool = True) -> Candidate:
    return candidate(kind, text, finished, KNOWN)


def test_a_backed_text_stays_whole() -> None:
    text = "Northwind's Ceramic Coffee Mug is stoneware in blue or red. It holds 350 ml and is dishwasher safe."
    found = read(text)
    assert found.text == text
    assert found.removed == ()
    assert found.score == 1.0


def test_what_no_fact_backs_is_taken_out_and_costs() -> None:
    found = read("The Northwind mug is stoneware and holds 350 ml. It is handmade in Norway.")
    assert found.text == "The Northwind mug is stoneware and holds 350 ml."
    assert [one.text for one in found.removed] == ["It is handmade in Norway."]
    assert found.score < read("The Northwind mug is stoneware and holds 350 ml.").score


def test_a_cut_off_end_and_a_sentence_said_twice_are_left_out() -> None:
    assert read("The mug is stoneware. It holds 350 ml and is", finished=False).text == "The mug is stoneware."
    assert read("The mug holds 350 ml. The mug holds 350 ml.").text == "The mug holds 350 ml."


def test_nothing_backed_is_no_text() -> None:
    found = read("Sorry, I cannot help with that.")
    assert (found.text, found.score) == ("", 0.0)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("title", "Northwind Stoneware Coffee Mug 350 ml", "Northwind Porcelain Coffee Mug"),
        ("ad_headline", "Stoneware Mug, 350 ml", "Northwind-Ceramic-Coffee-Mug-in-Blue"),
        ("alt_text", "Blue stoneware coffee mug", "Blue mug on a wooden table"),
        ("faq", "Q: How much does it hold?\nA: The mug holds 350 ml.", "Q: How much does it hold?\nA: It holds 1 l."),
        ("faq", "Q: Is it dishwasher safe?\nA: The mug is dishwasher safe.", "The mug is dishwasher safe."),
    ],
)
def test_some_kinds_stand_or_fall_as_a_whole(kind: str, good: str, bad: str) -> None:
    assert read(good, KINDS[kind]).text == good
    assert read(bad, KINDS[kind]).text == ""


def test_bullets_lose_a_line_that_is_not_backed() -> None:
    found = read("- Stoneware\n- Holds 350 ml\n- Made in Norway", KINDS["bullets"])
    assert found.text == "- Stoneware\n- Holds 350 ml"


def test_a_limit_is_kept_by_whole_sentences() -> None:
    told = "The Northwind Ceramic Coffee Mug is made of stoneware."
    found = read(f"{told} It comes in blue or red and it is dishwasher safe.", KINDS["ad_description"])
    assert found.text == told
    assert len(found.text) <= KINDS["ad_description"].limit


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
    assert len(sheet(KINDS["faq"], [*many, *MUG])) > len(given)


def test_a_question_claims_nothing() -> None:
    pair = "Q: Is it made of gold?\nA: It is stoneware."
    told = claiming(KINDS["faq"], pair)
    assert told.strip() == "It is stoneware."
    assert told.index("stoneware") == pair.index("stoneware"), "what is marked on the page is the same words"
    assert claiming(KINDS["social"], pair) == pair


def test_the_claims_of_an_answer_are_marked_where_they_stand() -> None:
    pair = "Q: Which material is the mug?\nA: The mug is stoneware and holds 350 ml."
    shown = marked(pair, examined(KINDS["faq"], pair, KNOWN), KNOWN)
    assert "".join(segment.text for segment in shown.segments) == pair
    backed = [segment.text for segment in shown.segments if segment.kind == "backed"]
    assert "stoneware" in backed
    assert "350 ml" in backed
