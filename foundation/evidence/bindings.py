"""Which part a material, colour or size word belongs to: a copper kettle with a steel handle is no steel kettle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from foundation.evidence.lexicon import SIZE_WORDS, Phrase, lexicon
from foundation.evidence.phrases import Part
from foundation.evidence.tokens import Token
from foundation.evidence.types import Kind

_BOUND = frozenset({Kind.MATERIAL, Kind.COLOUR, Kind.SIZE})


def kinds_of(words: Phrase, low: str) -> set[Kind]:
    kinds = set(lexicon().kinds.get(words, ()))
    if len(words) == 1 and low in SIZE_WORDS:
        kinds.add(Kind.SIZE)
    return kinds


def head(part: Part, tokens: Sequence[Token]) -> str | None:
    """The stem of the thing that the part describes: the last word of the run of words that follows it, other materials
    and colours left out ("black leather bag" → bag); None where nothing follows directly."""
    for at in range(part.last + 1, min(part.last + 4, len(tokens))):
        token = tokens[at]
        if not token.is_word or token.low in lexicon().harmless:
            return None
        if not kinds_of((token.stem,), token.low) & _BOUND:
            return token.stem
    return None


@dataclass
class Bindings:
    """`heads`: modifier → the things that the facts give it to; `free`: modifiers that stand for the whole product."""

    heads: dict[Phrase, set[str]] = field(default_factory=dict)
    free: set[Phrase] = field(default_factory=set)
    modified: dict[str, set[Phrase]] = field(default_factory=dict)

    def add(self, found: Sequence[Part], tokens: Sequence[Token], label: Sequence[Token]) -> None:
        for part in found:
            if not kinds_of(part.words, tokens[part.first].low) & _BOUND:
                continue
            thing = head(part, tokens)
            for words in lexicon().backed_by(part.words):
                if thing is None:
                    self.free.add(words)
                else:
                    self.heads.setdefault(words, set()).add(thing)
                    self.modified.setdefault(thing, set()).add(words)

    def conflict(self, part: Part, tokens: Sequence[Token]) -> bool:
        """Whether the facts give the part's word to other things only, and this thing another word of its own."""
        words = lexicon().canonical(part.words)
        thing = head(part, tokens)
        if thing is None or words in self.free or words not in self.heads or thing in self.heads[words]:
            return False
        kinds = lexicon().kinds.get(words, set())
        rivals = (other for other in self.modified.get(thing, ()) if other != words)
        return any(lexicon().kinds.get(other, set()) & kinds for other in rivals)
