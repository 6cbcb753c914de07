from __future__ import annotations

import pytest

from copywriter.writing.short_names import LONGEST, heads, short_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Trail Socks", "Trail Socks"),
        ("Fleece Jacket Men's M Navy Full-Zip 280gsm", "Fleece Jacket Men's M Navy Full-Zip 280gsm"),
        ("Wool Socks with a Very Long Explanation for All the Hikers and Runners", "Wool Socks"),
        ("1000 L/H 12 V Water Pump For Garden Sprinklers Lawn Boat Pond Portable", "1000 L/H 12 V Water Pump"),
        ("Desk Lamp - Adjustable Arm, Dimmable, Warm White, For Home and Office Use", "Desk Lamp"),
        ("Lamp, Desk Lamp with a Long Arm and a Dimmer and a Shade and a Switch", "Lamp, Desk Lamp"),
        (
            "【Deal】 Patch Kit Repair Liner Cover Patch Kit Garden Pond Liner Repair",
            "Patch Kit Repair Liner Cover Patch",
        ),
        ("20pcs Resin Fish Tank Decor Artificial Pond Plants Mini Landscape", "Resin Fish Tank Decor Artificial Pond"),
        ("3 Piece Suit for Men with Slim Fit for Weddings and Other Days Out", "3 Piece Suit"),
        ("2 x Oak Chair with a Very Long Explanation of What One Does on It", "Oak Chair"),
        ("Mist Maker Fogger No Light And 38mm Balcony Garden Pond Fountain", "Mist Maker Fogger No Light"),
    ],
)
def test_a_stuffed_title_gives_a_name(title: str, name: str) -> None:
    assert short_name(title) == name


def test_a_brand_before_a_title_is_told_by_itself() -> None:
    long = "Fjord - Oak Chair with a Cane Seat and a High Back for Dining Rooms"
    assert short_name(long, "Fjord") == "Oak Chair"
    assert short_name(long.replace("Oak", "soft"), "fjord") == "soft Chair"
    assert short_name("Fjord Oak Chair", "Fjord") == "Oak Chair"
    assert short_name("Fjord Chair", "Fjord") == "Fjord Chair"
    assert short_name(long.replace("Fjord", "Fjordland"), "Fjord").startswith("Fjordland")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Fjord Honey Crunch Oat Cereal, 13.5 oz (Pack of 2)", "Honey Crunch Oat Cereal"),
        ("Fjord Women's Jane Sandal,Champagne Glitter,10 W US", "Women's Jane Sandal"),
        ("Fjord Organic Tea 16 tea bags", "Organic Tea"),
        ("Fjord Sun Stick SPF 35, One Size", "Sun Stick SPF 35"),  # of a number without a unit SPF is a part
        ("Fjord Oats, Champagne Glitter", "Fjord Oats"),
        ("Champagne Glitter", "Champagne Glitter"),
    ],
)
def test_what_other_fields_tell_is_no_part_of_the_name(title: str, name: str) -> None:
    told = ["13.5 oz", "Pack of 2", "Champagne Glitter", "10 W US", "16", "tea bags", "One Size", "SPF 35"]
    assert short_name(title, "Fjord", "", told) == name


def test_the_word_for_the_thing_ends_a_row_of_key_words() -> None:
    row = "Men Summer Leisure Running Basketball Sport Board Shorts Breathable Fitness Elastic Quick Dry Trousers"
    assert short_name(row, "", "Shorts") == "Men Summer Leisure Running Basketball Sport Board Shorts"
    assert short_name(row, "", "Trousers") == "Men Summer Leisure Running Basketball Sport"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Honey Crunch Oat Cereal", {"oat", "cereal"}),
        ("Wool Socks for Hikers", {"wool", "sock"}),
        ("Sandal, Women's", {"sandal"}),
        ("Canvas Tote Navy", {"canva", "tote"}),
        ("Navy", {"navi"}),
        ("Kids Baseball Cap Cotton Dinosaur Cartoon", set()),
        ("72-4 10", set()),
    ],
)
def test_a_name_ends_in_the_words_for_the_thing(name: str, words: set[str]) -> None:
    assert heads(name) == words


@pytest.mark.parametrize(
    "title",
    [
        "",
        "x" * 500,
        "Oak 1" + "a" * 20_000 + "!",
        "1 a" * 9_000,
        "( " * 9_000,
        "() [] 【】",
        ", , , ,",
        " - | ".join("ab" * 40),
    ],
)
def test_any_title_gives_a_name_that_fits(title: str) -> None:
    assert len(short_name(title)) <= LONGEST
