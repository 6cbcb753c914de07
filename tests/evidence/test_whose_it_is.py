"""What is said of the wrong part, or of some of a list as if of all; each with true sentences too."""

from __future__ import annotations

import pytest

from foundation.evidence import Fact, check

Case = tuple[dict[str, str], list[str], list[str]]
CASES: dict[str, Case] = {
    "the sides of the whole are not its tank's": (
        {"Title": "Window Planter", "Dimensions": "40 × 18 × 17 cm", "Water tank": "2 l"},
        [
            "It has a 2 l water tank and dimensions of 40 × 18 × 17 cm.",
            "This planter with dimensions of 40 x 18 x 17 cm has a 2 l water tank.",
        ],
        [
            "It holds 2 l water tank with dimensions of 40 × 18 × 17 cm.",
            "It has a water tank with dimensions of 40 x 18 x 17 cm.",
        ],
    ),
    "a removable cover is no removable base": (
        {"Title": "Dog Bed", "Features": "Non-slip base, removable cover", "Size": "90 x 70 cm"},
        ["The cover is removable.", "It has a non-slip base and a removable cover.", "The base is non-slip."],
        ["The non-slip base is removable.", "The cover is non-slip.", "The base is removable."],
    ),
    "so it is where each part is a field": (
        {"Title": "Dog Bed", "Cover": "Removable", "Base": "Non-slip"},
        ["The cover is removable.", "The base is non-slip."],
        ["The non-slip base is removable.", "The base is removable."],
    ),
    "a seamless toe is no seamless sock": (
        {"Title": "Sports Socks", "Features": "Seamless toe", "Material": "Cotton"},
        ["They have a seamless toe.", "The toe is seamless."],
        ["The socks are seamless.", "They are seamless."],
    ),
    "a word that tells a name apart is not the thing": (
        {"Title": "Ceramic Coffee Dripper", "Care": "Dishwasher safe", "Material": "Stoneware"},
        ["The dripper is dishwasher safe.", "This ceramic coffee dripper is made of stoneware."],
        ["The coffee is dishwasher safe.", "The coffee is made of stoneware."],
    ),
    "of what a part is made, the whole is not": (
        {"Title": "Brass Fountain Pen", "Material": "Brass", "Nib material": "Steel"},
        ["The nib is made of steel.", "The brass pen has a steel nib.", "It is made of brass."],
        ["The brass pen is made of steel nib.", "The pen is made of steel."],
    ),
    "a fleece lining makes no fleece jacket": (
        {"Title": "Soft Winter Jacket", "Description": "Thick black winter jacket, with soft fleece lining."},
        ["It has a soft fleece lining.", "The lining is made of soft fleece."],
        ["This thick winter jacket is made of soft fleece lining."],
    ),
    "gold findings make no gold necklace": (
        {"Title": "Bloom Necklace", "Material": "Sterling silver, 14k yellow gold findings", "Gemstone": "Moonstone"},
        ["It is made of sterling silver with 14k yellow gold findings.", "It has a moonstone."],
        ["It is 14k yellow gold.", "It is made of 14k yellow gold.", "The necklace is a gemstone."],
    ),
    "the time of one thing is not another's": (
        {"Title": "Reading Lamp", "Battery life": "40 h", "Charging": "USB-C"},
        ["It has a battery life of 40 h.", "It charges by USB-C."],
        ["It has USB-C charging of 40 h."],
    ),
    "ingredients are told whole, or as some of them": (
        {"Title": "Olive Soap Bar", "Ingredients": "Olive oil, coconut oil, water, sodium hydroxide"},
        [
            "The ingredients are olive oil, coconut oil, water and sodium hydroxide.",
            "It contains olive oil.",
            "The ingredients include olive oil and coconut oil.",
        ],
        ["The ingredients are olive oil, coconut oil and water.", "Ingredients: olive oil, coconut oil."],
    ),
    "so are fibres with their shares": (
        {"Title": "Summer Shirt", "Composition": "55% linen, 40% cotton, 5% elastane"},
        ["It is made of 55% linen, 40% cotton and 5% elastane.", "It is made of linen and cotton."],
        ["It is made of linen.", "The shirt is made from cotton."],
    ),
    "two cloths are told each by itself": (
        {"Title": "Rain Jacket", "Composition": "Shell: 100% nylon, lining: 100% polyester"},
        ["The shell is made of nylon.", "The lining is made of 100% polyester."],
        ["The lining is made of nylon."],
    ),
    "who makes it did not choose it, and its name is no number": (
        {"Title": "Steel Bottle", "Sizes": "0.5 l, 1 l, 1.5 l", "Vendor": "Company 123"},
        ["It is made by Company 123.", "Choose 0.5 l, 1 l or 1.5 l.", "It comes from Company 123."],
        ["Chosen by Company 123.", "It is recommended by Company 123.", "123 Company 123.", "Brand 123."],
    ),
    "a name in the title is not who made it": (
        {
            "Title": "Dwayne Retro Jersey Steve Nash",
            "Vendor": "Dwayne",
            "Model": "Steve Nash",
            "Item number": "JRDK019",
        },
        ["It is made by Dwayne.", "The model is Steve Nash.", "The jersey is by Dwayne."],
        ["The retro jersey is by Steve Nash.", "They are by JRDK019.", "It is made by Steve Nash."],
    ),
    "a thing is not in a place because it was made there": (
        {"Title": "Bloom Necklace", "Country of origin": "USA"},
        ["It is made in the USA.", "This necklace is from the USA."],
        ["Necklace in USA."],
    ),
}


def facts_of(fields: dict[str, str]) -> list[Fact]:
    own = {"Title": "title", "Vendor": "vendor"}
    return [Fact(own.get(label, f"attribute:{label}"), label, value) for label, value in fields.items()]


@pytest.mark.parametrize("name", CASES)
def test_what_is_true_stands(name: str) -> None:
    fields, true, _ = CASES[name]
    assert [text for text in true if check(text, facts_of(fields)).unbacked] == []


@pytest.mark.parametrize("name", CASES)
def test_what_is_untrue_does_not(name: str) -> None:
    fields, _, untrue = CASES[name]
    assert [text for text in untrue if not check(text, facts_of(fields)).unbacked] == []
