"""Where a sentence ends. Rules for product copy: "1.5 kg", "No. 5", "e.g. linen", "approx. 3 m" hold together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foundation.evidence.wordsets import words

_ABBREVIATIONS = words(
    "fl e.g i.e no nos approx ca vs etc mr mrs ms dr st inc ltd co corp dia diam max min incl excl fig vol oz lb lbs"
    " ft sq wt qty pcs pc temp est dept jr sr ave u.s u.k cu gal tbsp tsp art"
)
# A run of marks is tried at its beginning only, and given up as a whole: a row of dots takes no longer than a text.
_END = re.compile(r"(?<![.!?])[.!?]++[\"')\]]*+(?=\s|$)|[。！？]+|\n+")
_LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.]*)$")
_CLOSING = words("etc inc ltd co oz lb lbs ft pcs pc")
_MEASURED = words("min max dia diam incl excl wt qty temp est gal tbsp tsp sq cu")
_AMOUNT = re.compile(r"\d[\w.,%°]*\s*(?:[\w/°%]{1,6}\s*)?$")  # what makes "8 m/min." and "100 A max." an end
_NEXT = re.compile(r"\S")
_WINDOW = 80  # characters before a mark that are looked at: more than any abbreviation and the word before it
_BULLET = re.compile(r"\s*(?:[-*•·–]+|\d{1,2}[.)])\s+")


def _ends(text: str, mark: re.Match[str]) -> bool:
    if mark.group().startswith("\n") or set(mark.group()) & set("!?。！？"):
        return True
    following = _NEXT.search(text, mark.end())
    before = text[max(0, mark.start() - _WINDOW) : mark.start()]
    word = _LAST_WORD.search(before)
    if word is None or following is None:
        return True
    rest = following.group()
    low = word.group(1).lower()
    if low in ("no", "nos", "vol", "fig", "art"):
        return not rest.isdigit()
    if low in _ABBREVIATIONS or (
        len(low) == 1 and word.group(1).isupper() and rest.isupper() and _initial(before, word)
    ):
        closing = low in _CLOSING or (low in _MEASURED and bool(_AMOUNT.search(before, 0, word.start())))
        return closing and rest.isupper()
    return True


def _initial(text: str, word: re.Match[str]) -> bool:
    """A single capital is an initial ("J. Smith") unless a size, model or vitamin stands before it ("in size M.")."""
    before = text[: word.start()].rstrip().rsplit(" ", 1)[-1]
    return not before or before.endswith((".", "!", "?")) or (before[:1].isupper() and before.lower() not in _LETTERED)


_LETTERED = words("size sizes grade class type model vitamin usb")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence without the white space around it; a line break always ends one."""
    start = 0
    for mark in _END.finditer(text):
        if _ends(text, mark):
            yield from _trimmed(text, start, mark.end())
            start = mark.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    bullet = _BULLET.match(text, start, end)
    if bullet:
        start = bullet.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(char.isalnum() for char in text[start:end]):
        yield start, end
