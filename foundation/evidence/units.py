"""Units as a shop writes them: each name with its dimension and its size in that dimension's base unit.

A plain table, because it costs nothing a sentence (pint needs half a second to start and milliseconds to parse);
tests/evidence/test_units.py holds the factors against pint.
"""

from __future__ import annotations

import re

# dimension, base unit: {names: size}
_TABLE: dict[str, dict[str, float]] = {
    "mass": {
        "mg milligram milligrams": 0.001, "g gr gm gram grams gramme grammes": 1.0,
        "kg kgs kilo kilos kilogram kilograms": 1000.0, "oz ounce ounces": 28.349523125,
        "lb lbs pound pounds": 453.59237,
    },
    "length": {
        "mm millimetre millimetres millimeter millimeters": 0.001,
        "cm centimetre centimetres centimeter centimeters": 0.01,
        "m metre metres meter meters mtr": 1.0, "km kilometre kilometres kilometer kilometers": 1000.0,
        "inch inches in \"": 0.0254, "ft foot feet '": 0.3048, "yd yard yards": 0.9144, "mile miles": 1609.344,
    },
    "area": {
        "m2 sqm square_metres square_meters": 1.0, "cm2": 0.0001, "sqft sq_ft square_feet": 0.09290304,
        "acre acres": 4046.8564224,
    },
    "volume": {
        "ml millilitre millilitres milliliter milliliters cc": 0.001, "cl centilitre centilitres": 0.01, "dl": 0.1,
        "l ltr litre litres liter liters": 1.0, "fl_oz floz fluid_ounce fluid_ounces": 0.0295735295625,
        "gal gallon gallons": 3.785411784, "qt quart quarts": 0.946352946, "pint pints": 0.473176473,
        "tsp teaspoon teaspoons": 0.00492892159375, "tbsp tablespoon tablespoons": 0.01478676478125, "m3": 1000.0,
    },
    "time": {
        "sec secs second seconds": 1.0, "min mins minute minutes": 60.0, "h hr hrs hour hours": 3600.0,
        "day days": 86400.0, "week weeks": 604800.0, "month months": 2629800.0, "year years yr yrs": 31557600.0,
    },
    "voltage": {"v volt volts": 1.0, "kv": 1000.0},
    "power": {"w watt watts": 1.0, "kw kilowatt kilowatts": 1000.0, "mw": 0.001, "hp horsepower": 745.6998715822702},
    "current": {"a amp amps ampere amperes": 1.0, "ma": 0.001},
    "charge": {"mah": 0.001, "ah": 1.0},
    "energy": {"wh": 1.0, "kwh": 1000.0, "mwh": 0.001},
    "food energy": {"kcal calorie calories": 1.0},
    "frequency": {"hz": 1.0, "khz": 1e3, "mhz": 1e6, "ghz": 1e9},
    "data": {
        "kb": 1e3, "mb megabyte megabytes": 1e6, "gb gigabyte gigabytes": 1e9, "tb terabyte terabytes": 1e12,
    },
    "data rate": {"kbps": 1e3, "mbps": 1e6, "gbps": 1e9},
    "temperature": {"°c degrees_celsius degrees_c celsius": 1.0},
    "temperature F": {"°f degrees_fahrenheit degrees_f fahrenheit": 1.0},
    "angle": {"° degree degrees": 1.0},
    "speed": {"km/h kph kmh": 1.0, "mph": 1.609344},
    "rotation": {"rpm": 1.0},
    "flow": {"lph l/h": 1.0, "gph": 3.785411784, "lpm l/min": 60.0},
    "pressure": {"psi": 0.0689475729, "bar": 1.0},
    "light": {"lm lumen lumens": 1.0},
    "illuminance": {"lux lx": 1.0},
    "sound": {"db decibel decibels": 1.0},
    "grammage": {"gsm g/m2": 1.0},
    "gem": {"ct carat carats": 1.0},
    "purity": {"karat karats k": 1.0},
    "resolution": {"px pixel pixels": 1.0, "mp megapixel megapixels": 1e6},
    "density": {"dpi": 1.0},
    "share": {"% percent pct": 1.0},
}  # fmt: skip

UNITS: dict[str, tuple[str, float]] = {
    name.replace("_", " "): (dimension, size)
    for dimension, units in _TABLE.items()
    for names, size in units.items()
    for name in names.split()
}
CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR",
    "euros": "EUR", "£": "GBP", "gbp": "GBP", "¥": "CNY", "cny": "CNY", "rmb": "CNY", "yuan": "CNY", "jpy": "JPY",
    "yen": "JPY", "chf": "CHF", "cad": "CAD", "aud": "AUD", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "inr": "INR",
    "₹": "INR",
    "kwd": "KWD", "aed": "AED",
}  # fmt: skip


def _alternatives(names: list[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))


# A sign such as ″ needs no word boundary; letters do.
UNIT_PATTERN = (
    rf"(?:(?:{_alternatives([n for n in UNITS if n[-1].isalnum()])})(?![A-Za-z0-9])"
    rf"|(?:{_alternatives([n for n in UNITS if not n[-1].isalnum()])}))"
)
CURRENCY_BEFORE = r"(?:us\$|[$€£¥₹]|\b(?:usd|eur|gbp|cny|rmb|chf|cad|aud|kwd|aed)\b)"
CURRENCY_AFTER = rf"(?:[€£¥₹$]|(?:{_alternatives([n for n in CURRENCIES if n.isalpha()])})\b)"

# Words that say which property of a thing a number measures.
ATTRIBUTES = {
    "width": "width", "wide": "width", "breadth": "width", "height": "height", "high": "height", "tall": "height",
    "length": "length", "long": "length", "depth": "depth", "deep": "depth", "diameter": "diameter",
    "across": "diameter",
    "thickness": "thickness", "thick": "thickness", "capacity": "capacity", "volume": "capacity", "weight": "weight",
    "weighs": "weight", "weigh": "weight", "weighing": "weight", "heavy": "weight", "price": "price",
    "priced": "price",
    "costs": "price", "cost": "price", "warranty": "warranty", "guarantee": "warranty", "supports": "load",
    "support": "load", "load": "load", "withstands": "load", "bears": "load", "lifts": "load",
}  # fmt: skip
