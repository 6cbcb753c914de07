"""From a product's facts to a text: what to ask the model, round by round, and what comes of it. Pure, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from copywriter.kinds import KINDS, Parts, TextKind
from copywriter.writing import describing, foreign, foreign_texts, guidance, parts, refusal, short_texts
from copywriter.writing.briefs import Brief
from copywriter.writing.candidates import Group, Sofar
from copywriter.writing.coverage import tellable
from copywriter.writing.facts import as_told, is_latin
from copywriter.writing.foreign_texts import examined_in
from copywriter.writing.guidance import Guidance
from copywriter.writing.instructions import system
from copywriter.writing.judging import judged
from copywriter.writing.languages import is_foreign
from copywriter.writing.occasions import with_campaign
from foundation.evidence import Fact, Report, Sentence, kept_text
from foundation.inference.types import Completion, Request

USUAL = Brief("description", "long")
"""As long as the facts allow."""
FEWEST_FACTS = 2
"""Of those that can be told (`coverage.tellable`): of one alone nothing worth a page can be said."""
SEEDS_A_TAKE, SEEDS_AGAIN = 100_003, 50_021
FEWEST_WORDS, FEWEST_OF_SHORT = 5, 2
"""Of a description, and of a short text."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be told of one product, for a description in which order. With `refused` nothing is asked. `given`
    is `copywriter.writing.given.given` of all this, where somebody wants to know it."""

    facts: tuple[Fact, ...]
    kind: TextKind
    brief: Brief
    groups: tuple[Group, ...] = ()
    seed: int = 0
    take: int = 0
    refused: str = ""
    guidance: Guidance = guidance.USUAL
    given: str = ""

    @property
    def by_sentence(self) -> bool:
        return self.kind.parts is Parts.SENTENCES and not self.is_foreign

    @property
    def is_long(self) -> bool:
        """Of any number of sentences."""
        return self.by_sentence and not self.kind.most_parts

    @property
    def is_foreign(self) -> bool:
        return is_foreign(self.guidance.language)

    @property
    def by_parts(self) -> bool:
        return self.kind.parts is not Parts.NONE and not self.is_foreign


@dataclass(frozen=True, slots=True)
class Work:
    """A plan and what has come of it so far; `done` where the text is there already and nothing has to be asked."""

    plan: Plan
    sofar: Sofar
    done: Written | Refused | None = None

    @property
    def text(self) -> str:
        return parts.laid(self.plan.kind, self.sofar) if self.plan.by_parts else self.sofar.best.text


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
    """No text; `reason` is a code of `copywriter.writing.refusal`."""

    reason: str
    removed: tuple[Sentence, ...] = ()
    tokens_out: int = 0


def begin(
    facts: Iterable[Fact],
    seed: int = 0,
    brief: Brief | None = None,
    kind: TextKind | None = None,
    take: int = 0,
    guided: Guidance = guidance.USUAL,
) -> Work:
    """The work on one product, by the `USUAL` brief where no other is given; `kind` where the brief's name is not its
    own. A further `take` leaves out what the model says without chance. Refused where too little is known."""
    own, brief = known(facts), brief or USUAL
    kind = kind or KINDS[brief.kind]
    about = told(own, kind, guided)
    guided = replace(guided, rules=guided.rules.about(about))
    made = Plan(about, kind, brief, (), seed + SEEDS_A_TAKE * take, take, guidance=guided)
    if reason := unfit(own, guided):
        return _work_on(replace(made, refused=refusal.code(reason, own)))
    groups = parts.grouped(made.kind, brief, about, guided.rules) if made.by_parts else ()
    if made.by_parts and not groups:
        return _work_on(replace(made, refused=refusal.code(refusal.THIN, own)))
    return _work_on(replace(made, groups=groups))


def known(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """What a text may be made of."""
    return tuple(as_told(facts))


def told(own: Sequence[Fact], kind: TextKind, guided: Guidance) -> tuple[Fact, ...]:
    """What a text of the kind is made of: the `known` facts, and in one of a campaign what the shop says of that."""
    return with_campaign(own, guided.facts() if kind.campaign else ())


def unfit(told: Sequence[Fact], guided: Guidance) -> str:
    """`refusal.LANGUAGE` or `refusal.THIN` where nothing can be written of what is `known`, else ""."""
    title = " ".join(fact.value for fact in told if fact.source == "title")
    foreign = is_foreign(guided.language)
    if not is_latin(title) and not foreign:
        return refusal.LANGUAGE
    enough = [fact for fact in told if fact.source not in ("title", "tags")] if foreign else tellable(told)
    return refusal.THIN if not title or len(enough) < FEWEST_FACTS else ""


def _work_on(made: Plan) -> Work:
    first = min(made.take, 1)
    return Work(made, Sofar(made.groups, heat=first, first=first))


def afresh(work: Work) -> Work:
    """Without what the model says without chance: that was not good enough."""
    return replace(work, sofar=replace(work.sofar, heat=1, first=1))


def once_more(work: Work) -> Work:
    """The same text from the beginning, with other seeds and without what the model says without chance."""
    made = replace(work.plan, seed=work.plan.seed + SEEDS_AGAIN)
    return Work(made, Sofar(made.groups, heat=1, first=1))


def reused(work: Work, text: str, removed: Iterable[Sentence], seed: int) -> Work:
    """With a text that was written before of the same; as it was where today's check does not back all of it."""
    guided = work.plan.guidance
    report = examined_in(guided.language, work.plan.kind, text, work.plan.facts, guided.rules)
    if report.unbacked or not report.sentences:
        return work
    return replace(work, done=Written(text, report, tuple(removed), seed, 0))


