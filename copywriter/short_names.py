"""A product's name as a sentence can carry it: shops fill titles with every word that a buyer may search for."""

from __future__ import annotations

import re

LONGEST, MOST_WORDS = 60, 8
KEPT = 6
_BRACKETS = re.compile(r"\s*(?:\([^)]*\)|\[[^\]]*\]|【[^】]*】|\{[^}]*\})\s*")
_BREAKS = (r"\s+[-–—|/]\s+|\s*[|;]\s*|,\s", r"\s+(?:for|with|by|of|in|from|fits|compatible)\s+")
_COUNT = re.compile(r"(?i)^(?:\d+\s*pcs?|\d+\s*x)\s+")
_TAIL = re.compile(r"(?i)(?:\s+(?:and|or|for|with|of|in|by|to|the|a|no|&|\+|-))+$")


def short_name(title: str, brand: str = "") -> str:
    """The title where it is short; else, without the brand or a count before it, what stands before a dash, a bar, a
    comma or a "for", at most `KEPT` words."""
    if _fits(title):
        return title.strip()
    name = _BRACKETS.sub(" ", title).strip() or title.strip()
    bare = re.sub(rf"^{re.escape(brand)}(?:'s)?[\s,|/–—-]+", "", name, flags=re.IGNORECASE) if brand else name
    name = bare if len(bare.split()) >= 2 else name
    bare = _COUNT.sub("", name)
    name = bare if len(bare.split()) >= 2 else name
    for breaks in _BREAKS:
        if not _fits(name):
            name = _before(name, breaks)
    if not _fits(name):
        name = " ".join(name.split()[:KEPT])[:LONGEST]
    return _TAIL.sub("", name).strip(" ,-–—|/;")


def _before(name: str, breaks: str) -> str:
    """The first part that has two words or more, with what stands before it."""
    for found in re.finditer(breaks, name, re.IGNORECASE):
        if len(name[: found.start()].split()) >= 2:
            return name[: found.start()]
    return name


def _fits(name: str) -> bool:
    return len(name) <= LONGEST and len(name.split()) <= MOST_WORDS
