from __future__ import annotations

import pytest

from copywriter.short_names import LONGEST, short_name


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


def test_a_brand_before_a_long_title_is_told_by_itself() -> None:
    long = "Fjord - Oak Chair with a Cane Seat and a High Back for Dining Rooms"
    assert short_name(long, "Fjord") == "Oak Chair"
    assert short_name(long.replace("Oak", "soft"), "fjord") == "soft Chair"
    assert short_name("Fjord Oak Chair", "Fjord") == "Fjord Oak Chair"
    assert short_name(long.replace("Fjord", "Fjordland"), "Fjord").startswith("Fjordland")


@pytest.mark.parametrize("title", ["", "x" * 500, "() [] 【】", ", , , ,", " - | ".join("ab" * 40)])
def test_any_title_gives_a_name_that_fits(title: str) -> None:
    assert len(short_name(title)) <= LONGEST
