"""How a sentence may begin, so that a small model has less to go wrong in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from copywriter.kinds import DESCRIPTION, KINDS, TextKind
from copywriter.kinds.search_ad import AD_DESCRIPTION, AD_HEADLINE
from copywriter.kinds.social_post import SOCIAL
from copywriter.writing import fields, openings, questions, writer
from copywriter.writing.briefs import Turn
from copywriter.writing.candidates import Candidate
from copywriter.writing.short_texts import name_that_fits
from copywriter.writing.writer import Work, Written
from foundation.evidence import Fact
from foundation.inference.types import Completion, Request
from tests.copywriter.mug import MUG

TITLE = Fact("title", "Product", "Cream Sofa")
SOFA = Fact("type", "Type", "Sofa")
MATERIAL = Fact("attribute:Material", "Material", "linen")


@pytest.mark.parametrize(
    ("said", "fact", "begun"),
    [
        ("The mug is blue.", MATERIAL, "It is made of"),
        ("The goggles are blue.", MATERIAL, "They are made of"),
        ("Boots for men. They come in blue.", Fact("a", "Weight", "900 g"), "They weigh"),
        ("The mug comes in boxes that are blue.", Fact("a", "Colour", "red"), "It comes in"),
        ("Have a look at the mug.", MATERIAL, ""),
        ("A mug by Northwind.", MATERIAL, ""),
        ("The mug is blue.", Fact("a", "Dishwasher safe", "Yes"), ""),
        ("The mug is blue.", Fact("a", "Fittings", "brass"), ""),
        ("The mug is blue.", Fact("description", "Description", "A mug of clay."), ""),
    ],
)
def test_a_later_sentence_begins_as_its_field_is_told(said: str, fact: Fact, begun: str) -> None:
    assert openings.next_one((Turn((TITLE,), said),), (fact,)) == begun


@pytest.mark.parametrize(
    ("facts", "begun"),
    [
        ((TITLE, MATERIAL), "The Cream Sofa"),
        ((Fact("title", "Product", "Horatio"), Fact("type", "Type", "Armchair")), "Horatio"),
        ((Fact("title", "Product", "Ski Goggles Men Women Anti-fog Winter"), MATERIAL), ""),
    ],
)
def test_a_first_sentence_begins_with_the_name_unless_that_is_a_row_of_words(
    facts: tuple[Fact, ...], begun: str
) -> None:
    assert openings.first(DESCRIPTION, facts) == begun


def test_a_post_begins_with_one_of_its_hooks_by_the_name_of_the_product() -> None:
    begun = {openings.first(SOCIAL, (Fact("title", "Product", f"Mug {n}"),)) for n in range(30)}
    assert {" ".join(one.split()[:2]) for one in begun} == set(SOCIAL.hooks)
    assert all(one.split(" ", 2)[2].startswith("Mug ") for one in begun), "with the name, which is not taken apart so"
    again = openings.first(SOCIAL, (TITLE, MATERIAL))
    assert again == openings.first(SOCIAL, (TITLE,)), "another fact changes nothing"


@pytest.mark.parametrize(
    ("kind", "text", "told", "flaws"),
    [
        (SOCIAL, "Meet the Cream Sofa.", 1.0, 0.0),
        (SOCIAL, "The Cream Sofa is of linen.", 0.5, 0.0),
        (DESCRIPTION, "The Cream Sofa by Company 123.", 0.5, openings.BARE),
        (DESCRIPTION, "The Cream Sofa is of linen.", 0.5, 0.0),
    ],
)
def test_a_hook_may_leave_facts_to_the_next_sentence_and_a_bare_name_says_too_little(
    kind: TextKind, text: str, told: float, flaws: float
) -> None:
    found = openings.judged(kind, (TITLE, MATERIAL), Candidate(0.5, 0.0, text))
    assert (found.told, found.flaws) == (told, flaws)


@pytest.mark.parametrize(
    ("fact", "asked", "answer", "line"),
    [
        (MATERIAL, "What is it made of?", "It is made of", "Made of"),
        (Fact("a", "Weight", "1 kg"), "How much does it weigh?", "It weighs", "Weighs"),
        (Fact("a", "Length", "55 mm"), "How long is it?", "It is", "Length:"),
        (Fact("a", "USB Port", "C"), "What is the USB port?", "The USB port is", "USB Port:"),
        (Fact("a", "Dishwasher safe", "Yes"), "Is it dishwasher safe?", "Yes, it is", ""),
        (Fact("a", "Style", "Boho"), "What is its style?", "", "Style:"),
    ],
)
def test_a_field_is_asked_for_answered_and_listed_in_its_own_words(
    fact: Fact, asked: str, answer: str, line: str
) -> None:
    assert (fields.question(fact), fields.answer_begun(fact), fields.line_begun(fact)) == (asked, answer, line)


def begun_only(kind: str) -> tuple[str, list[Request]]:
    """A text by a model that can only go on with the values of the last message."""
    work: Work = writer.begin(MUG, 3, KINDS[kind].brief(), KINDS[kind])
    asked: list[Request] = []
    while requests := writer.requests(work):
        asked += requests
        work = writer.taken(work, [Completion(one.key, _gone_on(one), 9, 9, "stop") for one in requests])
    result = writer.result(work)
    assert isinstance(result, Written)
    return result.text, asked


def _gone_on(request: Request) -> str:
    lines = dict(line.split(": ", 1) for line in request.messages[-1].content.splitlines() if ": " in line)
    lines.pop("Write", None)
    values = list(lines.values())
    return f"{request.begun} {values[-1]}." if request.begun else "Nothing of use."


def test_answers_and_lines_stand_that_only_go_on_from_their_beginning() -> None:
    text, asked = begun_only("faq")
    assert "Q: What is it made of?\nA: It is made of stoneware." in text
    assert "Q: How much does it hold?\nA: It holds 350 ml." in text
    assert sum(bool(one.begun) for one in asked) == text.count("Q: "), "one candidate of a question is begun"
    assert all(one.begun.startswith(" ") for one in asked if one.begun), "as the model has learnt to begin"


def test_a_beginning_backs_nothing() -> None:
    """What it goes on with is held against the facts like any sentence."""
    work = writer.begin(MUG, 3, AD_DESCRIPTION.brief(), AD_DESCRIPTION)
    requests = writer.requests(work)
    begun = next(one for one in requests if one.begun)
    work = writer.taken(work, [Completion(begun.key, f"{begun.begun} waterproof steel bottle.", 9, 9, "stop")])
    assert work.sofar.turns == ()
    assert [one.text for one in work.sofar.removed] == [f"{begun.begun.strip()} waterproof steel bottle."]


def test_a_headline_for_which_the_model_finds_nothing_is_what_the_thing_is_called() -> None:
    text, _asked = begun_headline(lambda request: request.begun or "Waterproof steel bottle of the year")
    assert text == "Ceramic Coffee Mug"


def begun_headline(answer: Callable[[Request], str]) -> tuple[str, list[Request]]:
    work, asked = writer.begin(MUG, 3, AD_HEADLINE.brief(), AD_HEADLINE), []
    while requests := writer.requests(work):
        asked += requests
        work = writer.taken(work, [Completion(one.key, answer(one), 9, 9, "stop") for one in requests])
    result = writer.result(work)
    assert isinstance(result, Written)
    return result.text, asked


@pytest.mark.parametrize(
    ("title", "more", "name"),
    [
        ("Cream Sofa", (), "Cream Sofa"),
        ("Comfortable Cream Sofa with Wooden Base", (Fact("type", "Type", "Sofa"),), "Sofa"),
        (
            "Comfortable Cream Sofa with Wooden Base",
            (Fact("vendor", "Brand", "Aldo"), Fact("type", "Type", "Sofa")),
            "Aldo Sofa",
        ),
        ("Comfortable Cream Sofa with Wooden Base", (), ""),
    ],
)
def test_a_name_that_has_room_in_its_channel(title: str, more: tuple[Fact, ...], name: str) -> None:
    assert name_that_fits(AD_HEADLINE, (Fact("title", "Product", title), *more)) == name


def test_of_several_sentences_the_first_says_what_it_is_like() -> None:
    facts = (
        Fact("title", "Product", "Gemstone Necklace"),
        Fact("vendor", "Brand", "Sterling"),
        Fact("description", "Description", "Pendant housed in sterling silver."),
        Fact("description", "Description", "Made in USA."),
    )
    told = questions.grouped(facts, "")
    assert [[one.value for one in group[1:]] for group in told] == [
        ["Pendant housed in sterling silver."],
        ["Sterling"],
    ]
    assert [fields.question(group[-1]) for group in told] == ["What is it like?", "Who makes it?"]
