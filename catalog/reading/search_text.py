"""The form in which titles and SKUs are searched: the same function for rows and for queries.

Only ASCII comes out, because PostgreSQL's trigrams know no other letters where the database's character type is C:
accents fall away, an ideograph becomes a word of its own, and any other letter its code. A space stands before and
after, so that a two-letter word is found at a word's start, which the trigrams of its padding make fast.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

SEPARATOR = "\x1f"
UNEVEN = ("  ", "\n", "\t", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e")
IDEOGRAPHIC = ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3134F))
WORDS = 12


class _Codes(dict[int, str]):
    """What stands for a character beyond ASCII; filled as they come."""

    def __missing__(self, code: int) -> str:
        self[code] = text = _coded(code)
        return text


def _coded(code: int) -> str:
    if code < 128:
        return chr(code)
    category = unicodedata.category(chr(code))
    if category.startswith("M"):
        return ""  # an accent on the letter before it
    if not category.startswith(("L", "N")):
        return " "
    if any(first <= code <= last for first, last in IDEOGRAPHIC):
        return f" q{code:x} "
    return f"q{code:x}"


_CODES = _Codes()


def normalise(text: str) -> str:
    """Lower case, words apart by one space, one before and one after."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold().translate(_CODES)
    return f" {' '.join(text.lower().split())} "


def normalise_all(texts: Sequence[str]) -> list[str]:
    """`normalise` of each; all at once where they are ASCII with single spaces, as most are."""
    joined = SEPARATOR.join(texts)
    if joined.isascii() and joined.count(SEPARATOR) == len(texts) - 1 and even(joined):
        padded = f" {joined.lower()} ".replace(SEPARATOR, f" {SEPARATOR} ")
        if "  " not in padded:
            return padded.split(SEPARATOR)
    return [normalise(text) for text in texts]


def even(text: str) -> bool:
    """Whether single blanks are the only white space of an ASCII text (looking for each is faster than a pattern)."""
    return not any(mark in text for mark in UNEVEN)


def words(query: str) -> list[str]:
    """What must occur, one pattern a word of the query; a word of one or two letters must begin one."""
    patterns = []
    for word in query.split()[:WORDS]:
        core = normalise(word).strip()
        if core:
            patterns.append(f" {core}" if len(core) < 3 else core)
    return patterns
