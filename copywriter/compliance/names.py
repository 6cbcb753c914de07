"""Phrases that are (part of) a name: "Best Friends" of a maker praises nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from foundation.evidence import Fact
from foundation.evidence.normalise import normalise

_NEXT = re.compile(r"[\s-]{1,3}[^\W_][\w'&.]*")
_BEFORE = re.compile(r"[^\W_][\w'&.]*[\s-]{1,3}$")
_WINDOW = 40  # characters before a phrase in which the word before it stands


@dataclass(frozen=True, slots=True)
class Names:
    """Of a product, normalised once for all phrases of a text."""

    makers: tuple[str, ...]
    titles: tuple[str, ...]

    @classmethod
    def of(cls, facts: Sequence[Fact]) -> Self:
        makers = (fact.value for fact in facts if fact.source == "vendor" or fact.label.lower() == "brand")
        titles = (fact.value for fact in facts if fact.source == "title")
        return cls(
            tuple(dict.fromkeys(name for maker in makers if (name := normalise(maker).text.strip()))),
            tuple(dict.fromkeys(normalise(title).text for title in titles)),
        )

    def hold(self, text: str, start: int, end: int) -> bool:
        """Whether `text[start:end]` stands, written as in the facts, in the maker's whole name, or with the word before
        or after it in the title. One word of a title is no name yet: "the Best" is praise where the title has "Best
        Mug".
        """
        return any(_in_maker(text, start, end, name) for name in self.makers) or any(
            _in_title(text, start, end, title) for title in self.titles
        )


def _in_maker(text: str, start: int, end: int, name: str) -> bool:
    at = text.find(name, max(0, start - len(name)), end + len(name))
    while at != -1 and at <= start:
        if end <= at + len(name) and _bounded(text, at, at + len(name)):
            return True
        at = text.find(name, at + 1, end + len(name))
    return False


def _bounded(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() and start) and not text[end : end + 1].isalnum()


def _in_title(text: str, start: int, end: int, title: str) -> bool:
    if text[start:end] == title:
        return True
    if not text[start].isupper():
        return False
    after, before = _NEXT.match(text, end), _BEFORE.search(text[max(0, start - _WINDOW) : start])
    runs = [text[start : after.end()]] if after else []
    runs += [before[0] + text[start:end]] if before else []
    return any(_holds(title, run.rstrip(".,")) for run in runs)


def _holds(title: str, run: str) -> bool:
    at = title.find(run)
    return at != -1 and _bounded(title, at, at + len(run))
