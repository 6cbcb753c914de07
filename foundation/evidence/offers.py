"""Whether a word stands in a list of what one can choose: "available in gold or black", "comes in sizes S to XL"."""

from __future__ import annotations

import re

_ELSEWHERE = (
    "with|which|that|has|have|is|are|was|were|can|will|they|each|needs?|weighs?|measures?|holds?|takes?|fits|uses"
    "|includes?|features?|works?|runs?|keeps?|stays?|gives?|makes?|made|for|as"
)
_ON_OFFER = re.compile(
    r"\b(?:available|comes?|offered|sold|choose|pick|select)\s+(?:it\s+|them\s+)?(?:in|from|between)\b"
    rf"(?P<listed>(?:(?!\b(?:{_ELSEWHERE})\b)[^.;:()])*)$",
    re.I,
)
_CHOICE = re.compile(  # "Choose red, antique white or"
    r"\b(?:choose|pick|select)\s+(?!(?:the|an?|your|this|its|from)\b)"
    r"(?P<listed>(?:[\w-]+(?: [\w-]+)?(?:\s*,\s*(?:or\s+|and\s+)?|\s+(?:or|and)\s+)){0,8})$",
    re.I,
)
_ONE_THING = re.compile(r"\s+an?\s+(?:[\w-]+\s+)?$", re.I)
_SIZES = re.compile(r"\bsizes?\b", re.I)


def words_on_offer(before: str) -> str | None:
    """Of the text before a word, what the offer that the word belongs to has listed so far; None without an offer."""
    found = _ON_OFFER.search(before) or _CHOICE.search(before)
    return found["listed"] if found else None


def is_of_one_thing(listed: str) -> bool:
    """Whether the list is a single thing with an article: "comes in a yellow" leather sleeve."""
    return _ONE_THING.fullmatch(listed) is not None


def asks_for_size(listed: str) -> bool:
    return _SIZES.search(listed) is not None
