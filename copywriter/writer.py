"""From a product's facts to a text: what to ask the model, round by round, and what comes of it. Pure, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from copywriter import describing, refusal
from copywriter.briefs import MAX_TOKENS, Brief, messages, shown
from copywriter.candidates import Candidate, candidate, examined
from copywriter.coverage import wanted
from copywriter.describing import Group, Sofar
from copywriter.facts import is_latin, useful
from copywriter.grouping import groups
from foundation.evidence import Fact, Report, Sentence, check, kept_text
from foundation.inference.types import Completion, Request

ROUNDS = ((0.3, 0.6, 0.8), (0.5, 0.8, 1.0))
"""Temperatures for a short text, one candidate each; the second where no candidate of the first is good."""
GOOD = 0.85
USUAL = Brief("description", "long")
"""As long as the facts allow."""
TOP_P = 0.92
FEWEST_FACTS = 2
FEWEST_WORDS, FEWEST_OF_SHORT = 5, 2
"""Of a description, and of a short text."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be told of one product, for a description in which order. With `refused` nothing is asked."""

    facts: tuple[Fact, ...]
    brief: Brief
    groups: tuple[Group, ...] = ()
    seed: int = 0
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A plan and what has come of it so far."""

    plan: Plan
    sofar: Sofar
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A text in which every sentence is backed; `removed` are the model's sentences that are not."""

    text: str
    report: Report
    removed: tuple[Sentence, ...]
    seed: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class Refused:
    """No text; `reason` is a code of `copywriter.refusal`."""

    reason: str
    removed: tuple[Sentence, ...] = ()
    tokens_out: int = 0


def begin(facts: Iterable[Fact], seed: int = 0, brief: Brief | None = None) -> Work:
    """The work on one product, by the `USUAL` brief where no other is given. Refused where too little is known."""
    known, brief = tuple(useful(facts)), brief or USUAL
    title = " ".join(fact.value for fact in known if fact.source == "title")
    if not is_latin(title):
        return _begun(Plan(known, brief, (), seed, refusal.code(refusal.LANGUAGE)))
    if not title or len(wanted(known)) < FEWEST_FACTS:
        return _begun(Plan(known, brief, (), seed, refusal.code(refusal.THIN, known)))
    return _begun(Plan(known, brief, groups(shown(known), brief.length) if brief.kind == "description" else (), seed))


def _begun(made: Plan) -> Work:
    return Work(made, Sofar(made.groups))


def requests(work: Work) -> tuple[Request, ...]:
    """What to ask next; none where the text is done or refused."""
    made, sofar = work.plan, work.sofar
    if made.refused:
        return ()
    if made.brief.kind == "description":
        return describing.requests(sofar, made.brief.tone, made.seed)
    if sofar.asked == len(ROUNDS) or any(one.score >= GOOD for one in work.candidates):
        return ()
    asked, first = messages(made.brief, shown(made.facts)), sofar.asked * len(ROUNDS[0])
    return tuple(
        Request(str(first + n), asked, MAX_TOKENS[made.brief.kind], warmth, TOP_P, seed=made.seed + first + n)
        for n, warmth in enumerate(ROUNDS[sofar.asked])
    )


def taken(work: Work, completions: Sequence[Completion]) -> Work:
    """The work with the answers to all that was asked last."""
    made, sofar = work.plan, work.sofar
    if made.brief.kind == "description":
        return replace(work, sofar=describing.taken(sofar, completions))
    found = tuple(
        candidate(made.brief, one.text, one.finish == "stop", made.facts, made.seed + int(one.key))
        for one in completions
        if not one.error
    )
    spent = sofar.answered(completions, (sentence for one in found for sentence in one.removed))
    return Work(made, spent, (*work.candidates, *found))


def result(work: Work) -> Written | Refused:
    """The text, or why there is none, of work that has nothing more to ask."""
    made, sofar = work.plan, work.sofar
    if made.refused:
        return Refused(made.refused)
    if sofar.asked and sofar.errors == sofar.asked:
        return Refused(refusal.code(refusal.ENGINE), (), sofar.tokens)
    best = max(work.candidates, key=lambda one: one.score, default=None)
    text, seed = (best.text, best.seed) if best else (sofar.text, made.seed)
    report = examined(made.brief, text, made.facts)
    if report.unbacked and made.brief.kind == "description":  # beside another a sentence may read otherwise
        text = kept_text(report)
        report = check(text, made.facts)
    fewest = FEWEST_WORDS if made.brief.kind == "description" else FEWEST_OF_SHORT
    if report.unbacked or len(text.split()) < fewest:
        return Refused(refusal.code(refusal.UNBACKED, made.facts), sofar.removed, sofar.tokens)
    return Written(text, report, sofar.removed, seed, sofar.tokens)
