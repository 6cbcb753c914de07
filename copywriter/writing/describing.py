"""A description, sentence by sentence: each is asked for with its own facts, checked, and only then built upon. Pure.

What the model invents never becomes part of the conversation, so one bad sentence spoils no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from copywriter.compliance import NO_RULES, Rules
from copywriter.writing.briefs import Turn, answer
from copywriter.writing.coverage import brands, coverage, is_sentence, is_type, tells_in_part, told, wanted
from copywriter.writing.fluency import (
    END,
    closed,
    comes_with_itself,
    echoes,
    faults,
    has_verb,
    misses_article,
    names,
    pronoun_of,
    proofread,
    recites,
    same_opening,
    similar,
)
from copywriter.writing.judging import judged
from copywriter.writing.short_names import heads, is_proper
from copywriter.writing.style import NEAR, NO_STYLE, Style, chosen
from foundation.evidence import Fact, Kind, Report, Sentence
from foundation.evidence.lexicon import lexicon, phrase
from foundation.inference.types import Completion, Message, Request

COOL, WARM, TURNED = (0.0,), (0.4, 0.7, 0.9), (0.3, 0.6, 0.8, 1.0)
HEATS = (COOL, WARM, TURNED)
"""Temperatures, one candidate each; all of a heat read the same prompt, so its prefill is shared. A heat is asked for
where no candidate before it is good. The first is what the model would say without chance; the last reads the facts in
the opposite order, and a small model then begins with another one."""
TOP_P, MAX_TOKENS = 0.9, 64
BEGUN = "+"
"""Of the candidate that goes on from given words. It comes before the figures of the others: among equals it is taken,
because what the marks can't see, sense, is surer where less is free."""
SEEDS_A_ROUND = 7
"""More than a round has candidates, so that no two of one text have the same."""
GOOD = 0.85
"""Score above which nothing warmer is asked for: all is told and at most the opening is that of the sentence before."""
FIT, MOST_FLAWED = 0.3, 0.2
"""Share of its facts that a sentence has to tell to stand, and the most that it may have lost of the following: facts
that cannot be told without worse are left out."""
# What a candidate loses, in shares of the facts that it was to tell:
FAULT = 0.25  # each of `fluency.faults`: one alone makes it ask for warmer ones
FOREIGN = 0.2  # each invented sentence beside it: what was dropped leaves a gap
PRONOUN = 0.3  # "it" after "they", or before the product was named
UNNAMED = 0.3  # a first sentence that does not say what it speaks of
TORN = 0.16  # a first sentence without the word for the thing: "this honey crunch" of a cereal
ECHO = 0.2  # a long word twice: clumsy, but true
VERBLESS, HEADED = 0.2, 0.1  # a heading instead of a sentence, and where a text begins with it
RECITED = 0.16  # "The color is blue": just below GOOD, so warmer ones are asked for; it stands where they say no better
IN_PART = 0.25  # "It comes in blue and red" of what comes in green too
MONOTONOUS = 0.1  # begins as the one before: the least, because a small model does it often
_FROM = re.compile(r"(?i)\bcomes? from ([^,.;]+)")
_ORIGIN = re.compile(r"(?i)\b(?:from|origin|made in|country|region|grown|source)\b")
LAST = len(HEATS) - 1
Group = tuple[Fact, ...]


class Candidate(NamedTuple):
    """`text` is what may stay of an answer, "" where it is of no use; `told` the share of the facts that it tells, 0 to
    1; `flaws` what it loses for how it reads; `removed` no fact backs; `style` how near it is to the voice, 0 to 1."""

    told: float = 0.0
    flaws: float = 0.0
    text: str = ""
    removed: tuple[Sentence, ...] = ()
    style: float = 0.0

    @property
    def score(self) -> float:
        return self.told - self.flaws

    @property
    def is_fit(self) -> bool:
        return self.told >= FIT and self.flaws <= MOST_FLAWED

    def refused(self) -> Candidate:
        """The same for a text that has no room for it: worse than any that fits."""
        return self._replace(flaws=self.flaws + 2 * MOST_FLAWED + 1)

    @property
    def rank(self) -> tuple[bool, float]:
        """The fit before the others: what it leaves out is asked for again."""
        return self.is_fit, round(self.score, 6)


NOTHING = Candidate()


