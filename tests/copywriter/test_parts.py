"""Texts that are made of parts: each with its own facts, none longer than its channel takes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from copywriter.kinds import KINDS
from copywriter.writing import writer
from copywriter.writing.questions import question
from copywriter.writing.writer import Work, Written
from foundation.evidence import Fact
from foundation.inference.types import Completion, Request
from tests.copywriter.mug import MUG

KNOWN = (*MUG, Fact("attribute:Dishwasher safe", "Dishwasher safe", "Yes"), Fact("attribute:Care", "Care", "Hand wash"))


def answered(kind: str, answer: dict[str, str]) -> tuple[Work, list[Request]]:
    """Work on the mug; of what is asked the first key in the last message gives the answer, else there is none."""
    work, asked = writer.begin(KNOWN, 3, KINDS[kind].brief(), KINDS[kind]), []
    while requests := writer.requests(work):
        asked += requests
        work = writer.taken(work, [Completion(one.key, _said(one, answer), 9, 9, "stop") for one in requests])
    return work, asked


def _said(request: Request, answer: dict[str, str]) -> str:
    return next((text for word, text in answer.items() if word in request.messages[-1].content), "")


def text(work: Work) -> str:
    result = writer.result(work)
    assert isinstance(result, Written)
    assert not result.report.unbacked
    return result.text


def test_bullets_are_asked_for_a_few_facts_at_a_time() -> None:
    answers = {
        "Material": "- Stoneware mug\n- Made by Northwind\n- Made in Norway",
        "Dishwasher": "- Dishwasher safe\n- Stoneware mug",
        "Capacity": "- Holds 350 ml",
    }
    work, asked = answered("bullets", answers)
    lines = text(work).split("\n")
    assert "- Dishwasher safe" in lines
    assert "- Holds 350 ml" in lines
    assert len(lines) == len(set(lines)), "no line twice"
    assert "Norway" not in text(work)
    assert all("Product: " in one.messages[-1].content for one in asked), "each part is told what it speaks of"
    assert "Made in Norway" in [one.text for one in work.sofar.removed]


def test_each_answer_stands_under_the_question_of_its_own_field() -> None:
    answers = {
        "Material": "The mug is made of stoneware.",
        "Dishwasher": "The mug is dishwasher safe.",
        "Capacity": "The mug holds 350 ml.",
        "Care": "The mug is hand wash.",
    }
    work, asked = answered("faq", answers)
    told = text(work)
    assert "Q: What is it made of?\nA: The mug is made of stoneware." in told
    assert "Q: How much does it hold?\nA: The mug holds 350 ml." in told
    assert told.count("Q: ") <= KINDS["faq"].most_parts
    assert all(len(one.messages) == 2 for one in asked), "no answer hangs on the one before"


def test_an_answer_that_is_not_backed_has_no_question() -> None:
    work, _asked = answered("faq", {"Material": "The mug is porcelain.", "Capacity": "The mug holds 350 ml."})
    assert "What is it made of" not in text(work)


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ([Fact("a", "Material", "Oak")], "What is it made of?"),
        ([Fact("title", "Product", "Bowl"), Fact("a", "Dishwasher safe", "Yes")], "Is it dishwasher safe?"),
        ([Fact("a", "Refresh rate", "144 Hz")], "What is the refresh rate?"),
        ([Fact("a", "IP Rating", "IP65")], "What is the IP rating?"),
    ],
)
def test_the_field_makes_the_question(facts: Sequence[Fact], asked: str) -> None:
    assert question(facts) == asked


def test_a_text_never_gets_longer_than_its_channel_takes() -> None:
    long = (
        "The Northwind ceramic coffee mug is made of stoneware and it holds 350 ml and it is dishwasher safe and blue."
    )
    work, _asked = answered("ad_description", {"first sentence": long, "Material": long})
    result = writer.result(work)
    assert not isinstance(result, Written) or KINDS["ad_description"].fits(result.text)
    short = "The Northwind mug is made of stoneware."
    assert text(answered("ad_description", {"first sentence": short})[0]) == short


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.most_parts])
def test_no_kind_has_more_parts_than_it_may(name: str) -> None:
    said = {"Material": "The Northwind mug is made of stoneware.", "Capacity": "- It holds 350 ml."}
    assert len(answered(name, said)[0].sofar.turns) <= KINDS[name].most_parts
