"""What a crowded shop title or a terse sheet says, told in a plain sentence, each beside a false one."""

from __future__ import annotations

import pytest

from foundation.evidence.quantities import find
from tests.evidence.test_false_alarms import backed, hold

SIZES = ("Size", "20 cm, 30 cm, 40 cm")
BED = ("Title", "Dog Bed Large Washable 240x80x30cm Orthopedic Bottle 1400ml Bowl 21cm Diameter")
BINS = ("Title", "Storage Bins Collapsible Fabric Cube Organizer Foldable Basket with Handles 6 Pack Grey")
LIGHTS = ("Title", "Solar Lights Outdoor Garden Waterproof Pathway Decor 4 Pack with 2 Stakes")
HOOK = (("Title", "Coat Hook"), ("Description", "Turned from beech wood, with a leather strap"))


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("It comes in 20, 30 and 40 cm.", "It comes in 20, 35 and 40 cm."),
        ("Choose 20, 30 or 40 cm.", "Choose 20, 30 or 50 cm."),
        ("Item in 20/30/40 cm", "Item in 20/35/40 cm"),
    ],
)
def test_a_list_says_its_unit_once(true: str, false: str) -> None:
    hold(true, false, SIZES)


def test_a_list_in_the_sheet_says_its_unit_once() -> None:
    hold("It is 20 cm long.", "It is 25 cm long.", ("Length", "20, 30 and 40 cm"))
    hold("It is 20 cm long.", "It is 25 cm long.", ("Length", "20, 30, 40 cm"))
    assert not backed("It is 3 cm long.", ("Contents", "set of 3, 40 cm"))


def test_a_fraction_is_no_list() -> None:
    assert [one.values[0] for one in find("1/2 cup of 3/4 l")] == [0.5, 0.75]


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("The dog bed measures 240 x 80 x 30 cm.", "The dog bed measures 240 x 80 x 35 cm."),
        ("The dog bed is 240 x 80 x 30 cm.", "The dog bed is 240 x 90 x 30 cm."),
        ("The bottle holds 1400 ml.", "The bottle holds 1500 ml."),
        ("The bowl is 21 cm across.", "The bowl is 21 cm high."),
    ],
)
def test_measures_glued_to_a_title(true: str, false: str) -> None:
    hold(true, false, BED)


@pytest.mark.parametrize(
    ("true", "false", "title"),
    [
        ("Six storage bins.", "Five storage bins.", BINS),
        ("Pack of six fabric storage bins.", "Pack of four fabric storage bins.", BINS),
        ("Four solar lights.", "Four stakes.", LIGHTS),
        ("Two stakes.", "Two solar lights.", LIGHTS),
    ],
)
def test_the_pack_counts_the_thing_of_the_title(true: str, false: str, title: tuple[str, str]) -> None:
    hold(true, false, title)


def test_two_properties_of_one_title() -> None:
    hold("The four solar lights are waterproof.", "The four solar lights are dimmable.", LIGHTS)


def test_both_ends_of_a_range_count_the_same() -> None:
    rows = (("Title", "Board Game"), ("Players", "2-5"), ("Contents", "2 dice, 60 cards"))
    hold("The board game is for 2 to 5 players.", "The board game is for 2 to 6 players.", *rows)
    hold("The board game is for 2-5 players.", "The board game has 60 dice.", *rows)


def test_numbers_beside_each_other_are_no_range() -> None:
    rows = (("Title", "RC Rock Crawler 1:16 4WD"),)
    hold("1:16 rock crawler with 4WD.", "1:18 rock crawler with 4WD.", *rows)


@pytest.mark.parametrize(
    ("title", "true", "false"),
    [
        ("Shower Caddy No Drill White Metal Corner Shelf", "White metal corner shelf.", "The shelf is not white."),
        ("Pine Soap No Perfume Or Dye", "Pine soap, no perfume or dye.", "Pine soap with dye."),
        ("Pine Soap No Chlorine Bleach", "Pine soap.", "Pine soap with bleach."),
        ("Shelf No Screws Or Glue White", "Shelf without screws or glue.", "Shelf with glue."),
        ("Shelf No Drilling Required White", "White shelf, no drilling required.", "Drilling is required."),
        ("Mens No Show Socks Cotton", "The socks are cotton.", "The socks are not cotton."),
    ],
)
def test_no_in_a_title_turns_one_word_round(title: str, true: str, false: str) -> None:
    hold(true, false, ("Title", title))


def test_a_plain_no_goes_on() -> None:
    hold("It has no brass handle.", "It has a brass handle.", ("Note", "It has no brass handle"))


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("Beech wood coat hook.", "Oak wood coat hook."),
        ("The coat hook is made of beech wood.", "The coat hook is made of leather."),
        ("Coat hook of beech wood with a leather strap", "The strap is beech wood."),
    ],
)
def test_a_sentence_without_a_subject_is_about_the_whole(true: str, false: str) -> None:
    hold(true, false, *HOOK)


@pytest.mark.parametrize("value", ["Packed in silk", "Filled with silk", "Wrapped in silk, with a card"])
def test_what_is_around_or_inside_is_not_what_it_is_made_of(value: str) -> None:
    hold(f"{value}.", "The hook is made of silk.", ("Title", "Coat Hook"), ("Description", value))


@pytest.mark.parametrize(
    ("label", "value", "true", "false"),
    [
        ("Outsole", "Rubber, 5 mm lugs", "The outsole carries 5 mm lugs.", "The outsole is carry-on rubber."),
        ("Capacity", "8 cards", "It has room for eight cards.", "It is a card room."),
        ("Capacity", "8 cards", "There is room for eight cards.", "There is room for nine cards."),
        ("Material", "Brass, no steel", "None of it is steel, however: it is brass alone.", "None of it is brass."),
        ("Microwave", "Not allowed", "It is not allowed in the microwave.", "It is allowed in the microwave."),
        ("Shape", "Square", "Its parts form a square.", "It is form-fitting and square."),
        ("Grind", "coarse", "It is ground coarse.", "It is ground fine."),
        ("Cover", "Hand sewing", "Its cover is sewn by hand.", "Its cover is sewn by machine."),
        ("Winding", "by hand", "It is wound by hand.", "It is wound by a motor."),
        ("Cable", "Wound", "Its cable is wound.", "It is for wind."),
        ("Type", "Milk frother", "It froths milk.", "It froths soup."),
        ("Feature", "Makes froth", "It makes froth.", "It has a frother."),
    ],
)
def test_words_that_add_no_fact(label: str, value: str, true: str, false: str) -> None:
    hold(true, false, (label, value))
