"""Numbers with their units: "1,200 g", "½ in", "twenty-four hours", "20 × 30 cm", "5–10 m", "under £20", "3 speeds"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from foundation.evidence.units import CURRENCIES, CURRENCY_AFTER, CURRENCY_BEFORE, UNIT_PATTERN, UNITS

_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
_FRACTIONS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}
_NUMBER_WORD = "|".join([*_ONES, *_TENS, *_SCALES, *_FRACTIONS])

_NUM = (
    r"\d+[\s-]\d+/\d+|(?<!/)\d+/\d+(?![\d/])|(?<!/)\d{1,3}(?:[,'\s]\d{3})+(?:\.\d+)?(?!\d)"
    r"|\d+(?:[.,]\d+)?|(?<![\d.])\.\d+"
)
_QUANTITY = re.compile(
    rf"(?P<cur>{CURRENCY_BEFORE})?\s*(?:(?<![\w.])|(?<=\d[xX]))(?P<num>{_NUM})"
    rf"(?:(?P<gap>\s?-?\s?)(?P<unit>{UNIT_PATTERN})|\s?(?P<after>{CURRENCY_AFTER}))?"
    rf"|\b(?P<words>(?:{_NUMBER_WORD})\b(?:[\s-]+(?:and\s+(?:a\s+)?)?(?:{_NUMBER_WORD})\b)*)"
    rf"(?:[\s-]*(?P<wunit>{UNIT_PATTERN}|{CURRENCY_AFTER}))?",
    re.I,
)
_MAYBE = re.compile(rf"\d|{_NUMBER_WORD}", re.I)
_DIMENSION_LINK = re.compile(r"\s*(?:(?:x|by|-|to)|x\s*[WDHLBT]:?)\s*$", re.I)  # also "W 120 x D 60 x H 85 cm"
_AND = re.compile(r"\s+and\s+", re.I)
_LISTED = re.compile(r"\s*(?P<comma>,)\s*|\s*/\s*|(?:,\s*|\s+)(?:and|or|&)\s+", re.I)
_BETWEEN = re.compile(r"\bbetween\s+$", re.I)
_IN_IS_INCH = re.compile(
    r"\s*(?:$|[.,;:)/x\"]|(?:wide|long|tall|high|deep|thick|diameter|across|in\b|blade|screen|display|by\b|and\b|or\b|with\b|-"
    r"|(?:woofer|driver|speaker|wheel|pot|pan|pipe|hose|tablet|monitor|nail|screw|bolt|tyre|tire|drive|tv)s?\b"
    r"|touchscreen|lcd\b|o?led\b))",
    re.I,
)
_BELOW_ZERO = re.compile(r"(?:^|[^\w\s°])?(?<!\w)[-−–]\s?$")  # no range: "5-10 °C"
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_OWNS = re.compile(r"s\b")  # "Company 31's" is no 31 feet
_QUOTED = re.compile(r'(?:^|[\s(])"[^"\d][^"]*$')
_CODE = re.compile(r"(?<![A-Za-z])[A-Za-z]{0,7}[A-Z]-$")
_BOUNDS = (
    (
        re.compile(r"\b(?:at least|minimum of|min\.?|from|(?:no|not) (?:less|fewer|under|below)(?: than)?)\s*$", re.I),
        ">=",
    ),
    (
        re.compile(r"\b(?:up to|at most|maximum of|max\.?|(?:no|not) (?:more than|over|above|exceeding))\s*$", re.I),
        "<=",
    ),
    (re.compile(r"(?:\b(?:over|more than|above|exceeding|exceeds|longer than|upwards of)|>)\s*$", re.I), ">"),
    (re.compile(r"(?:\b(?:under|less than|below|fewer than|lighter than|shorter than)|<)\s*$", re.I), "<"),
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`values` are the readings of an ambiguous number ("1.200"); sizes in the base unit of `dimension` ("" = bare)."""

    values: tuple[float, ...]
    dimension: str
    bound: str
    start: int
    end: int
    unit: str = ""
    each: Quantity | None = None  # "15 x 150 ml": the 150 ml of each of the 15
    listed: Quantity | None = None  # "20, 30 and 40 cm": the bare 20 read as 20 cm

    def matches(self, other: Quantity) -> bool:
        """Whether the other (a fact's) number makes this one true."""
        if self.dimension != other.dimension:
            return False
        return any(self._holds(mine, theirs, other) for mine in self.values for theirs in other.values)

    def _holds(self, mine: float, theirs: float, other: Quantity) -> bool:
        slack = 1e-6 if self.unit == other.unit else 0.006  # a converted figure is rounded: 12 oz are "340 g"
        if abs(mine - theirs) <= slack * max(abs(mine), abs(theirs)):
            return self.bound not in ("<", ">") or self.bound == other.bound  # "under 45 dB" says it of 45 too
        if self.bound == ">":
            return theirs > mine and not other.bound.startswith("<")
        return self.bound == "<" and theirs < mine and not other.bound.startswith(">")


def _readings(number: str) -> tuple[float, ...]:
    """All values that the written number can mean; empty where it means none (a zero denominator)."""
    number = number.strip()
    if "/" in number:
        whole, _, fraction = number.replace("-", " ").rpartition(" ")
        over, _, under = fraction.partition("/")
        return (float(whole or 0) + int(over) / int(under),) if int(under) else ()
    plain = re.sub(r"[\s']", "", number)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        grouped = float(plain.replace(",", ""))
        return (grouped, float(plain.replace(",", "."))) if plain.count(",") == 1 and "." not in plain else (grouped,)
    if re.fullmatch(r"\d{1,3}\.\d{3}", plain):
        return (float(plain), float(plain.replace(".", "")))
    if plain.count(",") == 1:
        return (float(plain.replace(",", ".")),)
    return (float(plain.replace(",", "")),)


