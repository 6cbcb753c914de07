"""A description sentence by sentence: what is asked, which candidate stands, and what happens where none does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copywriter.writing.briefs import Turn
from copywriter.writing.candidates import Sofar
from copywriter.writing.describing import COOL, HEATS, TURNED, WARM
from copywriter.writing.flaws import comes_from_nowhere
from foundation.evidence import Fact
from foundation.inference.types import Completion
from tests.copywriter.asking import requests, taken

TITLE = Fact("title", "Product", "Ceramic Coffee Mug")
BRAND = Fact("vendor", "Brand", "Northwind")
CLAY = Fact("attribute:Material", "Material", "stoneware")
ROOM = Fact("attribute:Capacity", "Capacity", "350 ml")
COLOUR = Fact("option:Colour", "Colour", "Blue, Red")
BEGIN = Sofar(((TITLE, BRAND), (CLAY, ROOM), (COLOUR,)))
OPENING = "Northwind makes the Ceramic Coffee Mug."
OPENED = Sofar(((CLAY, ROOM), (COLOUR,)), (Turn((TITLE, BRAND), OPENING),))


def answered(sofar: Sofar, *texts: str, finish: str = "stop") -> Sofar:
    """Completions in the order of the requests; the last text answers all that follow."""
    asked = requests(sofar, "plain", 0)
    given = [*texts, *[texts[-1]] * len(asked)]
    return taken(
        sofar,
        [Completion(r.key, text, 5, 4, finish) for r, text in zip(asked, given, strict=False)],  # type: ignore[arg-type]
    )


def test_candidates_share_their_prompt_and_nothing_else() -> None:
    first = requests(BEGIN, "warm", 40)
    asked = requests(replace(BEGIN, heat=1, asked=1), "warm", 40)
    assert len({request.messages for request in (*first, *asked)}) == 1, "the prefill is shared"
    turned = requests(replace(BEGIN, heat=2, asked=2), "warm", 40)
    assert len({request.messages for request in turned}) == 1
    assert turned[0].messages[-1].content.startswith("Brand: Northwind\nProduct: Ceramic Coffee Mug\n")
    every = [*first, *asked, *turned]
    free = [request for request in every if not request.begun]
    assert [request.begun for request in every if request.begun] == [" The Ceramic Coffee Mug"]
    assert len(free) == len({request.seed for request in free}) == sum(map(len, HEATS))
    assert len({request.key for request in every}) == len(every)
    later = requests(OPENED, "warm", 40)
    assert later[0].messages[:2] == asked[0].messages[:2]
    assert later[0].messages[2].content == f" {OPENING}"


def test_a_good_sentence_stands_and_the_next_facts_come() -> None:
    made = answered(OPENED, "It is made of stoneware and holds 350 ml.")
    assert made.text == f"{OPENING} It is made of stoneware and holds 350 ml."
    assert made.waiting == ((COLOUR,),)
    assert made.tokens == 4


def test_where_it_is_not_good_the_best_of_all_candidates_stands() -> None:
    poor = answered(OPENED, "It is stoneware.")
    assert poor.text == OPENING
    assert [request.temperature for request in requests(poor, "plain", 0)] == list(WARM)
    made = answered(poor, "It is a cure.", "It is made of stoneware and holds 350 ml.", "Nothing.")
    assert made.turns[-1].text == "It is made of stoneware and holds 350 ml."
    assert made.heat == 0
    turned = answered(poor, "It is a cure.")
    assert [request.temperature for request in requests(turned, "plain", 0)] == list(TURNED)
    assert turned.text == OPENING
    assert answered(turned, "It is a cure.").turns[-1].text == "It is stoneware.", "half told, but fit"


def test_what_is_not_in_the_facts_that_were_given_does_not_stand() -> None:
    """Not even where another field of the product would back it: it was not asked for, and may be mixed up."""
    made = answered(OPENED, "It comes in blue. It is stoneware and holds 350 ml.")
    while made.heat:
        made = answered(made, "Nothing.")
    assert made.turns[-1].text == "It is stoneware and holds 350 ml."
    assert "It comes in blue." in [one.text for one in made.removed]


def never(sofar: Sofar, text: str = "It is a cure.") -> Sofar:
    """No candidate of the heats that are left is good."""
    for _heat in HEATS[sofar.heat :]:
        sofar = answered(sofar, text)
    return sofar


def test_without_a_fit_sentence_each_fact_is_asked_for_alone() -> None:
    made = never(OPENED)
    assert made.waiting == ((CLAY,), (ROOM,), (COLOUR,))
    assert [request.temperature for request in requests(made, "plain", 0)] == list(COOL)
    assert never(made).waiting == ((ROOM,), (COLOUR,))
    assert never(made).text == OPENING


def test_the_first_sentence_has_to_name_the_product() -> None:
    made = answered(answered(BEGIN, "It is from Northwind."), OPENING)
    assert made.text == OPENING


def test_the_first_sentence_has_to_call_it_by_its_own_word() -> None:
    torn = answered(BEGIN, "Northwind makes this ceramic.")
    assert torn.heat == 1, "asked for again"
    assert answered(torn, "Northwind makes this coffee mug.").text == "Northwind makes this coffee mug."
    assert never(torn, "Northwind makes this.").text == "Northwind makes this ceramic.", "better than nothing"


@pytest.mark.parametrize(
    ("text", "nowhere"),
    [
        ("The mug comes from coffee.", True),
        ("The mug comes from Northwind.", False),
        ("Northwind's mug comes from Northwind.", True),
        ("The mug comes from Wales.", False),
        ("The mug is made from clay.", False),
    ],
)
def test_what_comes_from_somewhere_comes_from_a_maker_or_a_place(text: str, nowhere: bool) -> None:
    assert comes_from_nowhere(text, (TITLE, BRAND)) is nowhere
    assert not comes_from_nowhere(text, (TITLE, BRAND, Fact("attribute:Origin", "Origin", "Coffee")))


def test_where_no_first_sentence_comes_out_the_next_one_opens_the_text() -> None:
    made = never(Sofar(((TITLE, BRAND), (CLAY,))))
    assert made.waiting == ((TITLE, CLAY),)


def test_facts_that_a_sentence_told_by_the_way_are_not_asked_for() -> None:
    sofar = Sofar(((TITLE, BRAND, CLAY), (CLAY, ROOM)))
    made = answered(sofar, "Northwind's Ceramic Coffee Mug is stoneware.")
    assert made.waiting == ((ROOM,),)


def test_a_sentence_is_not_said_twice_nor_told_of_another_number() -> None:
    many = Sofar(((ROOM,),), (Turn((TITLE, CLAY), "The mugs are stoneware."), Turn((BRAND,), "They are by Northwind.")))
    made = answered(answered(many, "They are by Northwind."), "It holds 350 ml.", "They hold 350 ml.")
    assert made.turns[-1].text == "They hold 350 ml."


def test_a_sentence_that_was_cut_off_is_none() -> None:
    cut = answered(OPENED, "It is made of stoneware. It holds 350 ml and", finish="length")
    made = never(cut, "Nothing.")
    assert made.turns[-1].text == "It is made of stoneware."


def test_an_engine_that_reads_nothing_is_counted() -> None:
    asked = requests(OPENED, "plain", 0)
    made = taken(OPENED, [Completion(r.key, "", 0, 0, "error", "too long") for r in asked])
    assert made.errors == made.asked == 1


def test_every_way_ends() -> None:
    sofar, rounds = BEGIN, 0
    while requests(sofar, "plain", 0):
        sofar, rounds = answered(sofar, "It is a cure."), rounds + 1
        assert rounds < 30
    assert sofar.text == ""
    assert rounds == len(HEATS) * (3 + 2)  # three groups, and the two facts of the second each alone


def test_what_a_sentence_leaves_out_is_asked_for_again_where_it_reads_well() -> None:
    half = never(OPENED, "It is made of stoneware.")
    assert half.turns[-1].text == "It is made of stoneware."
    assert half.waiting == ((ROOM,), (COLOUR,))


def test_a_flawed_sentence_does_not_stand_even_where_it_tells_all() -> None:
    clumsy = never(OPENED, "It has made of stoneware and holds 350 ml.")
    assert clumsy.text == OPENING
    assert clumsy.waiting == ((CLAY,), (ROOM,), (COLOUR,))


def test_the_type_is_never_asked_for_alone() -> None:
    kind = Fact("type", "Type", "Mugs")
    made = never(Sofar(((Fact("title", "Product", "Marlow"), kind, BRAND),)), "Northwind makes Marlow.")
    assert made.text == "Northwind makes Marlow."
    assert made.waiting == ()
