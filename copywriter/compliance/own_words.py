"""The shop's own lists: words that no text may use, and names that none may mention. Pure.

A word is matched with its inflections by the Snowball stemmer; Chinese as it stands, anywhere; what has a sign in it
("C++", "100%") letter by letter. What a person typed is escaped, and never a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from copywriter.compliance.matching import CHINESE, Span, Words
from foundation.evidence.lexicon import stem
from foundation.evidence.normalise import normalise

MOST, LONGEST = 300, 80
"""Of a list's entries, and of the characters of one."""
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PLAIN = re.compile(r"[\w\s'-]+")
_POSSESSIVE = re.compile(r"'s?$")


def tidy(words: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Without doubles, blanks and what is too long, in their order."""
    cleaned = (" ".join(str(word).split()) for word in words)
    return tuple(dict.fromkeys(word for word in cleaned if word and len(word) <= LONGEST))[:MOST]


@dataclass(frozen=True, slots=True)
class WordList:
    """`stems`: first stem → the phrases that begin with it, by their length in words, longest first; without one of
    `signs` none is there."""

    stems: dict[str, tuple[tuple[int, frozenset[tuple[str, ...]]], ...]]
    signs: frozenset[str]
    literal: re.Pattern[str] | None

    def spans(self, words: Words) -> Iterator[Span]:
        if self.literal:
            yield from (found.span() for found in self.literal.finditer(words.text))
        if self.signs.isdisjoint(map(_stem, words.places)):
            return
        tokens = [(_stem(found[0]), *found.span()) for found in _TOKEN.finditer(words.text)]
        said = tuple(one[0] for one in tokens)
        for at, (first, start, _end) in enumerate(tokens):
            for length, phrases in self.stems.get(first, ()):
                if said[at : at + length] in phrases:
                    yield start, tokens[at + length - 1][2]
                    break


@lru_cache(maxsize=256)
def word_list(words: tuple[str, ...]) -> WordList:
    found: dict[str, list[tuple[str, ...]]] = {}
    signs, literal = set(), []
    for word in map(_normal, tidy(words)):
        if CHINESE.search(word):
            literal.append(re.escape(word))
        elif not _PLAIN.fullmatch(word):
            literal.append(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])")
        elif tokens := _TOKEN.findall(word):
            signs.add(_stem(tokens[0].partition("'")[0]))
            found.setdefault(_stem(tokens[0]), []).append(tuple(map(_stem, tokens)))
    return WordList({first: _by_length(each) for first, each in found.items()}, frozenset(signs), _any_of(literal))


def _by_length(phrases: list[tuple[str, ...]]) -> tuple[tuple[int, frozenset[tuple[str, ...]]], ...]:
    lengths = sorted({len(phrase) for phrase in phrases}, reverse=True)
    return tuple((length, frozenset(one for one in phrases if len(one) == length)) for length in lengths)


@lru_cache(maxsize=16384)
def _stem(token: str) -> str:
    return stem(_POSSESSIVE.sub("", token.lower()))


def _normal(word: str) -> str:
    return normalise(word).text.strip()


def _any_of(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(sorted(patterns, key=len, reverse=True)), re.I) if patterns else None


def names_in(words: Words, names: tuple[str, ...]) -> Iterator[Span]:
    """Names with or without hyphens ("Coca-Cola", "CocaCola") and with a possessive. One plain capitalised word
    ("Target") has to be capitalised, or it is the common word; any other name is known in any capitals."""
    begun = _begin(names)
    low = words.text.lower() if begun else ""
    for first, pattern in begun:
        if first in low:
            yield from (found.span() for found in pattern.finditer(words.text))


@lru_cache(maxsize=256)
def _begin(names: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each name's first part in small letters, which a text has to hold, and its pattern."""
    known = [name for name in map(_normal, tidy(names)) if name]
    return tuple((re.split(r"[\s-]", name.lower())[0], re.compile(_name(name))) for name in known)


def _name(name: str) -> str:
    if CHINESE.search(name):
        return re.escape(name)
    parts = [part for part in re.split(r"[\s-]+", name) if part]
    written = r"[\s_-]{0,2}".join(map(re.escape, parts))
    common = len(parts) == 1 and parts[0].isalpha() and parts[0].istitle()
    forms = f"{written}|{re.escape(name.upper())}" if common else f"(?i:{written})"
    return rf"(?<![^\W_])(?:{forms})(?:'s|')?(?![^\W_])"
