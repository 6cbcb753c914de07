"""What a kind of text is: how it is asked for, what it may be made of and how long it may get. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import east_asian_width

from django.utils.functional import Promise

from copywriter.briefs import LENGTHS, Brief

Measure = Callable[[str], int]


def characters(text: str) -> int:
    return len(text)


def width_units(text: str) -> int:
    """As channels count that give Chinese, Japanese and Korean half the letters: a wide character is two (Unicode
    Standard Annex 11)."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


@dataclass(frozen=True, slots=True)
class TextKind:
    """`asked` is the brief that the model was taught, the name where none is given; `limit` the most that `measure` may
    give, 0 for none; `tokens` the room for an answer; `most_facts` how many beside the title the model is given, None
    for all that it can read. A text that is `whole` stands or falls with each of its parts; one that is a `headline`
    may end at a comma."""

    name: str
    label: Promise
    limit: int = 0
    measure: Measure = characters
    tokens: int = 64
    most_facts: int | None = None
    whole: bool = False
    headline: bool = False
    asked: str = ""

    def brief(self, tone: str = "plain", length: str = "long") -> Brief:
        kind = self.asked or self.name
        return Brief(kind, length if kind == "description" and length in LENGTHS else "", tone)

    def fits(self, text: str) -> bool:
        return not self.limit or self.measure(text) <= self.limit