@dataclass(frozen=True, slots=True)
class Sofar:
    """The sentences that stand, the groups of facts still to be told, and the best candidate for the first of these,
    or for a short text; `heat` of the candidates that are asked for next, `first` of those of each sentence."""

    waiting: tuple[Group, ...]
    turns: tuple[Turn, ...] = ()
    best: Candidate = NOTHING
    heat: int = 0
    first: int = 0
    asked: int = 0
    removed: tuple[Sentence, ...] = ()
    tokens: int = 0
    errors: int = 0

    @property
    def text(self) -> str:
        """In one paragraph."""
        return " ".join(turn.text for turn in self.turns)

    def answered(self, completions: Sequence[Completion], foreign: Iterable[Sentence]) -> Sofar:
        """With what a round cost, and the sentences of it that no fact backs."""
        removed = {one.text: one for one in (*self.removed, *foreign)}
        return replace(
            self, asked=self.asked + 1, tokens=self.tokens + sum(one.tokens_out for one in completions),
            removed=tuple(removed.values()), errors=self.errors + all(one.error for one in completions),
        )  # fmt: skip


def requests(
    sofar: Sofar,
    asked: Callable[[Group], tuple[Message, ...]],
    begun: Callable[[Group], str],
    seed: int,
    tokens: int = MAX_TOKENS,
) -> tuple[Request, ...]:
    """Candidates for the next sentence, by the conversation that is `asked` for its facts; none where all is told. The
    first heat has one more where a beginning is known: `begun` by it."""
    if not sofar.waiting:
        return ()
    group = sofar.waiting[0] if HEATS[sofar.heat] is not TURNED else sofar.waiting[0][::-1]
    conversation, seed = asked(group), seed + SEEDS_A_ROUND * sofar.asked
    free = tuple(
        Request(f"{sofar.asked}:{n}", conversation, tokens, temperature, TOP_P, seed=seed + n)
        for n, temperature in enumerate(HEATS[sofar.heat])
    )
    opening = begun(group) if sofar.heat == sofar.first else ""
    return (*free, replace(free[0], key=f"{sofar.asked}:{BEGUN}", begun=answer(opening))) if opening else free


def taken(
    sofar: Sofar,
    completions: Iterable[Completion],
    read: Callable[[Sofar, Completion], Candidate],
    style: Style = NO_STYLE,
    most: int = 0,
) -> Sofar:
    """With a good candidate as the next sentence; else with the next heat asked for. After the last the best one stands
    if it is fit; facts without one are asked for one at a time, and then left out. `read` says what an answer is worth;
    after `most` sentences, 0 for any number, nothing waits."""
    answers = sorted(completions, key=lambda one: one.key)
    found = [read(sofar, one) for one in answers if not one.error]
    best = chosen([sofar.best, *found], rank=lambda one: one.rank)
    spent = sofar.answered(answers, (sentence for one in found for sentence in one.removed))
    group, *later = sofar.waiting
    last = sofar.heat == LAST
    if (best.score >= GOOD and not _may_be_nearer(sofar, best, style)) or (last and best.is_fit):
        turns = (*sofar.turns, Turn(group, best.text))
        left = [(fact,) for fact in wanted(group) if _stands_alone(fact) and fact not in told(best.text, group)]
        waiting = () if len(turns) == most else tuple(_untold(turns, [*left, *later]))
        return replace(spent, turns=turns, waiting=waiting, best=NOTHING, heat=sofar.first)
    if not last:
        return replace(spent, best=best, heat=sofar.heat + 1)
    return replace(spent, waiting=_without(sofar, group, later), best=NOTHING, heat=sofar.first)


def _may_be_nearer(sofar: Sofar, best: Candidate, style: Style) -> bool:
    """Whether a good sentence is the only one so far, and others might sound more like the voice."""
    return bool(style) and sofar.heat == 0 and best.style < NEAR


def _without(sofar: Sofar, group: Group, later: Sequence[Group]) -> tuple[Group, ...]:
    """Each of several facts alone, the title beside the first. Of one fact nothing is left; a text that has no sentence
    yet begins with the next one, which has to name the product."""
    title = tuple(fact for fact in group if fact.source == "title")
    several = sum(fact.source != "title" for fact in group) > 1
    rest = [(fact,) for fact in group if several and _stands_alone(fact)]
    waiting = [*rest, *later]
    if sofar.turns or not title or not waiting or title[0] in waiting[0]:
        return tuple(waiting)
    return ((*title, *waiting[0]), *waiting[1:])


