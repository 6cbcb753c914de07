"""A product's name as a sentence can carry it: shops fill titles with every word that a buyer may search for, and with
what other fields say too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from itertools import pairwise

from foundation.evidence import Kind
from foundation.evidence.lexicon import lexicon, phrase

LONGEST, MOST_WORDS = 60, 8
KEPT, FEWEST = 6, 2
ROW = 5
"""Most words of a name that ends in the word for the thing."""
ROOM = 1.25
"""How much longer a name may be that ends with the word for the thing."""
_BRACKETS = re.compile(r"\s*(?:\([^)]*\)|\[[^\]]*\]|【[^】]*】|\{[^}]*\})\s*")
_PARTS = re.compile(r",\s*|\s+[-–—|/]\s*|\s*[|;]\s*|\s*(?=[(\[【{])")
_BREAKS = (r"\s+[-–—|/]\s+|\s*[|;]\s*|,\s", r"\s+(?:for|with|by|of|in|from|fits|compatible)\s+")
_NUMBER = r"(?i:(?<!spf))\s+(?=\d)"
_COUNT = re.compile(
    r"(?i)^(?:\d+\s*(?:pcs?|x|packs?|box(?:es)?|sets?)(?:\s+of)?|(?:lot|set|pack) of \d+|20\d\d(?:\s+new)?)\s+"
)
_TAIL = re.compile(r"(?i)(?:\s+(?:and|or|for|with|of|in|by|to|the|a|no|&|\+|-))+$")
_MEASURE = re.compile(r"(?i)\s+\d[\d.,]*(?:[\s-]?[a-z]++\.?){1,3}$")
_LEADING = re.compile(r"^(?:\[[^\]]*\]|【[^】]*】)\s*")
_PACKING = frozenset(phrase("pack of a box bag each size color packaging may vary"))
_NO_THING = frozenset(phrase("mens womens man woman boys girls kids unisex adult new set pack size reusable spf"))


def short_name(title: str, brand: str = "", kind: str = "", told: Iterable[str] = ()) -> str:
    """The title without the brand before it and the parts that the values `told` say again; where that is long, what
    stands before a dash, a bar, a comma, a "for" or a number, or up to the word for the `kind` of thing, at most `KEPT`
    words and without a count before it."""
    name = _without_told(_LEADING.sub("", title.strip()), frozenset(word for value in told for word in phrase(value)))
    if brand:
        name = _unless_bare(name, re.sub(rf"(?i)^{re.escape(brand)}(?:'s)?[\s,|/–—-]+", "", name))
    if _fits(name):
        return name
    name = _BRACKETS.sub(" ", name).strip() or name
    name = _unless_bare(name, _COUNT.sub("", name))
    return _TAIL.sub("", _cut(name, kind)).strip(" ,-–—|/;+&")


def _unless_bare(name: str, shorter: str) -> str:
    return shorter if len(shorter.split()) >= FEWEST else name


def _cut(name: str, kind: str) -> str:
    """At the first break that makes it short enough, else behind the word for the kind, before a number or after
    `KEPT` words."""
    for breaks in _BREAKS:
        if not _fits(name):
            name = _before(name, breaks)
    if _fits(name):
        return name
    ended = _before(name, rf"(?<=\b{re.escape(kind)})\b") if kind else name
    if ended != name and _fits(ended, ROOM):
        return ended
    name = _before(name, _NUMBER)
    return name if _fits(name) else " ".join(name.split()[:KEPT])[:LONGEST]


def is_proper(name: str, kind: str) -> bool:
    """Whether the title is one word with a capital that does not name the `kind` of thing."""
    return name.isalpha() and name.istitle() and bool(kind) and not set(phrase(name)) & set(phrase(kind))


def heads(name: str) -> frozenset[str]:
    """Stems of the last two words before a dash, a comma or a "for" that tell no colour and no buyer: one of them is
    what the thing is. None of a row of key words, which may end in anything."""
    first = _before(_before(name, _BREAKS[0]), _BREAKS[1])
    if len(first.split()) > ROW:
        return frozenset()
    said = [word for word in phrase(first) if word.isalpha() and len(word) > 1 and word not in _NO_THING]
    named = [word for word in said if Kind.COLOUR not in lexicon().kinds.get((word,), ())]
    return frozenset((named or said)[-2:])


def _without_told(title: str, told: Set[str]) -> str:
    """Without the parts behind the first ("…, Blue (Pack of 2)"), and the number at the end, that are told in full."""
    starts = [0, *(found.start() for found in _PARTS.finditer(title)), len(title)]
    parts = [title[start:end] for start, end in pairwise(starts)]
    name = "".join([parts[0], *(part for part in parts[1:] if not _is_told(part, told))])
    measure = _MEASURE.search(name)
    if measure and _is_told(measure[0], told):
        name = _unless_bare(name, name[: measure.start()])
    return _unless_bare(title, name)


def _is_told(part: str, told: Set[str]) -> bool:
    return set(phrase(part)) <= told | _PACKING


def _before(name: str, breaks: str) -> str:
    """The first part that has two words or more, with what stands before it."""
    for found in re.finditer(breaks, name, re.IGNORECASE):
        if len(name[: found.start()].split()) >= FEWEST:
            return name[: found.start()]
    return name


def _fits(name: str, room: float = 1.0) -> bool:
    return len(name) <= LONGEST * room and len(name.split()) <= MOST_WORDS * room