def words_value(words: str) -> float | None:
    """The value of number words: "twenty-four" 24, "two and a half" 2.5, "three dozen" 36; None if it is no number."""
    total, current, seen = 0.0, 0.0, False
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _ONES or word in _TENS:
            current, seen = current + _ONES.get(word, _TENS.get(word, 0)), True
        elif word in _SCALES:
            current, seen = (current or 1) * _SCALES[word], True
            if word in ("thousand", "million"):
                total, current = total + current, 0.0
        elif word in _FRACTIONS:
            current, seen = current + _FRACTIONS[word] if seen else _FRACTIONS[word], True
    return total + current if seen else None


def _unit(written: str | None) -> tuple[str, float, str]:
    if not written:
        return "", 1.0, ""
    name = re.sub(r"\s+", " ", written.lower())
    if name in CURRENCIES:
        return f"money {CURRENCIES[name]}", 1.0, name
    dimension, size = UNITS[name]
    return dimension, size, name


def _is_inch(text: str, match: re.Match[str]) -> bool:
    return bool(_IN_IS_INCH.match(text, match.end()))


def _plausible(text: str, match: re.Match[str], unit: str) -> str:
    """The unit, unless it is another word: "5 in black", "size 8 m", "2 a day"."""
    glued = not match.group("gap") if match.group("num") else False
    if unit == '"' and (
        _YEAR.fullmatch(match.group("num")) or _QUOTED.search(text, max(0, match.start() - 60), match.start())
    ):
        return ""
    if unit.lower() == "in" and "/" not in match.group("num") and not _is_inch(text, match):
        return ""
    if unit in ("M", "a", "C", "K", "'", '"') and not glued:
        return ""
    if unit == "'" and _OWNS.match(text, match.end()):
        return ""
    return unit


def _bound(text: str, start: int) -> str:
    before = text[max(0, start - 24) : start]
    return next((sign for pattern, sign in _BOUNDS if pattern.search(before)), "")


def _single(text: str, match: re.Match[str]) -> Quantity | None:
    if match.group("num"):
        if _CODE.search(text, max(0, match.start("num") - 9), match.start("num")):
            return None  # "the PL-2", "FS-60 foot spa": names
        values = _readings(match.group("num"))
        unit = match.group("cur") or match.group("after") or _plausible(text, match, match.group("unit") or "")
        start, end = match.start("cur") if match.group("cur") else match.start("num"), match.end()
        if not unit and match.group("unit"):
            end = match.end("num")
    else:
        value = words_value(match.group("words"))
        values = () if value is None else (value,)
        unit = match.group("wunit") or ""
        if (unit.lower() == "in" and not _is_inch(text, match)) or unit in ("a", "'", '"'):
            unit = ""
        start, end = (
            match.start("words"),
            match.end() if unit else match.start("words") + len(match.group("words").rstrip(" -")),
        )
    if not values:
        return None
    dimension, size, name = _unit(unit.strip())
    if dimension == "temperature" and _BELOW_ZERO.search(text, max(0, start - 3), start):
        size = -size
    return Quantity(tuple(value * size for value in values), dimension, _bound(text, start), start, end, name)


def find(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """The quantities of text[start:end] in order. "20 x 30 cm", "5-10 m": each takes the unit behind the last."""
    found: list[Quantity] = []
    if not _MAYBE.search(text, start, len(text) if end is None else end):
        return found
    for match in _QUANTITY.finditer(text, start, len(text) if end is None else end):
        one = _single(text, match)
        if one is not None:
            found.append(one)
    for index in range(len(found) - 2, -1, -1):
        here, there = found[index], found[index + 1]
        between = text[here.end : there.start]
        linked = _DIMENSION_LINK.fullmatch(between) or (_AND.fullmatch(between) and _BETWEEN.search(text[: here.start]))
        if linked and "x" in between.lower() and not here.dimension and not there.dimension and not there.each:
            found[index] = replace(here, each=there)  # "2 x 3.5"
        if here.dimension or not there.dimension or not there.unit:
            linked = None
        times = there if linked and "x" in between.lower() and not there.each else None
        if times and there.dimension not in ("length", "resolution"):  # fifteen of them: only lengths multiply
            found[index] = replace(here, each=times)
        elif linked:
            dimension, size, name = _unit(there.unit)
            values = tuple(value * size for value in here.values)
            found[index] = replace(here, values=values, dimension=dimension, unit=name, each=times)
        elif here.dimension.startswith("money") and not there.dimension and _DIMENSION_LINK.fullmatch(between):
            found[index + 1] = replace(there, dimension=here.dimension, unit=here.unit)
    _share_unit(text, found)
    return found


def _share_unit(text: str, found: list[Quantity]) -> None:
    """A list may say its unit once: "20, 30 and 40 cm". Two numbers and a comma ("set of 3, 40 cm") are no list."""
    links = [_LISTED.fullmatch(text, here.end, there.start) for here, there in pairwise(found)]
    for index in range(len(links) - 1, -1, -1):
        here, link, last = found[index], links[index], found[index + 1].listed or found[index + 1]
        if here.dimension or here.each or not link or not last.dimension or not last.unit:
            continue
        before = links[index - 1] if index else None
        if link["comma"] and not found[index + 1].listed and not (before and before["comma"]):
            continue
        dimension, size, name = _unit(last.unit)
        values = tuple(value * size for value in here.values)
        found[index] = replace(here, listed=replace(here, values=values, dimension=dimension, unit=name))
