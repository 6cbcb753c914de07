"""The form in which titles and SKUs are searched: the same function for rows and for queries.

NFKC, case folded, a space before and after, and around every CJK character. PostgreSQL's trigrams then find a
two-letter word at a word's start and a single ideograph, which plain trigrams of the text can't.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

SEPARATOR = "\x1f"
CJK = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f])")
SPACES = re.compile(r" {2,}")


def normalise(text: str) -> str:
    return f" {_fold(text.replace(SEPARATOR, ' ')).strip()} "


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(CJK.sub(r" \1 ", folded).split())


def normalise_all(texts: Sequence[str]) -> list[str]:
    """`normalise` of each; fast where all are plain ASCII on one line."""
    joined = SEPARATOR.join(texts)
    if joined.isascii() and not SPACES.search(joined) and "\n" not in joined and "\t" not in joined:
        lowered = f" {joined.lower()} ".replace(SEPARATOR, f" {SEPARATOR} ")
        parts = lowered.split(SEPARATOR)
        if len(parts) == len(texts) and "\r" not in joined and "\x0b" not in joined and "\x0c" not in joined:
            return parts
    return [normalise(text) for text in texts]


def words(query: str) -> list[str]:
    """The words of a query, each with the spaces that pin it: a Latin word of one or two letters to a word's start."""
    result = []
    for word in normalise(query).split()[:12]:
        result.append(f" {word}" if len(word) < 3 else word)
    return result
