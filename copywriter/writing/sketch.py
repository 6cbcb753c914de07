"""A few numbers by which texts that resemble each other are found. Pure.

A bottom-k sketch (Broder 1997, "On the resemblance and containment of documents"): of the hashes of a text's word
shingles the smallest ones. Resemblance is the Jaccard index of two texts' shingles; the smallest hashes of both
together are a sample of their union, and how many of these both have estimates it. Texts of no more than `SIZE`
shingles are compared whole.

Numbers, colours and sizes count as alike: texts of variants differ in nothing else, and to a reader and to a search
engine they are the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from foundation.evidence import Kind
from foundation.evidence.lexicon import SIZE_WORDS, lexicon, phrase, stem

SIZE = 32
SHINGLE = 3
"""Words a shingle. In 20 words, which are usual here, another word costs three of 18."""
ALIKE = 0.8
"""Resemblance from which two texts are near-duplicates: five of six of such short texts' shingles are shared."""
Sketch = tuple[int, ...]
_NUMBER = re.compile(r"\d.*")
_ANY_NUMBER, _ANY_COLOUR, _ANY_SIZE = "#", "*colour", "*size"
_SIZES = frozenset(map(stem, SIZE_WORDS))


@dataclass(frozen=True, slots=True)
class Near:
    """Another draft and what it is about; how much its text resembles the one asked for, 0 to 1; `same` where both are
    equal to the letter, `copied` where they are because all that the model was given is."""

    draft: int
    name: str
    resemblance: float
    same: bool
    copied: bool = False


def sketch(text: str, among: str = "") -> Sketch:
    """The smallest hashes, signed and of 64 bits, in ascending order; none of an empty text. Stable over processes and
    versions. `among` names what the text is compared with: sketches of different ones have nothing in common."""
    return tuple(islice(sorted({_hash(shingle, among) for shingle in _shingles(text)}), SIZE))


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """Of the texts of two sketches, 0 to 1; 0 where either is empty."""
    mine, theirs = set(one), set(other)
    sample = set(islice(sorted(mine | theirs), SIZE))
    return len(sample & mine & theirs) / len(sample) if mine and theirs else 0.0


def probes(sketch: Sequence[int], least: float = ALIKE) -> list[tuple[int, ...]]:
    """Parts of a sketch, one of which every sketch that resembles it by `least` holds whole.

    By the pigeonhole principle: of n hashes such a one lacks at most (1 - least) · n, so with one part more than these
    at least one part is complete. An index finds few that hold a whole part, and many that hold any one hash."""
    lacking = int((1 - least) * len(sketch) + 1e-9)
    return [tuple(sketch[at :: lacking + 1]) for at in range(min(lacking + 1, len(sketch)))]


def _shingles(text: str) -> Iterator[str]:
    words = [_levelled(word) for word in phrase(text)]
    for at in range(max(1, len(words) - SHINGLE + 1) if words else 0):
        yield " ".join(words[at : at + SHINGLE])


def _levelled(word: str) -> str:
    """What counts as alike under one name."""
    if _NUMBER.match(word):
        return _ANY_NUMBER
    if word in _SIZES:
        return _ANY_SIZE
    return _ANY_COLOUR if Kind.COLOUR in lexicon().kinds.get((word,), ()) else word


def _hash(shingle: str, among: str) -> int:
    digest = blake2b(f"{among}\0{shingle}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
