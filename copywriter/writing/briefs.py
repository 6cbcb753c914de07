"""What the model is asked, the same when it is taught and when it serves.

A short text is asked for whole. A description is a conversation: each turn gives the facts of one sentence and gets
that sentence, because a small model keeps to two or three facts, not to ten, and what it wrote before keeps it from
beginning every sentence alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foundation.evidence import Fact
from foundation.inference.types import Message

VERSION = "brief-4"
SYSTEM = "You write for an online shop. Tell the facts of the product and nothing else."
LENGTHS = ("short", "medium", "long")
TONES = ("plain", "warm", "technical", "playful")
KINDS = (
    "description", "bullets", "title", "seo_title", "meta_description", "ad_headline", "ad_description", "social",
    "email_lead", "alt_text", "faq",
)  # fmt: skip
WORDS = {"short": (10, 45), "medium": (30, 85), "long": (60, 150)}
"""Fewest and most words of a description of each length in the training set. A thin sheet may get fewer than the
fewest: then no fact may be left out."""
MOST_FACTS, MOST_CHARACTERS, MOST_VALUES = 18, 1_800, 8
"""Of a sheet, of all that is shown of it, and of one list: about what the fullest examples of the training set have."""
_NAMES = {"seo_title": "SEO title", "alt_text": "alt text", "faq": "question and answer", "email_lead": "e-mail lead"}
_LIST = re.compile(r"\s*[,;|]\s*")
_MARKS = re.compile(r"<\|?[^\s<>|]{1,40}\|?>|[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Brief:
    """The text that is wanted; `length` only of a description. Raises ValueError for a kind, length or tone unknown."""

    kind: str = "description"
    length: str = "medium"
    tone: str = "plain"

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.tone not in TONES:
            raise ValueError(f"unknown kind {self.kind!r} or tone {self.tone!r}")
        if (self.length in LENGTHS) != (self.kind == "description"):
            raise ValueError("a description, and nothing else, has a length: short, medium or long")

    @property
    def asked(self) -> str:
        """The brief as the model reads it: "Medium description, warm"."""
        name = _NAMES.get(self.kind, self.kind.replace("_", " "))
        return f"{f'{self.length} {name}'.strip().capitalize()}, {self.tone}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One sentence of a description (now and then two) and the facts that it tells."""

    facts: tuple[Fact, ...]
    text: str


def messages(brief: Brief, facts: Iterable[Fact], system: str = SYSTEM) -> tuple[Message, ...]:
    """The conversation for one short text, under a system message. The facts come first, so that texts of several kinds
    share their prefill."""
    return (Message("system", system), Message("user", _sheet(facts, f"Write: {brief.asked}")))


def sentence_messages(
    tone: str, before: Iterable[Turn], facts: Iterable[Fact], system: str = SYSTEM
) -> tuple[Message, ...]:
    """The conversation for a description's next sentence, which is to tell `facts`."""
    told = [Message("system", system)]
    for turn in before:
        told += [Message("user", _sheet(turn.facts, _asked(told, tone))), Message("assistant", answer(turn.text))]
    return (*told, Message("user", _sheet(facts, _asked(told, tone))))


def answer(text: str) -> str:
    """A text as the model says it: with a space before it.

    The first word is then the same token that it is behind a field's name. Without the space "Quaker" is "Qu" and
    "aker", and a small model that copies " Quaker" would have to know how it is spelt. A digit is one token anywhere.
    """
    return text if text[:1].isnumeric() else f" {text}"


def _asked(told: Sequence[Message], tone: str) -> str:
    return "Next sentence" if len(told) > 1 else f"Write: Description, {tone}, first sentence"


def _sheet(facts: Iterable[Fact], asked: str) -> str:
    return "\n".join([*(f"{cleaned(fact.label)}: {cleaned(fact.value)}" for fact in facts), asked])


def cleaned(text: str) -> str:
    """On one line, without chat marks: a cell that holds them would speak as someone else."""
    return _MARKS.sub(" ", text).strip()


def values_of(fact: Fact) -> list[str]:
    """The values of a list, else the one value."""
    return _LIST.split(fact.value)


def shown(facts: Sequence[Fact]) -> list[Fact]:
    """What of a rich sheet the model is given, as much as it was taught to read: the first fields, lists in part.

    The check knows all of it all the same.
    """
    given: list[Fact] = []
    room = MOST_CHARACTERS
    for fact in facts:
        values = values_of(fact)
        trimmed = ", ".join(values[:MOST_VALUES]) if len(values) > MOST_VALUES else fact.value
        room -= len(fact.label) + len(trimmed) + 3
        if len(given) < MOST_FACTS and room >= 0:
            given.append(Fact(fact.source, fact.label, trimmed))
    return given
