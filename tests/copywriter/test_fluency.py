"""Slips put right, and what reads badly found."""

from __future__ import annotations

import pytest

from copywriter.writing.fluency import (
    comes_with_itself,
    echoes,
    faults,
    has_verb,
    misses_article,
    proofread,
    reads_well,
    recites,
    similar,
)


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The mug is made of stoneware and", "broken off"),
        ("The mug (350 ml holds tea.", "broken off"),
        ("stoneware mug with a handle.", "small first letter"),
        ("The mug is is blue.", "slip"),
        ("The mug comes in blue and and red.", "slip"),
        ("It has made in Wales.", "clumsy"),
        ("The mug is made of material.", "clumsy"),
        ("A steel mug of steel with a steel handle.", "repeats itself"),
        ("It is the one for you.", "says nothing"),
        ("The 2 layer is 2 layer.", "says a thing of itself"),
        ("The outdoor fountain parts are outdoor fountain parts.", "says a thing of itself"),
        ("It comes in a pack of 1 pack.", "says a thing of itself"),
        ("Washable.", "no sentence"),
        ("The green trowel by Harrow is made.", "clumsy"),
        ("The hoodie is made for red, green or blue.", "clumsy"),
        ("The pot is made for the color of blue.", "clumsy"),
        ("Champagne Glitter is the name of this sandal by Harrow.", "clumsy"),
        ("Summer beachwear is the season.", "clumsy"),
        ("The care kit is a product by the brand.", "clumsy"),
        ("The board set is made for the set.", "says a thing of itself"),
        ("Harrow makes this whip from 1.7 ounces.", "clumsy"),
        ("The crank comes from YA24.", "clumsy"),
        ("There are 24 boxes in the net.", "clumsy"),
        ("The whip comes in a form.", "clumsy"),
        ("Men are the gender.", "clumsy"),
        ("Reusability is also available.", "clumsy"),
        ("It protects against SPF 35.", "clumsy"),
        ("The beanbag comes with a leather.", "clumsy"),
        ("The trowel comes from its name.", "clumsy"),
        ("The remover from Harrow is a product.", "clumsy"),
        ("It is specialty and gluten-free.", "clumsy"),
        ("They are made for breathable.", "clumsy"),
        ("The new design is new.", "says a thing of itself"),
        ("The iPod shuffle by Harrow is made for the iPod.", "says a thing of itself"),
        ("It adds a of colour at night.", "slip"),
        ("Harrow's bracelet is 7.", "clumsy"),
        ("She is made of plastic.", "clumsy"),
        ("The hand wash is made in Portugal.", "clumsy"),
        ("The scarf comes with the colour you like.", "clumsy"),
        ("The green tray is a 42.", "clumsy"),
        ("The made in Portugal.", "clumsy"),
        ("Harrow's wooden table has a name.", "clumsy"),
        ("It is made of plastic or metal.", "clumsy"),
        ("Sold as a cult item, the little stool became a cult item.", "repeats itself"),
        ("The pillows come in stylish brown.", "clumsy"),
        ("The 14k gold is the one that you have.", "clumsy"),
    ],
)
def test_faults_are_found(sentence: str, fault: str) -> None:
    assert fault in list(faults(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "The mug is made of stoneware and holds 350 ml.",
        "Stack 38 mm, drop 5 mm.",
        "Pack of 100.",
        "Oak, 40 x 25 cm, by Harrow.",
        "What holds 350 ml holds a good cup of tea.",
        "It is made for tea, coffee and more.",
        "The flower pot is a blown pot for plants.",
        "Wear one for each child or for each friend.",
        "It has one USB-A and two USB-C ports.",
        "Vitamin A and vitamin E care for the skin.",
        "The polish is made for silver, gold and copper.",
        "Harrow makes the mug from stoneware.",
        "The stand is made for cable.",
        "It comes from a mill in Wales.",
        "The mug holds hot drinks, and its handle is hot.",
    ],
)
def test_good_sentences_have_none(sentence: str) -> None:
    assert list(faults(sentence)) == []


