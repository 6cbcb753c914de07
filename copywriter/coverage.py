"""Which facts a text tells. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from foundation.evidence import Fact
from foundation.evidence.lexicon import lexicon, stem

_WORD = re.compile(r"[^\W_]+")
_YES, _NO = frozenset(["yes", "true"]), frozenset(["no", "false"])
_LIST = re.compile(r"\s*[,;|/]\s*")
_BARE = re.compile(r"[\d.,]+")
_MEASURED = re.compile(
    r"(?i)\b(?:width|height|length|depth|weight|size|diameter|thickness|dimensions?|volume|capacity|content|duration)\b"
)
SAYS_WHAT = 3
"""Words of a title, besides the brand, that name a thing and more; in "Marlow" or "Blue Nights" only the type does. A
shop's type is often wider than the thing: a stain remover stands under "Laundry Detergent"."""
TOLD = 0.5
"""Share of a fact's content words that a text has to say."""


def coverage(text: str, facts: Sequence[Fact]) -> float:
    """Share of the wanted facts that the text tells, 0 to 1."""
    asking = wanted(facts)
    return len(told(text, facts)) / len(asking) if asking else 1.0


def wanted(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that a text should tell: not title and tags, a plain "no", a choice of yes and no, or a bare number
    that measures in nobody knows what; nor a type beside a title that says what the product is."""
    said = any(fact.source == "title" and len(_words_beside_brand(fact, facts)) >= SAYS_WHAT for fact in facts)
    return [fact for fact in facts if _asks(fact) and _content(fact) and not (said and is_type(fact))]


def is_type(fact: Fact) -> bool:
    return fact.source in ("type", "product_type", "category")


def _words_beside_brand(title: Fact, facts: Sequence[Fact]) -> list[str]:
    brands = {
        word for fact in facts if fact.source in ("vendor", "brand") for word in _WORD.findall(fact.value.lower())
    }
    return [word for word in _WORD.findall(title.value.lower()) if word.isalpha() and word not in brands]


def told(text: str, facts: Sequence[Fact]) -> frozenset[Fact]:
    """Those of the wanted facts of which the text says at least half of the content words."""
    return frozenset(fact for fact in wanted(facts) if share_told(text, fact) >= TOLD)


def share_told(text: str, fact: Fact) -> float:
    """Share of the fact's content words that the text says, 0 to 1."""
    said, content = _said(text), _content(fact)
    return len(content & said) / len(content) if content else 0.0


@lru_cache(maxsize=512)
def _said(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORD.findall(text.lower()))


def _asks(fact: Fact) -> bool:
    low = fact.value.lower().strip(" .")
    values = set(_LIST.split(low))
    nothing = low in _NO or (len(values) > 1 and values <= _YES | _NO)
    bare = bool(_BARE.fullmatch(low)) and bool(_MEASURED.search(fact.label))
    return fact.source not in ("title", "tags") and not nothing and not bare


@lru_cache(maxsize=4096)
def _content(fact: Fact) -> frozenset[str]:
    value = fact.label if fact.value.lower().strip(" .") in _YES else fact.value
    words = frozenset(stem(word) for word in _WORD.findall(value.lower()))
    return frozenset(word for word in words if word not in lexicon().harmless) or words