def refused(work: Work, reason: str) -> Work:
    """The work as one that asks nothing, for a reason that the facts do not show."""
    return replace(work, plan=replace(work.plan, refused=reason))


def requests(work: Work) -> tuple[Request, ...]:
    """What to ask next; none where the text is done or refused."""
    made, sofar = work.plan, work.sofar
    if made.refused or work.done:
        return ()
    told = system(made.guidance)
    if made.is_foreign:
        return foreign_texts.requests(sofar, made.kind, made.brief, made.facts, made.seed, told)
    if made.by_parts:
        form = parts.FORMS[made.kind.parts]
        asked, begun = partial(form.asked, sofar, made.brief, told), partial(form.begun, made.kind, sofar)
        return describing.requests(sofar, asked, begun, made.seed, made.kind.tokens)
    return short_texts.requests(sofar, made.kind, made.brief, made.facts, made.seed, told)


def taken(work: Work, completions: Sequence[Completion]) -> Work:
    """The work with the answers to all that was asked last."""
    made, sofar, guided = work.plan, work.sofar, work.plan.guidance
    if made.is_foreign:
        best = foreign_texts.taken(sofar, made.kind, made.facts, completions, guided.language, guided.rules)
        return replace(work, sofar=best)
    if made.by_parts:
        read = partial(parts.read, made.kind, guided)
        return replace(work, sofar=describing.taken(sofar, completions, read, guided.style, made.kind.most_parts))
    return replace(work, sofar=short_texts.taken(sofar, made.kind, made.facts, completions, guided.rules, guided.style))


def result(work: Work) -> Written | Refused:
    """The text, or why there is none, of work that has nothing more to ask."""
    made, sofar = work.plan, work.sofar
    if work.done is not None:
        return work.done
    if made.refused:
        return Refused(made.refused)
    if sofar.asked and sofar.errors == sofar.asked:
        return Refused(refusal.code(refusal.ENGINE), (), sofar.tokens)
    text = work.text
    if made.is_foreign and not text and not sofar.removed:
        return Refused(refusal.code(refusal.TONGUE), (), sofar.tokens)
    report = examined_in(made.guidance.language, made.kind, text, made.facts, made.guidance.rules)
    if report.unbacked and made.by_sentence:  # beside another a sentence may read otherwise
        text = kept_text(report)
        report = judged(text, made.facts, made.guidance.rules)
    fewest = FEWEST_WORDS if made.is_long else FEWEST_OF_SHORT
    if made.guidance.language.partition("-")[0] in foreign.NO_SPACES:
        fewest = 1
    if report.unbacked or len(text.split()) < fewest:
        return Refused(refusal.code(refusal.UNBACKED, made.facts), sofar.removed, sofar.tokens)
    return Written(text, report, sofar.removed, made.seed, sofar.tokens)