@pytest.mark.parametrize("told", ["The color is red.", "Its size is small.", "The item weight is 28 g."])
def test_a_field_read_out_does_not_read_well(told: str) -> None:
    assert recites(told)
    assert not reads_well(told)
    assert not recites("It comes in red.")
    assert not recites("The voltage is 12 V.")
    assert not recites("The material is soft to the touch.")


def test_a_word_that_comes_twice_is_heard() -> None:
    assert echoes("The conditioning hairdressing is made for hairdressing.")
    assert not echoes("The pads are 20 cm wide, 20 cm long and 20 cm deep.")


def test_a_fragment_has_no_verb() -> None:
    assert has_verb("Northwind makes this mug.")
    assert not has_verb("Sunscreen in a tube, 50 ml.")


def test_similar_sentences_tell_the_same() -> None:
    assert similar("It is made of blue stoneware.", "Blue stoneware makes the mug.")
    assert not similar("It is made of blue stoneware.", "It holds 350 ml.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is a  orange mug\nof clay.", "It is an orange mug of clay."),
        ("It is an blue mug.", "It is a blue mug."),
        ("It is a useful, a unique and a one-litre mug.", "It is a useful, a unique and a one-litre mug."),
        ("It lasts an hour.", "It lasts an hour."),
        ("It has a dimensions of 4 x 5 cm.", "It has dimensions of 4 x 5 cm."),
        ("An LED lamp.", "An LED lamp."),
    ],
)
def test_proofread(text: str, expected: str) -> None:
    assert proofread(text) == expected


@pytest.mark.parametrize(
    ("sentence", "well"),
    [
        ("The mug is made of stoneware.", True),
        ("It holds 350 ml and weighs 300 g.", True),
        ("Stoneware mug, blue, 350 ml.", False),  # no verb
        ("Capacity: 350 ml.", False),
        ("The mug is is blue.", False),  # a fault
        ("The outdoor fountain parts are outdoor fountain parts.", False),
    ],
)
def test_what_reads_well_has_a_verb_and_no_fault(sentence: str, well: bool) -> None:
    assert reads_well(sentence) is well


def test_a_name_keeps_its_own_letters_where_it_is_written_as_one() -> None:
    assert proofread("OffUS makes the sofa.", ["OFFUS"]) == "OFFUS makes the sofa."
    assert proofread("Apple juice of one apple.", ["APPLE"]) == "APPLE juice of one apple."
    assert proofread("It is a (new) lamp.", ["(New"]) == "It is a (new) lamp."
    assert proofread("Sunglasses by Sun.", ["SUN"]) == "Sunglasses by SUN."
    assert proofread("Adidas makes the shoe.", ["adidas"]) == "Adidas makes the shoe."
    assert proofread("It is a mug.", ["IT"]) == "It is a mug."


@pytest.mark.parametrize(
    ("text", "kind", "missed"),
    [
        ("Edgar is armchair by Harrow.", "Armchairs", True),
        ("Nigel is a Sofas by Harrow.", "Sofas", True),
        ("Owen is an armchair in steel.", "Armchairs", False),
        ("These sofas come in blue.", "Sofas", False),
        ("It is steel.", "", False),
    ],
)
def test_one_thing_has_its_article(text: str, kind: str, missed: bool) -> None:
    assert misses_article(text, kind) is missed


def test_an_apostrophe_stands_before_the_s_of_men_and_women() -> None:
    assert proofread("Womens' bag for men's belts.") == "Women's bag for men's belts."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The sofa pillows come with a sofa.", True),
        ("The wheelbarrow comes with metal.", True),
        ("The vase comes from wicker.", True),
        ("The sofa pillows come with two covers.", False),
        ("The wheelbarrow comes in metal.", False),
        ("The red pillows come in red.", True),
        ("The pillows come in red.", False),
    ],
)
def test_a_thing_does_not_come_with_itself_or_with_its_material(text: str, found: bool) -> None:
    assert comes_with_itself(text, "Sofa Pillows") is found


def test_a_products_own_name_keeps_its_letters() -> None:
    assert proofread("Harrow's travis comes in blue.", ["HARROW"], "Travis") == "HARROW's Travis comes in blue."