def _stands_alone(fact: Fact) -> bool:
    """Whether a sentence may speak of it and nothing else; "It is a chair" says nothing."""
    return fact.source != "title" and not is_type(fact)


def _untold(turns: Sequence[Turn], later: Iterable[Group]) -> Iterator[Group]:
    """The groups without what the text tells already."""
    text = " ".join(turn.text for turn in turns)
    title = [fact for turn in turns[:1] for fact in turn.facts if fact.source == "title"]
    for group in later:
        known = told(text, [*title, *group])
        left = tuple(fact for fact in group if fact not in known and not _retold(fact, turns))
        if any(fact.source != "title" for fact in left):
            yield left


def _retold(fact: Fact, turns: Sequence[Turn]) -> bool:
    return is_sentence(fact) and any(similar(fact.value, turn.text) for turn in turns)


def candidate(sofar: Sofar, completion: Completion, rules: Rules = NO_RULES, style: Style = NO_STYLE) -> Candidate:
    """What one completion is worth, held against what it was given and what stands already."""
    group = sofar.waiting[0]
    known = tuple(dict.fromkeys([*(fact for turn in sofar.turns for fact in turn.facts), *group]))
    report = judged(proofread(completion.text, brands(known), proper_name(known)), known, rules)
    kept = [one.text for one in _whole(report, completion) if one.backed and not _said(one.text, sofar)]
    foreign = tuple(one for one in report.sentences if not one.backed)
    if not kept:
        return Candidate(removed=foreign)
    text = " ".join(closed(part) for part in kept[:2])
    share = coverage(text, group) if wanted(group) else 0.5
    return Candidate(share, FOREIGN * len(foreign) + _flaws(text, sofar, group), text, foreign, style.of(text))


def _whole(report: Report, completion: Completion) -> Sequence[Sentence]:
    """The last sentence of a text that was cut off is none."""
    cut = completion.finish != "stop" and not completion.text.rstrip().endswith(END)
    return report.sentences[:-1] if cut else report.sentences


def _said(text: str, sofar: Sofar) -> bool:
    return any(similar(text, turn.text) for turn in sofar.turns)


def _flaws(text: str, sofar: Sofar, group: Group) -> float:
    """What reads badly, in shares of the facts that were asked for."""
    lost = FAULT * (len(list(faults(text))) + comes_from_nowhere(text, group))
    lost += ECHO * any(map(echoes, text.split(". "))) + (VERBLESS if sofar.turns else HEADED) * (not has_verb(text))
    lost += RECITED * recites(text) + IN_PART * any(tells_in_part(text, fact) for fact in group)
    if sofar.turns:
        lost += MONOTONOUS * same_opening(text, sofar.turns[-1].text)
        return lost + PRONOUN * (pronoun_of(text) not in ("", *_pronouns(sofar.turns)))
    own = " ".join(fact.value for fact in group if fact.source == "title" or is_type(fact))
    lost += FAULT * comes_with_itself(text, own)
    lost += UNNAMED * (not names(text, own)) + PRONOUN * bool(pronoun_of(text)) + TORN * is_torn(text, group)
    return lost + FAULT * any(misses_article(text, fact.value) for fact in group if is_type(fact))


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


def proper_name(facts: Iterable[Fact]) -> str:
    """The title where it is a name as people have them: "Horatio" of a chair; else ""."""
    known = list(facts)
    kind = " ".join(fact.value for fact in known if is_type(fact))
    return next((fact.value for fact in known if fact.source == "title" and is_proper(fact.value, kind)), "")


def is_torn(text: str, group: Iterable[Fact]) -> bool:
    """Whether a sentence about the title leaves out the word for the thing that the title or the type holds."""
    own = {word for fact in group if fact.source == "title" or is_type(fact) for word in heads(fact.value)}
    return bool(own) and own.isdisjoint(phrase(text))


def _pronouns(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Those that were used for the product so far; both where none was."""
    used = tuple(found for turn in turns if (found := pronoun_of(turn.text)))
    return used[:1] or ("it", "they")
