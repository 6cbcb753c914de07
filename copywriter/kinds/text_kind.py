"""What a kind of text is: how it is asked for, what it may be made of and how long it may get. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import east_asian_width

from django.utils.functional import Promise

from copywriter.writing.briefs import LENGTHS, Brief

Measure = Callable[[str], int]


class Parts(StrEnum):
    """What a text is made of, each part with facts of its own (`writing.parts`); NONE: it is asked for whole."""

    NONE = ""
    SENTENCES = "sentences"
    BULLETS = "bullets"
    ANSWERS = "answers"


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
    for all that it can read; `fields` a pattern of the names of those that it may use, "" for any. A
    `headline` may end at a comma. A text of `parts` has at most `most_parts`, 0 for any number. One of a `campaign` may
    say for whom it is and on which occasion: what stands in the catalog all year does not. `hooks` are words that one
    may begin with. One `of_category` is written of categories, the others of products."""

    name: str
    label: Promise
    limit: int = 0
    measure: Measure = characters
    tokens: int = 64
    most_facts: int | None = None
    fields: str = ""
    headline: bool = False
    asked: str = ""
    parts: Parts = Parts.NONE
    most_parts: int = 0
    campaign: bool = False
    hooks: tuple[str, ...] = ()
    of_category: bool = False

    def brief(self, tone: str = "plain", length: str = "long") -> Brief:
        kind = self.asked or self.name
        return Brief(kind, length if kind == "description" and length in LENGTHS else "", tone)

    def uses(self, label: str) -> bool:
        """Whether a field of this name may be told."""
        return not self.fields or bool(re.fullmatch(rf"(?i)(?:{self.fields})", label))

    def fits(self, text: str) -> bool:
        return not self.limit or self.measure(text) <= self.limit
