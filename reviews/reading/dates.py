"""Days as shops and platforms write them, in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache

DMY, MDY = "dmy", "mdy"
FIRST = date(1990, 1, 1)  # before it nobody reviewed anything in an online shop
MONTHS_IN = ("en", "de", "fr", "es", "it", "pt", "nl")
LONGEST = 60  # characters of a cell that may be a date

_TIME = r"(?:[T\s,]+(?:(?:at|um|à)\s+)?\d{1,2}:\d{2}.*)?"
_YMD = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.I)
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]?.*")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_EITHER = re.compile(rf"(\d{{1,2}})[-/.]\s?(\d{{1,2}})[-/.]\s?(\d{{4}}|\d{{2}}){_TIME}", re.I)
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+)?([^\W\d_]+)\.?[\s,-]+(?:de\s+)?(\d{{4}}){_TIME}", re.I
)
_MONTH_FIRST = re.compile(rf"([^\W\d_]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}", re.I)
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_WEEKDAY = re.compile(r"^[^\W\d_]+\.?,\s+(?=\d)")


def day(cell: str, order: str, latest: date) -> date | None:
    """None for an empty cell. `order` says what 3/4/2024 means. Raises ValueError, also for a day after `latest`."""
    text = cell.strip()
    if not text:
        return None
    found = _read(_WEEKDAY.sub("", text[: LONGEST + 1]), order) if len(text) <= LONGEST else None
    if found is None or not FIRST <= found <= latest:
        raise ValueError(cell)
    return found


def order_of(cells: Iterable[str]) -> str:
    """Which of day and month comes first in this column, on the evidence of what can be no month; else as it is usual
    with its separator."""
    dotted = False
    for cell in cells:
        found = _EITHER.fullmatch(cell.strip()[:LONGEST])
        if found is None:
            continue
        if int(found[1]) > 12:
            return DMY
        if int(found[2]) > 12:
            return MDY
        dotted = dotted or "." in found[0][:3]
    return DMY if dotted else MDY


def _read(text: str, order: str) -> date | None:
    """None for what is no date; raises ValueError for one that no calendar has."""
    if found := _YMD.fullmatch(text) or _CJK.fullmatch(text) or _COMPACT.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _EITHER.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        year += 2000 if year < 100 else 0
        return date(year, first, second) if order == MDY else date(year, second, first)
    if _SECONDS.fullmatch(text):
        seconds = float(text)
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC).date()
    if found := _DAY_FIRST.fullmatch(text):
        return _named(found[3], found[2], found[1])
    if found := _MONTH_FIRST.fullmatch(text):
        return _named(found[3], found[1], found[2])
    return None


def _named(year: str, month: str, day: str) -> date | None:
    number = _months().get(month.casefold())
    return date(int(year), number, int(day)) if number else None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    from babel.dates import get_month_names

    return {
        name.casefold().rstrip("."): number
        for language in MONTHS_IN
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }
