"""From a product's facts to a text: what to ask the model, round by round, and what comes of it. Pure, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from copywriter import describing, refusal, short_texts
from copywriter.briefs import Brief, shown
from copywriter.coverage import tellable
from copywriter.describing import Group, Sofar
from copywriter.facts import is_latin, useful
from copywriter.grouping import groups
from copywriter.kinds import DESCRIPTION, KINDS, TextKind
from copywriter.short_texts import examined
from foundation.evidence import Fact, Report, Sentence, check, kept_text
from foundation.inference.types import Completion, Request

USUAL = Brief("description", "long")
"""As long as the facts allow."""
FEWEST_FACTS = 2
"""Of those that can be told (`coverage.tellable`): of one alone nothing worth a page can be said."""
SEEDS_A_TAKE = 100_003
FEWEST_WORDS, FEWEST_OF_SHORT = 5, 2
"""Of a description, and of a short text."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be told of one product, for a description in which order. With `refused` nothing is asked."""

    facts: tuple[Fact, ...]
    kind: TextKind
    brief: Brief
    groups: tuple[Group, ...] = ()
    seed: int = 0
    take: int = 0
    refused: str = ""

    @property
    def is_description(self) -> bool:
        return self.kind is DESCRIPTION


@dataclass(frozen=True, slots=True)
class Work:
    """A plan and what has come of it so far."""

    plan: Plan
    sofar: Sofar

    @property
    def text(self) -> str:
        return self.sofar.text if self.plan.is_description else self.sofar.best.text


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


def begin(
    facts: Iterable[Fact], seed: int = 0, brief: Brief | None = None, kind: TextKind | None = None, take: int = 0
) -> Work:
    """The work on one product, by the `USUAL` brief where no other is given; `kind` where the brief's name is not its
    own. A further `take` leaves out what the model says without chance. Refused where too little is known."""
    known, brief = tuple(useful(facts)), brief or USUAL
    made = Plan(known, kind or KINDS[brief.kind], brief, (), seed + SEEDS_A_TAKE * take, take)
    title = " ".join(fact.value for fact in known if fact.source == "title")
    if not is_latin(title):
        return _begun(replace(made, refused=refusal.code(refusal.LANGUAGE)))
    if not title or len(tellable(known)) < FEWEST_FACTS:
        return _begun(replace(made, refused=refusal.code(refusal.THIN, known)))
    return _begun(replace(made, groups=groups(shown(known), brief.length) if made.is_description else ()))


def _begun(made: Plan) -> Work:
    first = min(made.take, 1)
    return Work(made, Sofar(made.groups, heat=first, first=first))


def requests(work: Work) -> tuple[Request, ...]:
    """What to ask next; none where the text is done or refused."""
    made, sofar = work.plan, work.sofar
    if made.refused:
        return ()
    if made.is_description:
        return describing.requests(sofar, made.brief.tone, made.seed)
    return short_texts.requests(sofar, made.kind, made.brief, made.facts, made.seed)


def taken(work: Work, completions: Sequence[Completion]) -> Work:
    """The work with the answers to all that was asked last."""
    made, sofar = work.plan, work.sofar
    if made.is_description:
        return replace(work, sofar=describing.taken(sofar, completions))
    return replace(work, sofar=short_texts.taken(sofar, made.kind, made.facts, completions))


def result(work: Work) -> Written | Refused:
    """The text, or why there is none, of work that has nothing more to ask."""
    made, sofar = work.plan, work.sofar
    if made.refused:
        return Refused(made.refused)
    if sofar.asked and sofar.errors == sofar.asked:
        return Refused(refusal.code(refusal.ENGINE), (), sofar.tokens)
    text = work.text
    report = examined(made.kind, text, made.facts)
    if report.unbacked and made.is_description:  # beside another a sentence may read otherwise
        text = kept_text(report)
        report = check(text, made.facts)
    fewest = FEWEST_WORDS if made.is_description else FEWEST_OF_SHORT
    if report.unbacked or len(text.split()) < fewest:
        return Refused(refusal.code(refusal.UNBACKED, made.facts), sofar.removed, sofar.tokens)
    return Written(text, report, sofar.removed, made.seed, sofar.tokens)
