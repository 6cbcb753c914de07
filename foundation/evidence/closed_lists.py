"""Lists that a text tells whole: "the ingredients are …" or "made of …" that leaves some of them out is untrue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foundation.evidence.lexicon import lexicon, phrase

_INGREDIENTS = re.compile(r"(?i)\bingredients?\b")
_PARTED = re.compile(r"\s*[,;|/&+\n]\s*|\s+and\s+")
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_BEFORE_SHARE = re.compile(rf"{_PARTED.pattern}|\s+(?=\d+(?:[.,]\d+)?\s*%)")
_TELLS_INGREDIENTS = re.compile(
    r"(?i)\bingredients?\b(?:\s+\w+){0,3}?\s*(?:\bare\b|\bis\b|:)|\bmade (?:only |just )?with\b"
)
_TELLS_FIBRES = re.compile(
    r"(?i)\b(?:made|crafted|knitted|knit|woven|sewn|consists?|composed|cut) (?:of|from|out of)\b"
)
_EXCERPT = re.compile(r"(?i)\b(?:includ\w+|among|such as|like|mainly|mostly|partly|some|contains?|blend\w*|mix\w*)\b")
_SLIGHT = 10.0
"""Per cent: cloth that holds less of a fibre is still called by its others."""


@dataclass(frozen=True, slots=True)
class ClosedList:
    """Its items, each as the stems that tell it from the others; `fibres` where each has its per cent."""

    items: tuple[frozenset[str], ...]
    fibres: bool


def closed_list(label: str, text: str) -> ClosedList | None:
    """The list that a field tells whole: its ingredients, or what it is made of by shares; None for other fields."""
    shares = [float(share.replace(",", ".")) for share in _SHARE.findall(text)]
    if len(shares) > 1 and 99 <= sum(shares) <= 101:  # more is two cloths, each told by itself
        pieces = [piece for piece in _BEFORE_SHARE.split(text) if _SHARE.search(piece)]
        named = [piece for piece, share in zip(pieces, shares, strict=False) if share >= _SLIGHT]
        return _list_of(named, fibres=True)
    return _list_of(_PARTED.split(text), fibres=False) if _INGREDIENTS.search(label) else None


def _list_of(pieces: Iterable[str], fibres: bool) -> ClosedList | None:
    items = [item for piece in pieces if (item := _content(piece))]
    common = {word for item in items for word in item if sum(word in other for other in items) > 1}
    told_apart = tuple(item - common or item for item in items)  # "oil" tells no oil from the others
    return ClosedList(told_apart, fibres) if len(items) > 1 else None


def _content(piece: str) -> frozenset[str]:
    words = (word for word in phrase(piece) if word.isalpha() and len(word) > 1)
    return frozenset(word for word in words if word not in lexicon().harmless)


def cut_short(sentence: str, stems: Iterable[str], lists: Sequence[ClosedList]) -> re.Match[str] | None:
    """Where the sentence tells some of a list as if that were all of it; None where it does not."""
    said = frozenset(stems)
    for one in lists:
        told = (_TELLS_FIBRES if one.fibres else _TELLS_INGREDIENTS).search(sentence)
        named = sum(not said.isdisjoint(item) for item in one.items)
        if told and 0 < named < len(one.items) and not _EXCERPT.search(sentence):
            return told
    return None
