"""The "a" that a small model leaves out before the word for the thing: "It is homemade white flower pot". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from copywriter.writing.coverage import is_type
from copywriter.writing.short_names import heads
from foundation.evidence import Fact, Kind
from foundation.evidence.lexicon import lexicon, stem
from foundation.evidence.wordsets import words

_JOINING = r"(?!(?:an?|the|and|or|in|of|with|by|from|for|made|one|no|not)\b)"
_BARE = re.compile(
    rf"\b((?:It|This) is )({_JOINING}[a-z][\w-]*(?: {_JOINING}[\w-]+){{0,5}} )(\w+)(?=[.,]| by\b| from\b| with\b)"
)
_MASS = words("jewelry jewellery clothing furniture bedding eyewear swimwear footwear food coffee tea powder oil")


def things(facts: Iterable[Fact]) -> frozenset[str]:
    """Stems of the words for the thing, by its title and type."""
    return frozenset(word for fact in facts if fact.source == "title" or is_type(fact) for word in heads(fact.value))


def with_article(text: str, names: Set[str]) -> str:
    """The text with "a" or "an" before one thing told without; what has no plural is left as it is."""
    return _BARE.sub(lambda found: _mended(found, names), text)


def _mended(found: re.Match[str], names: Set[str]) -> str:
    said, adjectives, noun = found.groups()
    low = noun.lower()
    is_one = stem(low) in names and low not in _MASS and not low.endswith("s")
    if not is_one or Kind.MATERIAL in lexicon().kinds.get((stem(low),), ()):
        return found[0]
    return f"{said}{'an' if adjectives[0] in 'aeiou' else 'a'} {adjectives}{noun}"
