"""The parts of a text that can be looked up: the longest known phrase at each place, else the single word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.evidence.lexicon import Phrase, lexicon
from foundation.evidence.tokens import Token


@dataclass(slots=True)
class Part:
    """The tokens first..last (inclusive) as one phrase of stems; `negated` if any of them is."""

    words: Phrase
    first: int
    last: int
    negated: bool


def _longest(stems: Sequence[str], at: int) -> int:
    for phrase in lexicon().phrases_by_first.get(stems[at], ()):
        size = len(phrase)
        if tuple(stems[at : at + size]) == phrase:
            return size
    return 1


def parts(tokens: Sequence[Token], single_too: bool = True) -> list[Part]:
    """Every word, and every known phrase of several words; `single_too=False` leaves out the words of a phrase."""
    stems = [token.stem for token in tokens]
    found: list[Part] = []
    covered = 0
    for at, token in enumerate(tokens):
        size = 1 if at < covered else _longest(stems, at)
        if size > 1:
            covered = at + size
            negated = any(tokens[i].negated for i in range(at, covered))
            found.append(Part(tuple(stems[at:covered]), at, covered - 1, negated))
        if token.is_word and (single_too or at >= covered):
            found.append(Part((token.stem,), at, at, token.negated))
    return found
