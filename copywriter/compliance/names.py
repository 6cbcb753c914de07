"""Phrases that are (part of) a name: "Best Friends" of a maker praises nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foundation.evidence import Fact
from foundation.evidence.normalise import normalise

_NEXT = re.compile(r"[\s-]{1,3}[^\W_][\w'&.]*")
_BEFORE = re.compile(r"[^\W_][\w'&.]*[\s-]{1,3}$")
_WINDOW = 40  # characters before a phrase in which the word before it stands


def in_a_name(text: str, start: int, end: int, facts: Sequence[Fact]) -> bool:
    """Whether `text[start:end]` stands, written as in the facts, in the maker's whole name, or with the word before or
    after it in the title. One word of a title is no name yet: "the Best" is praise where the title has "Best Mug".
    """
    return any(_in_maker(text, start, end, name) for name in _makers(facts)) or any(
        _in_title(text, start, end, title) for title in _titles(facts)
    )


def _makers(facts: Sequence[Fact]) -> list[str]:
    return [
        name
        for fact in facts
        if (fact.source == "vendor" or fact.label.lower() == "brand") and (name := normalise(fact.value).text.strip())
    ]


def _titles(facts: Sequence[Fact]) -> list[str]:
    return [normalise(fact.value).text for fact in facts if fact.source == "title"]


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
