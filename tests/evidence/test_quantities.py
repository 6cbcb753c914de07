from __future__ import annotations

import pint
import pytest

from foundation.evidence.normalise import normalise
from foundation.evidence.quantities import find, words_value
from foundation.evidence.units import UNITS

# Names that pint spells otherwise, or that are a shop's own.
PINT_NAMES = {
    '"': "inch", "'": "foot", "in": "inch",
    "gr": "gram", "gm": "gram", "kgs": "kilogram", "kilo": "kilogram", "kilos": "kilogram",
    "lbs": "pound", "gramme": "gram",
    "grammes": "gram", "mtr": "meter", "ltr": "liter", "gal": "gallon", "qt": "quart",
    "floz": "fluid_ounce", "fl oz": "fluid_ounce", "sec": "second", "secs": "second",
    "mins": "minute", "hr": "hour",
    "hrs": "hour", "yr": "year", "yrs": "year", "sqm": "meter**2", "m2": "meter**2", "cm2": "centimeter**2",
    "m3": "meter**3", "sqft": "foot**2", "sq ft": "foot**2", "square feet": "foot**2", "square metres": "meter**2",
    "square meters": "meter**2", "amp": "ampere", "amps": "ampere", "v": "volt", "w": "watt", "a": "ampere",
    "hp": "horsepower", "kw": "kilowatt", "mw": "milliwatt", "kv": "kilovolt", "ma": "milliampere",
    "fluid ounce": "fluid_ounce", "fluid ounces": "fluid_ounce", "l": "liter", "ml": "milliliter", "cl": "centiliter",
    "dl": "deciliter", "cc": "centimeter**3", "h": "hour", "min": "minute",
}  # fmt: skip
BASES = {
    "mass": "gram", "length": "meter", "area": "meter**2", "volume": "liter", "time": "second", "voltage": "volt",
    "power": "watt", "current": "ampere",
}  # fmt: skip


@pytest.fixture(scope="module")
def registry() -> pint.UnitRegistry:
    return pint.UnitRegistry()


@pytest.mark.parametrize("name", [name for name, (dimension, _size) in UNITS.items() if dimension in BASES])
def test_factors_are_those_of_pint(name: str, registry: pint.UnitRegistry) -> None:
    dimension, size = UNITS[name]
    theirs = registry.Quantity(1, PINT_NAMES.get(name, name)).to(BASES[dimension]).magnitude
    assert size == pytest.approx(theirs, rel=1e-3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2 kg", [(1200, "mass")]),
        ("1,5 l", [(1.5, "volume")]),
        ("1/2 in", [(0.0127, "length")]),
        ('9/16" bolt', [(0.0142875, "length")]),
        ('1-9/16" bolt', [(0.0396875, "length")]),
        ("20 × 30 × 10 cm", [(0.2, "length"), (0.3, "length"), (0.1, "length")]),
        ("5–10 m", [(5, "length"), (10, "length")]),
        ("between 5 and 10 cm", [(0.05, "length"), (0.1, "length")]),
        ("twenty-four hours", [(86400, "time")]),
        ("two and a half litres", [(2.5, "volume")]),
        ("a dozen eggs", [(12, "")]),
        ("£1,299.00", [(1299, "money GBP")]),
        ("20 euros", [(20, "money EUR")]),
        ("50%", [(50, "share")]),
        ("38mm", [(0.038, "length")]),
        ("size 5 in black", [(5, "")]),
        ("12 in long", [(0.3048, "length")]),
        ("230 V / 50 Hz", [(230, "voltage"), (50, "frequency")]),
        ("0/0", []),
        ("IP67", []),
        ("no number", []),
    ],
)
def test_find(text: str, expected: list[tuple[float, str]]) -> None:
    found = [(one.values[0], one.dimension) for one in find(normalise(text).text)]
    assert [dimension for _value, dimension in found] == [dimension for _value, dimension in expected]
    assert [value for value, _dimension in found] == pytest.approx([value for value, _dimension in expected])


def test_an_ambiguous_mark_has_two_readings() -> None:
    assert find("1.200 g")[0].values == (1.2, 1200.0)
    assert find("1,200 g")[0].values == (1200.0, 1.2)


def test_words_value() -> None:
    assert words_value("three dozen") == 36
    assert words_value("two thousand five hundred") == 2500
    assert words_value("nothing") is None
