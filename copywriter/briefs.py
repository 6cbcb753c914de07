"""What the model is asked: one brief for a whole text, the same when it is taught and when it serves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.evidence import Fact
from foundation.inference.types import Message

VERSION = "brief-1"
SYSTEM = "You write for an online shop. Tell the facts of the product and nothing else."
LENGTHS = ("short", "medium", "long")
TONES = ("plain", "warm", "technical", "playful")
KINDS = (
    "description", "bullets", "title", "seo_title", "meta_description", "ad_headline", "ad_description", "social",
    "email_lead", "alt_text", "faq",
)  # fmt: skip
_NAMES = {"seo_title": "SEO title", "alt_text": "alt text", "faq": "question and answer", "email_lead": "e-mail lead"}
_MARKS = re.compile(r"<\|?[^>|]{0,40}\|?>|[\x00-\x1f\x7f]+")


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


def messages(brief: Brief, facts: Iterable[Fact]) -> tuple[Message, ...]:
    """The conversation for one text. The facts come first, so that texts of several kinds share their prefill."""
    lines = [f"{_clean(fact.label)}: {_clean(fact.value)}" for fact in facts]
    return (Message("system", SYSTEM), Message("user", "\n".join([*lines, f"Write: {brief.asked}"])))


def _clean(text: str) -> str:
    """On one line, without chat marks: a cell that holds them would speak as someone else."""
    return _MARKS.sub(" ", text).strip()
