"""Where a text may name the campaign: for whom it is and on which occasion. Pure.

What the shop says of a campaign backs itself and nothing else: "Black Friday" makes no mug black, "gardeners" no shirt
a garden shirt, and "made for Mother's Day" would be a claim about how the thing was made. So the words count only whole
and only where they say for whom or when ("for Mother's Day", "on Black Friday", "Gardeners: …"); everywhere else they
are held against the product like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from foundation.evidence import Claim, Fact, Kind, Report, Sentence, check
from foundation.evidence.normalise import normalise
from foundation.evidence.quantities import find
from foundation.evidence.types import Problem

PREFIX = "campaign:"
AUDIENCE, OCCASION = f"{PREFIX}audience", f"{PREFIX}occasion"
ASKED = {AUDIENCE: "For", OCCASION: "Suitable for"}
"""The names under which the model is told: of "Occasion" it makes "The occasion is Mother's Day", of these it makes
"for Mother's Day"."""
_NOT = "".join(
    rf"(?<!{word} )" for word in ("made", "designed", "built", "created", "intended", "meant", "not", "n't", "n’t")
)
_LEADS = {
    AUDIENCE: rf"{_NOT}(?<!suitable )(?<!safe )\bfor (?:the )?",
    OCCASION: rf"{_NOT}\bsuitable for (?:the )?|{_NOT}(?<!suitable )\bfor (?:the )?|\bon |\bthis ",
}
_STARTS = r"(?:^|(?<=[.!?] )|(?<=\n))"


_OF_THE_THING = re.compile(
    r"(?i)\b(?:it|its|it['’]s|made|which|that (?:is|are|has|have)|guarantee\w*|proven|approved|tested"
    r"|recommended|certified|\w*(?:proof|resistant|repellent)|discount\w*"
    r"|half[ -]price|free (?:delivery|shipping|returns?|gifts?))\b"
)
_WITH = re.compile(r"(?i)\b(?:with|including|of pure|in pure)\b")
_COUNTED = ("", "time")
"""Of numbers that say when or for whom: "Valentine's Day 2026", "children from 3 years"; no price and no percentage."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """`start` to `end` is the phrase with what leads to it, `at` where the shop's own words begin."""

    source: str
    start: int
    at: int
    end: int


def is_campaign(fact: Fact) -> bool:
    return fact.source.startswith(PREFIX)


def claimed(source: str, value: str) -> str:
    """The words of an audience or an occasion that speak of the products, and so would have to be proven; "" of one
    that says for whom or when."""
    plain = normalise(value).text
    spoken = _OF_THE_THING.search(plain) or (_WITH.search(plain) if source == OCCASION else None)
    measured = (plain[one.start : one.end] for one in find(plain) if one.dimension not in _COUNTED)
    marks = (
        claim.text
        for sentence in check(plain, ()).sentences
        for claim in sentence.claims
        if claim.kind == Kind.CERTIFICATE
    )
    return spoken[0] if spoken else next(measured, "") or next(marks, "")


def with_campaign(facts: Sequence[Fact], own: Sequence[Fact]) -> tuple[Fact, ...]:
    """The campaign's behind the title, where the model takes them up."""
    if not own:
        return tuple(facts)
    title = [fact for fact in facts if fact.source == "title"]
    return (*title, *own, *(fact for fact in facts if fact.source != "title"))


def checked(text: str, facts: Sequence[Fact]) -> Report:
    """The report of `foundation.evidence.check` against the product's facts, in which each right mention of the
    campaign is a claim of its own."""
    own = tuple(fact for fact in facts if is_campaign(fact))
    if not own:
        return check(text, facts)
    found = list(_mentions(text, own))
    report = check(_masked(text, found), [fact for fact in facts if not is_campaign(fact)])
    return Report(tuple(_with(one, text, found) for one in report.sentences))


def as_told(text: str, facts: Sequence[Fact]) -> str:
    """The text with the campaign's words in the letters of the shop: no "mother's day"."""
    own = {fact.source: fact.value for fact in facts if is_campaign(fact)}
    for one in reversed(list(_mentions(text, [fact for fact in facts if is_campaign(fact)]))):
        if not own[one.source].islower():
            text = text[: one.at] + own[one.source] + text[one.end :]
    return text


def _mentions(text: str, own: Sequence[Fact]) -> Iterator[_Mention]:
    """In the order of the text, none over another."""
    every = [
        _Mention(fact.source, one.start(), one.start(one.lastgroup or 0), one.end())
        for fact in own
        for one in _pattern(fact.source, fact.value).finditer(text)
    ]
    end = 0
    for one in sorted(every, key=lambda each: each.start):
        if one.start >= end:
            yield one
            end = one.end


@lru_cache(maxsize=64)
def _pattern(source: str, value: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in value.replace("’", "'").split()).replace("'", "['’]")
    return re.compile(rf"(?i)(?:{_LEADS[source]})(?P<own>{words})(?!\w)|{_STARTS}(?P<head>{words})(?=:)")


def _masked(text: str, found: Sequence[_Mention]) -> str:
    """With a pronoun, which claims nothing, and blanks for each mention: every other claim stays where it stands."""
    for one in found:
        pronoun = "It" if text[one.start].isupper() else "it"
        text = text[: one.start] + pronoun.ljust(one.end - one.start) + text[one.end :]
    return text


def _with(sentence: Sentence, text: str, found: Sequence[_Mention]) -> Sentence:
    own = [one for one in found if sentence.start <= one.start < sentence.end]
    if not own:
        return replace(sentence, text=text[sentence.start : sentence.end])
    end = max(sentence.end, *(one.end for one in own))
    told = [Claim(Kind.DETAIL.value, text[one.at : one.end], one.at, one.end, one.source) for one in own]
    claims = tuple(sorted([*sentence.claims, *told], key=lambda claim: claim.start))
    empty = sentence.problem == Problem.EMPTY
    return Sentence(
        text[sentence.start : end], sentence.start, end, claims, sentence.backed or empty,
        Problem.NONE if empty else sentence.problem,
    )  # fmt: skip
