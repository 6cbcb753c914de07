"""A description, sentence by sentence: each is asked for with its own facts, checked, and only then built upon. Pure.

What the model invents never becomes part of the conversation, so one bad sentence spoils no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from copywriter.briefs import Turn, sentence_messages
from copywriter.coverage import brands, coverage, is_sentence, is_type, tells_in_part, told, wanted
from copywriter.fluency import (
    END,
    closed,
    echoes,
    faults,
    has_verb,
    names,
    pronoun_of,
    proofread,
    recites,
    same_opening,
    similar,
)
from copywriter.short_names import heads
from foundation.evidence import Fact, Kind, Report, Sentence, check
from foundation.evidence.lexicon import lexicon, phrase
from foundation.inference.types import Completion, Request

COOL, WARM = (0.0,), (0.4, 0.7, 0.9)
"""Temperatures, one candidate each; all read the same prompt, so its prefill is shared. The warm ones are asked for
where the cool one, which is what the model would say without chance, is not good."""
TOP_P, MAX_TOKENS = 0.9, 64
SEEDS_A_ROUND = 7
"""More than a round has candidates, so that no two of one text have the same."""
GOOD = 0.85
"""Score above which nothing warmer is asked for: all is told and at most the opening is that of the sentence before."""
FIT = 0.4
"""Score below which no sentence stands: it tells less than half, or reads worse than its facts are worth."""
# What a candidate loses, in shares of the facts that it was to tell:
FAULT = 0.25  # each of `fluency.faults`: one alone makes it ask for warmer ones
FOREIGN = 0.2  # each invented sentence beside it: what was dropped leaves a gap
PRONOUN = 0.3  # "it" after "they", or before the product was named
UNNAMED = 0.3  # a first sentence that does not say what it speaks of
TORN = 0.16  # a first sentence without the word for the thing: "this honey crunch" of a cereal
ECHO = 0.2  # a long word twice: clumsy, but true
VERBLESS = 0.2  # a heading instead of a sentence
RECITED = 0.16  # "The color is blue": just below GOOD, so warmer ones are asked for; it stands where they say no better
IN_PART = 0.16  # "It comes in blue and red" of what comes in green too
MONOTONOUS = 0.1  # begins as the one before: the least, because a small model does it often
_FROM = re.compile(r"(?i)\bcomes? from ([^,.;]+)")
_ORIGIN = re.compile(r"(?i)\b(?:from|origin|made in|country|region|grown|source)\b")
Group = tuple[Fact, ...]


class Candidate(NamedTuple):
    """`text` is what may stay of an answer, "" where it is of no use; `score` up to 1; `removed` no fact backs."""

    score: float = 0.0
    text: str = ""
    removed: tuple[Sentence, ...] = ()


NOTHING = Candidate()


@dataclass(frozen=True, slots=True)
class Sofar:
    """The sentences that stand, the groups of facts still to be told, and the best candidate for the first of these,
    or for a short text; `warm` once warm candidates are asked for."""

    waiting: tuple[Group, ...]
    turns: tuple[Turn, ...] = ()
    best: Candidate = NOTHING
    warm: bool = False
    asked: int = 0
    removed: tuple[Sentence, ...] = ()
    tokens: int = 0
    errors: int = 0

    @property
    def text(self) -> str:
        return " ".join(turn.text for turn in self.turns)

    def answered(self, completions: Sequence[Completion], foreign: Iterable[Sentence]) -> Sofar:
        """With what a round cost, and the sentences of it that no fact backs."""
        removed = {one.text: one for one in (*self.removed, *foreign)}
        return replace(
            self, asked=self.asked + 1, tokens=self.tokens + sum(one.tokens_out for one in completions),
            removed=tuple(removed.values()), errors=self.errors + all(one.error for one in completions),
        )  # fmt: skip


def requests(sofar: Sofar, tone: str, seed: int) -> tuple[Request, ...]:
    """Candidates for the next sentence; none where all is told."""
    if not sofar.waiting:
        return ()
    asked, seed = sentence_messages(tone, sofar.turns, sofar.waiting[0]), seed + SEEDS_A_ROUND * sofar.asked
    return tuple(
        Request(f"{sofar.asked}:{n}", asked, MAX_TOKENS, temperature, TOP_P, seed=seed + n)
        for n, temperature in enumerate(WARM if sofar.warm else COOL)
    )


def taken(sofar: Sofar, completions: Iterable[Completion]) -> Sofar:
    """With a good candidate as the next sentence; else with warm ones asked for, of which the best that is fit stands.
    Facts without a fit sentence are asked for one at a time, and then left out."""
    answers = sorted(completions, key=lambda one: one.key)
    found = [candidate(sofar, one) for one in answers if not one.error]
    best = max([sofar.best, *found], key=lambda one: one.score)
    spent = sofar.answered(answers, (sentence for one in found for sentence in one.removed))
    group, *later = sofar.waiting
    if best.score >= (FIT if sofar.warm else GOOD):
        turns = (*sofar.turns, Turn(group, best.text))
        return replace(spent, turns=turns, waiting=tuple(_untold(turns, later)), best=NOTHING, warm=False)
    if not sofar.warm:
        return replace(spent, best=best, warm=True)
    return replace(spent, waiting=_without(sofar, group, later), best=NOTHING, warm=False)


def _without(sofar: Sofar, group: Group, later: Sequence[Group]) -> tuple[Group, ...]:
    """Each of several facts alone, the title beside the first. Of one fact nothing is left; a text that has no sentence
    yet begins with the next one, which has to name the product."""
    title = tuple(fact for fact in group if fact.source == "title")
    rest = [(fact,) for fact in group if fact.source != "title"]
    if len(rest) < 2:
        rest = []
    waiting = [*rest, *later]
    if sofar.turns or not title or not waiting:
        return tuple(waiting)
    return ((*title, *waiting[0]), *waiting[1:])


def _untold(turns: Sequence[Turn], later: Iterable[Group]) -> Iterator[Group]:
    """The groups without what the text tells already."""
    text = " ".join(turn.text for turn in turns)
    title = [fact for turn in turns[:1] for fact in turn.facts if fact.source == "title"]
    for group in later:
        known = told(text, [*title, *group])
        left = tuple(fact for fact in group if fact not in known and not _retold(fact, turns))
        if left:
            yield left


def _retold(fact: Fact, turns: Sequence[Turn]) -> bool:
    return is_sentence(fact) and any(similar(fact.value, turn.text) for turn in turns)


def candidate(sofar: Sofar, completion: Completion) -> Candidate:
    """What one completion is worth, held against what it was given and what stands already."""
    group = sofar.waiting[0]
    known = tuple(dict.fromkeys([*(fact for turn in sofar.turns for fact in turn.facts), *group]))
    report = check(proofread(completion.text, brands(known)), known)
    kept = [one.text for one in _whole(report, completion) if one.backed and not _said(one.text, sofar)]
    foreign = tuple(one for one in report.sentences if not one.backed)
    if not kept:
        return Candidate(removed=foreign)
    text = " ".join(closed(part) for part in kept[:2])
    return Candidate(_score(text, sofar, group, len(foreign)), text, foreign)


def _whole(report: Report, completion: Completion) -> Sequence[Sentence]:
    """The last sentence of a text that was cut off is none."""
    cut = completion.finish != "stop" and not completion.text.rstrip().endswith(END)
    return report.sentences[:-1] if cut else report.sentences


def _said(text: str, sofar: Sofar) -> bool:
    return any(similar(text, turn.text) for turn in sofar.turns)


def _score(text: str, sofar: Sofar, group: Group, foreign: int) -> float:
    """Coverage of the facts that were asked for, less what reads badly."""
    score = coverage(text, group) if wanted(group) else 0.5
    score -= FAULT * (len(list(faults(text))) + comes_from_nowhere(text, group))
    score -= FOREIGN * foreign + ECHO * any(map(echoes, text.split(". ")))
    score -= VERBLESS * (not has_verb(text))
    score -= RECITED * recites(text) + IN_PART * any(tells_in_part(text, fact) for fact in group)
    if sofar.turns:
        score -= MONOTONOUS * same_opening(text, sofar.turns[-1].text)
        score -= PRONOUN * (pronoun_of(text) not in ("", *_pronouns(sofar.turns)))
    else:
        own = " ".join(fact.value for fact in group if fact.source == "title" or is_type(fact))
        score -= UNNAMED * (not names(text, own)) + PRONOUN * bool(pronoun_of(text))
        score -= TORN * is_torn(text, group)
    return score


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


def is_torn(text: str, group: Iterable[Fact]) -> bool:
    """Whether a sentence about the title leaves out the word for the thing that the title or the type holds."""
    own = {word for fact in group if fact.source == "title" or is_type(fact) for word in heads(fact.value)}
    return bool(own) and own.isdisjoint(phrase(text))


def _pronouns(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Those that were used for the product so far; both where none was."""
    used = tuple(found for turn in turns if (found := pronoun_of(turn.text)))
    return used[:1] or ("it", "they")
