"""Decimal marks, quotation marks and the space before a percent sign, as a language's readers write them. Pure.

Decimal marks are of Babel's CLDR; quotation marks of CLDR 45, `delimiters`, which Babel does not carry; percent signs
of its `percentFormat`. Codes ("IP65", "v2.1", "USB 3.0"), dates, times, versions and addresses stay as they are.
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol

NARROW, WIDE = "\u202f", "\u00a0"
QUOTES = {
    "de": ("„", "“"), "cs": ("„", "“"), "pl": ("„", "”"), "ro": ("„", "”"), "hu": ("„", "”"),
    "fr": (f"«{NARROW}", f"{NARROW}»"), "it": ("«", "»"), "es": ("«", "»"), "pt": ("“", "”"), "nb": ("«", "»"),
    "uk": ("«", "»"), "el": ("«", "»"), "nl": ("‘", "’"), "tr": ("“", "”"), "da": ("“", "”"), "sv": ("”", "”"),
    "fi": ("”", "”"), "ja": ("「", "」"), "zh-hans": ("“", "”"), "zh-hant": ("「", "」"), "ko": ("“", "”"),
}  # fmt: skip
PERCENT = {"de": WIDE, "fr": NARROW, "es": WIDE, "cs": WIDE, "da": WIDE, "sv": WIDE, "nb": WIDE, "fi": WIDE,
           "ro": WIDE}  # fmt: skip
_UNITS = (
    r"(?:mm|cm|dm|m|km|m²|m³|cm²|cm³|mg|g|kg|t|ml|cl|dl|l|L|W|kW|Wh|kWh|V|A|mA|Ah|mAh|Hz|kHz|MHz|GHz|GB|MB|TB|°C|°|%|h|s"
    r"|min|bar|Pa|kPa|lm|lx|dB|N|Nm|J|kJ|kcal|€|EUR|CHF|zł|Kč|kr|cal|mAh)"
)
_DECIMAL = re.compile(rf"(?<![\w.,/:+-])(\d+)([.,])(\d{{1,2}}|\d{{4,}})(?=[\s\u00a0\u202f]?{_UNITS}(?![A-Za-z0-9²³]))")
_MAIL = r"(?<![\w.%+-])[\w.%+-]{1,64}@[\w.-]{1,200}\.[a-z]{2,20}"  # bounded: a text may be one long word
_LEAVE = re.compile(rf"(?i)https?://\S+|www\.\S+|{_MAIL}|\b\d{{1,4}}[./]\d{{1,2}}[./]\d{{1,4}}\b")
_QUOTED = re.compile(r"(?<![A-Za-z0-9])[\"“„”]([^\"“„”«»\n]*[^\s\"“„”«»\n\d])[\"“”](?![A-Za-z0-9])")
_PERCENT = re.compile(r"(?<=\d)[ \u00a0\u202f]?%")


def localised(text: str, tag: str) -> str:
    """The text in the forms of the language; applied twice it changes nothing more. English stays as it is."""
    if tag.partition("-")[0] == "en":
        return text
    kept: list[str] = []

    def put_away(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\ue000{chr(0xE001 + len(kept) - 1)}\ue000" if len(kept) <= 0x1000 else found[0]

    body = _LEAVE.sub(put_away, text) if "\ue000" not in text else text
    body = _quoted(_percent(_decimal(body, tag), tag), tag)
    return re.sub("\ue000([\ue001-\uf001])\ue000", lambda found: kept[ord(found[1]) - 0xE001], body) if kept else body


def _decimal(text: str, tag: str) -> str:
    mark = decimal_mark(tag)
    return _DECIMAL.sub(lambda found: f"{found[1]}{mark}{found[3]}", text)


def _percent(text: str, tag: str) -> str:
    space = PERCENT.get(tag)
    return _PERCENT.sub(f"{space}%", text) if space is not None else text


def _quoted(text: str, tag: str) -> str:
    marks = QUOTES.get(tag)
    return _QUOTED.sub(lambda found: f"{marks[0]}{found[1]}{marks[1]}", text) if marks else text


@lru_cache(maxsize=64)
def decimal_mark(tag: str) -> str:
    """ "," or "."; that of English where the language is unknown."""
    try:
        return get_decimal_symbol(Locale.parse(tag, sep="-"))
    except (UnknownLocaleError, ValueError):
        return "."
