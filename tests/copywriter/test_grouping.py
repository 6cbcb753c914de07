"""Which facts are told together, and in which order."""

from __future__ import annotations

import pytest

from copywriter.writing.coverage import wanted
from copywriter.writing.grouping import MOST_GROUPS, Sort, groups, sort_of
from foundation.evidence import Fact

TITLE = Fact("title", "Product", "Tea Mug")


def fact(label: str, value: str, source: str = "") -> Fact:
    return Fact(source or f"attribute:{label}", label, value)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (fact("Fabric", "linen"), Sort.MATERIAL),
        (fact("Handle", "beech"), Sort.MATERIAL),
        (fact("Colour", "dusty pink"), Sort.MATERIAL),
        (fact("Weight", "2 kg"), Sort.MEASURE),
        (fact("Vegan", "yes"), Sort.FEATURE),
        (fact("Size", "S, M", "option:Size"), Sort.OPTION),
        (fact("Size", "M", "option:Size"), Sort.OTHER),
        (fact("Origin", "Wales"), Sort.ORIGIN),
        (fact("Care", "Hand wash only"), Sort.CARE),
        (fact("Inside", "two pockets with a zip, a loop for a pen and a ring for keys"), Sort.DETAIL),
        (fact("Description", "Hand-painted in Wales", "description"), Sort.SENTENCE),
        (fact("Max flow", "2000 L/h", "description"), Sort.MEASURE),
    ],
)
def test_sorts(one: Fact, expected: Sort) -> None:
    assert sort_of(one) is expected


def test_the_first_sentence_says_what_it_is_and_who_made_it() -> None:
    made, kind = fact("Brand", "Fjord", "vendor"), fact("Type", "Kitchen", "product_type")
    clay, weight = fact("Material", "clay"), fact("Weight", "300 g")
    assert groups([TITLE, made, kind, weight, clay], "long") == ((TITLE, made, kind, clay), (weight,))


def test_the_first_sentence_takes_along_what_the_shop_calls_the_thing() -> None:
    made, clay = fact("Brand", "Fjord", "vendor"), fact("Material", "clay")
    called, told = (fact("Description", value, "description") for value in ("Blue clay mug", "It is a mug."))
    assert groups([TITLE, made, clay, called], "long") == ((TITLE, made, called), (clay,))
    assert groups([TITLE, clay, told], "long") == ((TITLE, clay), (told,))


def test_a_type_that_the_title_names_is_not_told_again() -> None:
    told = groups([TITLE, fact("Type", "Mugs", "product_type"), fact("Material", "clay")], "long")
    assert told == ((TITLE, fact("Material", "clay")),)


def test_what_belongs_together_is_told_together() -> None:
    sizes = [fact(label, "20 cm") for label in ("Width", "Height", "Depth", "Handle length")]
    made, features = fact("Brand", "Fjord", "vendor"), [fact("Vegan", "yes"), fact("Foldable", "yes")]
    told = groups([TITLE, made, *sizes, *features], "long")
    assert told[0] == (TITLE, made, features[0])
    assert told[1:] == ((features[1],), tuple(sizes[:3]), tuple(sizes[3:]))


def test_a_long_value_has_a_sentence_of_its_own() -> None:
    long = [fact(f"Part {n}", f"{'very ' * 12}long story number {n}") for n in range(3)]
    assert groups([TITLE, *long], "long") == ((TITLE, long[0]), (long[1],), (long[2],))


@pytest.mark.parametrize(
    "one",
    [fact("Lid", "no"), fact("Logo", "Yes, No", "option:Logo"), fact("Tags", "tea", "tags"), fact("Width", "1.1")],
)
def test_some_facts_back_claims_but_ask_for_no_sentence(one: Fact) -> None:
    clay = fact("Material", "clay")
    assert groups([TITLE, clay, one], "long") == ((TITLE, clay),)


@pytest.mark.parametrize("length", list(MOST_GROUPS))
def test_a_length_ends_the_text(length: str) -> None:
    told = groups([TITLE, *(fact("Description", f"Part {n} is round.", "description") for n in range(30))], length)
    assert len(told) == MOST_GROUPS[length]


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Northwind Stain Remover Gel Refill 22 oz", False),
        ("431954-002 HP 72-GB 3G 10K 2.5 SP SAS", True),
        ("Northwind Marlow", True),
    ],
)
def test_a_type_is_told_where_the_title_does_not_say_what_it_is(title: str, asked: bool) -> None:
    type_ = Fact("type", "Type", "Laundry")
    facts = (Fact("title", "Product", title), Fact("vendor", "Brand", "Northwind"), type_)
    assert (type_ in wanted(facts)) is asked
