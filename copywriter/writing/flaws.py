"""What a sentence of a description loses for how it reads, in shares of the facts that it was to tell. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from copywriter.writing.briefs import Turn
from copywriter.writing.coverage import brands, is_type, tells_in_part
from copywriter.writing.fluency import (
    comes_with_itself,
    echoes,
    faults,
    has_verb,
    misses_article,
    names,
    pronoun_of,
    recites,
    same_opening,
)
from copywriter.writing.short_names import heads
from foundation.evidence import Fact, Kind
from foundation.evidence.lexicon import lexicon, phrase

FAULT = 0.25  # each of `fluency.faults`: one alone makes it ask for warmer ones
UNTRUE = 1.5  # a maker told as the thing: it passes the check, for its name stands in the title
PRONOUN = 0.3  # "it" after "they", or before the product was named
UNNAMED = 0.3  # a first sentence that does not say what it speaks of
TORN = 0.16  # a first sentence without the word for the thing: "this honey crunch" of a cereal
ECHO = 0.2  # a long word twice: clumsy, but true
VERBLESS, HEADED = 0.2, 0.1  # a heading instead of a sentence, and where a text begins with it
RECITED = 0.16  # "The color is blue": just below GOOD, so warmer ones are asked for; it stands where they say no better
IN_PART = 0.25  # "It comes in blue and red" of what comes in green too
MONOTONOUS = 0.1  # begins as the one before: the least, because a small model does it often
NAME_WORDS = 3  # a longer title is no name that people call a thing by
_FROM = re.compile(r"(?i)\bcomes? from ([^,.;]+)")
_ORIGIN = re.compile(r"(?i)\b(?:from|origin|made in|country|region|grown|source)\b")


def flaws_of(text: str, turns: Sequence[Turn], group: Sequence[Fact]) -> float:
    """What the next sentence behind these turns loses: 0 for one that reads well."""
    lost = FAULT * (len(list(faults(text))) + comes_from_nowhere(text, group))
    lost += ECHO * any(map(echoes, text.split(". "))) + (VERBLESS if turns else HEADED) * (not has_verb(text))
    lost += FAULT * any(misses_article(text, fact.value) for fact in group if is_type(fact))
    lost += UNTRUE * is_its_maker(text, group)
    lost += RECITED * recites(text) + IN_PART * any(tells_in_part(text, fact) for fact in group)
    if turns:
        lost += MONOTONOUS * same_opening(text, turns[-1].text)
        return lost + PRONOUN * (pronoun_of(text) not in ("", *_pronouns(turns)))
    own = " ".join(fact.value for fact in group if fact.source == "title" or is_type(fact))
    lost += FAULT * comes_with_itself(text, own)
    return lost + UNNAMED * (not names(text, own)) + PRONOUN * bool(pronoun_of(text)) + TORN * is_torn(text, group)


def comes_from_nowhere(text: str, group: Iterable[Fact]) -> bool:
    """Whether something comes from what is neither its maker nor a place: "The can comes from yellow"."""
    found = _FROM.search(text)
    if not found or any(_ORIGIN.search(f"{fact.label}: {fact.value}") for fact in group):
        return False
    named = phrase(found[1])
    makers = {word for name in brands(group) for word in phrase(name)}
    if makers & set(named):
        return not makers.isdisjoint(phrase(text[: found.start()]))
    return not any(Kind.PLACE in lexicon().kinds.get((word,), ()) for word in named)


def is_its_maker(text: str, group: Sequence[Fact]) -> bool:
    """Whether the sentence calls the thing by its maker's name alone: "ACME is a jersey for men"."""
    rows = (fact.value.split() for fact in group if fact.source == "title")
    firsts = {words[0] for words in rows if len(words) > NAME_WORDS}  # a row of search words begins with the maker
    named = firsts | {*brands(group), *(fact.value for fact in group if fact.label.lower() in ("brand name", "brand"))}
    return any(re.match(rf"(?i){re.escape(name)}(?: \w+)? (?:is|are) (?:an?|the|for)\b", text) for name in named)


def is_torn(text: str, group: Iterable[Fact]) -> bool:
    """Whether a sentence about the title leaves out the word for the thing that the title or the type holds."""
    own = {word for fact in group if fact.source == "title" or is_type(fact) for word in heads(fact.value)}
    return bool(own) and own.isdisjoint(phrase(text))


def _pronouns(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Those that were used for the product so far; both where none was."""
    used = tuple(found for turn in turns if (found := pronoun_of(turn.text)))
    return used[:1] or ("it", "they")
