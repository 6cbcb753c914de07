"""What a headline may not say: words that are harmless in a sentence, and tell of something in a name."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.evidence import Fact
from foundation.evidence.lexicon import lexicon, spelt, stem
from foundation.evidence.wordsets import words

_JOINING = words(
    "with from made into your this that these those over under inside comes for and meet discover choose find take have"
    " look made-to perfect new size sizes sized colour colours color colors piece pieces long wide high each both plus"
    " holds hold just weighs measures brand available crafted designed"
)
_SHORT = 4


def empty_words(text: str, facts: Iterable[Fact]) -> list[str]:
    """Such words that no fact has: "Numbered Collar" and "Small Offers" of a plain shirt."""
    known = {stem(word) for fact in facts for word in spelt(f"{fact.label} {fact.value}")}
    harmless = (word for word in spelt(text) if len(word) >= _SHORT and word not in _JOINING and _is_harmless(word))
    return [word for word in harmless if stem(word) not in known]


def _is_harmless(word: str) -> bool:
    return word in lexicon().harmless or stem(word) in lexicon().harmless
