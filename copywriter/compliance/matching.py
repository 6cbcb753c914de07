"""Finds a wording's phrases in a text. Pure.

A phrase is looked for only where one of a wording's first words stands, and only a phrase that was found is held
against what says something else ("best before"). All quantifiers are bounded, so that the time grows with the text's
length and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from copywriter.compliance.rule import Wording
from foundation.evidence.normalise import normalise

CHINESE = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]+")
_GAP = r"[\s_-]{1,3}"
_JOINED = r"[\s_-]{0,3}"
_AROUND = 60  # characters before and behind a phrase in which an excuse may begin and end
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """A normalised text with the places of its words, in small letters."""

    text: str
    places: dict[str, list[int]]
    chinese: bool

    @classmethod
    def of(cls, text: str) -> Words:
        places: dict[str, list[int]] = {}
        for found in _WORD.finditer(text):
            places.setdefault(found[0].lower(), []).append(found.start())
        return cls(text, places, bool(CHINESE.search(text)))


@dataclass(frozen=True, slots=True)
class Matcher:
    latin: re.Pattern[str] | None
    chinese: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    signs: frozenset[str]

    def spans(self, words: Words) -> Iterator[Span]:
        """In the order of the text, of each place the longest phrase."""
        last = 0
        for start, end in sorted({*self._latin(words), *self._chinese(words)}, key=lambda span: (span[0], -span[1])):
            if start >= last and not self._excused(words.text, start, end):
                last = end
                yield start, end

    def _latin(self, words: Words) -> Iterator[Span]:
        if self.latin is None:
            return
        for sign in self.signs & words.places.keys():
            for at in words.places[sign]:
                for start in (at, at - 1) if at and words.text[at - 1] == "#" else (at,):
                    if found := self.latin.match(words.text, start):
                        yield found.span()

    def _chinese(self, words: Words) -> Iterator[Span]:
        if self.chinese is not None and words.chinese:
            yield from (found.span() for found in self.chinese.finditer(words.text))

    def _excused(self, text: str, start: int, end: int) -> bool:
        around = self.unless.finditer(text, max(0, start - _AROUND), end + _AROUND) if self.unless else ()
        return any(found.start() <= start and end <= found.end() for found in around)


@lru_cache(maxsize=256)
def matcher(wording: Wording) -> Matcher:
    phrases = sorted((normalise(phrase).text for phrase in wording.phrases), key=len, reverse=True)
    latin = [phrase for phrase in phrases if not CHINESE.search(phrase)]
    return Matcher(
        latin=_any_of(map(_whole, [*map(_flexible, latin), *wording.patterns])),
        chinese=_any_of(re.escape(phrase) for phrase in phrases if CHINESE.search(phrase)),
        unless=_any_of(one if CHINESE.search(one) else _whole(one) for one in wording.unless),
        signs=frozenset(sign for phrase in latin for sign in _signs(phrase)) | wording.signs,
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    joined = "|".join(patterns)
    return re.compile(joined, re.I) if joined else None


def _whole(pattern: str) -> str:
    """A whole word; "_best_" is one: that is how some shops print it slanted."""
    return rf"(?<![^\W_])(?:{pattern})(?![^\W_])"


def _flexible(phrase: str) -> str:
    return "".join(_GAP if char == " " else _JOINED if char == "-" else re.escape(char) for char in phrase)


def _signs(phrase: str) -> Iterator[str]:
    """What a text's word may be where the phrase begins: its first word, or what that becomes without its hyphens."""
    yield _WORD.findall(phrase.lower())[0]
    joined = re.match(r"[^\W_]+(?:-[^\W_]+)+", phrase.lower())
    parts = joined[0].split("-") if joined else []
    for count in range(2, len(parts) + 1):
        yield "".join(parts[:count])
