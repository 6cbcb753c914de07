"""Which facts a text tells. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from copywriter.writing.briefs import values_of
from foundation.evidence import Fact
from foundation.evidence.lexicon import lexicon, phrase, spelt

_YES, _NO = frozenset(["yes", "true"]), frozenset(["no", "false"])
_CHOICE = re.compile(r"\s*[,;|/]\s*")
_BARE = re.compile(r"[\d.,]+")
_MEASURED = re.compile(
    r"(?i)\b(?:width|height|length|depth|weight|size|diameter|thickness|dimensions?|volume|capacity|content|duration)\b"
)
_CHOSEN = re.compile(r"(?i)(?:colou?rs?|sizes?)")
_OWNER = re.compile(r"['’]s\b")
_RANGE = re.compile(r"(?i)\b(?:to|through|from)\b|[-–]")
SAYS_WHAT = 3
"""Words of a title, besides the brand, that name a thing and more; in "Marlow" or "Blue Nights" only the type does. A
shop's type is often wider than the thing: a stain remover stands under "Laundry Detergent"."""
SHORTEST = 4
SHORT_VALUE = (2, 3)
"""Content words of a value that is one name; of a longer one a part may be enough."""
TOLD = 0.5
"""Share of a fact's content words that a text has to say."""


def coverage(text: str, facts: Sequence[Fact]) -> float:
    """Share of the wanted facts that the text tells, 0 to 1."""
    asking = wanted(facts)
    return len(told(text, facts)) / len(asking) if asking else 1.0


def tellable(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that something can be told of: not title and tags, a plain "no", a choice of yes and no, or a bare
    number that measures in nobody knows what."""
    return [fact for fact in facts if _asks(fact) and _content(fact)]


def wanted(facts: Sequence[Fact]) -> list[Fact]:
    """Those that a text should tell: all but a type beside a title that says what the product is."""
    said = any(fact.source == "title" and len(_words_beside_brand(fact, facts)) >= SAYS_WHAT for fact in facts)
    return [fact for fact in tellable(facts) if not (said and is_type(fact))]


def is_sentence(fact: Fact) -> bool:
    """Whether it is a sentence of the shop's own description, not a line of it that names a field."""
    return fact.source == "description" and fact.label == "Description"


def is_type(fact: Fact) -> bool:
    return fact.source in ("type", "product_type", "category") or fact.label.lower() in ("product type", "item type")


def is_brand(fact: Fact) -> bool:
    return fact.source in ("vendor", "brand")


def brands(facts: Iterable[Fact]) -> list[str]:
    return [fact.value for fact in facts if is_brand(fact)]


def is_detail(fact: Fact) -> bool:
    """A field of its own: not what the thing is called, who made it, or the shop's own words."""
    return fact.source not in ("title", "tags", "description") and not is_brand(fact) and not is_type(fact)


def is_yes(fact: Fact) -> bool:
    """Whether the value only says that the label holds: "Dishwasher safe: Yes"."""
    return _answer(fact) in _YES


def _answer(fact: Fact) -> str:
    return fact.value.lower().strip(" .")


def _words_beside_brand(title: Fact, facts: Sequence[Fact]) -> list[str]:
    """Without the letters of codes and units: "72-GB 10K SAS SP" names nothing."""
    makers = {word for name in brands(facts) for word in spelt(name)}
    short = {word for word in spelt(title.value) if len(word) < SHORTEST or not word.isalpha()}
    return [word for word in spelt(title.value) if word not in makers | short]


def told(text: str, facts: Sequence[Fact]) -> frozenset[Fact]:
    """Those of the wanted facts of which the text says at least half of the content words; of a sentence of the shop's
    own, of what it adds to the title."""
    title = frozenset(word for fact in facts if fact.source == "title" for word in phrase(fact.value))
    return frozenset(
        fact for fact in wanted(facts) if share_told(text, fact, title if is_sentence(fact) else frozenset()) >= TOLD
    )


def _lists_in_part(text: str, fact: Fact) -> bool:
    """Whether the text names some of what one can choose from and leaves some out; a range leaves nothing out."""
    if not (fact.source.startswith("option:") or _CHOSEN.fullmatch(fact.label)) or _RANGE.search(text):
        return False
    said = _said(_OWNER.sub("", text))
    named = [_said(value) <= said for value in values_of(fact) if _said(value)]
    return any(named) and not all(named)


def tells_in_part(text: str, fact: Fact) -> bool:
    """Whether the text tells a list or a short value and leaves some of it out."""
    return _lists_in_part(text, fact) or _says_half(text, fact)


def _says_half(text: str, fact: Fact) -> bool:
    """Whether the text says some words of a short value and not the others: "raspberry" of "Raspberry Dragon Fruit"."""
    words = _content(fact)
    if not is_detail(fact) or len(values_of(fact)) > 1:
        return False
    short = len(words) in SHORT_VALUE and all(word.isalpha() for word in words)
    return short and 0 < len(words & _said(text)) < len(words)


def share_told(text: str, fact: Fact, beside: frozenset[str] = frozenset()) -> float:
    """Share of the fact's content words that the text says, 0 to 1; words `beside` do not count where others are."""
    said, content = _said(text), _content(fact)
    content = content - beside or content
    return len(content & said) / len(content) if content else 0.0


@lru_cache(maxsize=512)
def _said(text: str) -> frozenset[str]:
    return frozenset(phrase(text))


def _asks(fact: Fact) -> bool:
    low = _answer(fact)
    values = set(_CHOICE.split(low))
    nothing = low in _NO or (len(values) > 1 and values <= _YES | _NO)
    bare = bool(_BARE.fullmatch(low)) and bool(_MEASURED.search(fact.label))
    return fact.source not in ("title", "tags") and not nothing and not bare


@lru_cache(maxsize=4096)
def _content(fact: Fact) -> frozenset[str]:
    words = frozenset(phrase(fact.label if is_yes(fact) else fact.value))
    return frozenset(word for word in words if word not in lexicon().harmless) or words
