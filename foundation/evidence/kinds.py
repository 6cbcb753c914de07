"""What a part of a sentence is about: its words in the lists, its ending, its writing, what stands before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foundation.evidence.bindings import kinds_of
from foundation.evidence.lexicon import lexicon
from foundation.evidence.phrases import Part
from foundation.evidence.tokens import Token
from foundation.evidence.types import Kind
from foundation.evidence.wordsets import words

_EST = re.compile(r"[a-z]{2,}(?:iest|[^aeiou]est)$")
_NOT_EST = words(
    "forest chest vest west rest guest harvest nest test request invest interest honest modest digest contest"
    " protest arrest suggest crest quest latest-model manifest attest conquest breast priest tempest northwest"
    " southwest zest fest pest"
)
_COMPATIBLE = re.compile(
    r"\b(?:compatible|works?|fits?|use|pairs?|connects?)\s+(?:with|to|for)?\s*$|\bcompatible with\b[^,.;]*$", re.I
)


def kind_of(part: Part, tokens: Sequence[Token]) -> Kind:
    """The kind of a part whether or not a fact holds it; DETAIL where its words are of no special kind."""
    token = tokens[part.first]
    kinds = kinds_of(part.words, token.low)
    for kind in (Kind.MATERIAL, Kind.COLOUR, Kind.PLACE, Kind.CERTIFICATE, Kind.FEATURE, Kind.SIZE):
        if kind in kinds:
            return _by_writing(kind, token, part)
    if len(part.words) == 1:
        most = part.first > 0 and tokens[part.first - 1].low == "most"
        if token.low in lexicon().superlatives or _is_est(token.low) or most:
            return Kind.SUPERLATIVE
    return Kind.DETAIL


def kind_of_unknown(part: Part, tokens: Sequence[Token], before: str) -> Kind:
    """The kind of a detail that no fact holds; `before` is the text in front of it."""
    token = tokens[part.first]
    if token.low in lexicon().opinion or token.stem in lexicon().opinion:
        return Kind.OPINION
    if _COMPATIBLE.search(before):
        return Kind.COMPATIBILITY
    if token.text[0].isupper() and part.first > 0:
        return Kind.NAME
    return Kind.WORDING


def _by_writing(kind: Kind, token: Token, part: Part) -> Kind:
    """Short certificate names are words too: "en", "ce", "reach", "us" count as marks in capitals only."""
    if kind is Kind.CERTIFICATE and len(part.words) == 1 and len(token.stem) < 6 and not token.text.isupper():
        return Kind.DETAIL
    return kind


def _is_est(low: str) -> bool:
    return len(low) > 4 and bool(_EST.fullmatch(low)) and low not in _NOT_EST
