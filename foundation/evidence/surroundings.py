"""The words around a number that say what it measures: "a 20 cm blade", "weighs 5 kg", "height: 12 cm"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.evidence.lexicon import stem
from foundation.evidence.quantities import Quantity
from foundation.evidence.tokens import Token
from foundation.evidence.units import ATTRIBUTES
from foundation.evidence.wordsets import words

_STOP = words("and or but with while plus")
_WEAK = words(
    "x description notes note details detail highlights title tags summary"
    " a an the this that these those is are was be of in on at to for from by it its has have had as up about"
    " approximately around than each per over under least most only just measures measure measuring comes come"
    " available features feature offers made product item your you can will not"
)
_BEFORE, _AFTER = 5, 2


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`attribute`: what is measured (width, load …) or ""; `words`: stems that name it or its part."""

    attribute: str = ""
    words: frozenset[str] = frozenset()
    after: str = ""

    def under(self, label: Surroundings) -> Surroundings:
        """These surroundings inside a field that is called `label`: what the value says itself counts first."""
        return Surroundings(self.attribute or label.attribute, self.words | label.words, self.after)


def _window(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if token.low in _STOP or not (token.is_word or token.text in "\"'°%"):
            break
        kept.append(token)
    return kept


def _attribute(window: Sequence[Token], dimension: str) -> str:
    for token in window:
        if dimension == "mass" and token.low in ("hold", "holds", "carries", "carry", "maximum", "max"):
            return "load"
        if token.low in ATTRIBUTES:
            return ATTRIBUTES[token.low]
    return ""


def surroundings(quantity: Quantity | None, others: Sequence[Quantity], tokens: Sequence[Token]) -> Surroundings:
    """What stands around the quantity among the tokens of its text; for None, the tokens are those of a label."""
    if quantity is None:
        words = [token for token in tokens if token.is_word]
        return Surroundings(_attribute(words, ""), frozenset(t.stem for t in words if t.low not in _WEAK))
    left = max((one.end for one in others if one.end <= quantity.start), default=0)
    right = min((one.start for one in others if one.start >= quantity.end), default=1 << 30)
    before = _window([t for t in reversed(tokens) if left <= t.start and t.end <= quantity.start][:_BEFORE])
    after = _window([t for t in tokens if t.start >= quantity.end and t.end <= right][:_AFTER])
    nouns = [token for token in after if token.is_word and token.low not in _WEAK]
    named = frozenset(t.stem for t in (*before, *after) if t.is_word and t.low not in _WEAK)
    attribute = _attribute(after, quantity.dimension) or _attribute(before, quantity.dimension)
    return Surroundings(attribute, named, stem(nouns[0].low) if nouns and after[0] is nouns[0] else "")
