"""A text in another language than English: asked for whole, and of it kept what may stay. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from copywriter.compliance import NO_RULES, Rules
from copywriter.kinds import DESCRIPTION, TextKind
from copywriter.writing import foreign
from copywriter.writing.briefs import SYSTEM, Brief, messages, shown
from copywriter.writing.candidates import GOOD, Candidate, Sofar
from copywriter.writing.coverage import is_brand
from copywriter.writing.detecting import is_in_another
from copywriter.writing.judging import held
from copywriter.writing.languages import is_foreign
from copywriter.writing.locale_forms import localised
from copywriter.writing.short_texts import claiming, examined
from foundation.evidence import Fact, Report
from foundation.inference.types import Completion, Request

ROUNDS = ((0.3,), (0.6, 0.9))
TOP_P, DESCRIPTION_TOKENS, MORE = 0.92, 500, 2
"""`MORE`: how many times the tokens of English other languages and scripts may take."""
REMOVED = 0.1


def requests(
    sofar: Sofar, kind: TextKind, brief: Brief, facts: Sequence[Fact], seed: int, system: str = SYSTEM
) -> tuple[Request, ...]:
    """Candidates for the text; none where one is good, or all rounds are over."""
    if sofar.asked == len(ROUNDS) or sofar.best.score >= GOOD:
        return ()
    asked, first = messages(brief, shown(facts), system), sofar.asked * len(ROUNDS[1])
    room = DESCRIPTION_TOKENS if kind is DESCRIPTION else MORE * kind.tokens
    return tuple(
        Request(str(first + n), asked, room, temperature, TOP_P, seed=seed + first + n)
        for n, temperature in enumerate(ROUNDS[sofar.asked])
    )


def taken(
    sofar: Sofar, kind: TextKind, facts: tuple[Fact, ...], completions: Sequence[Completion], tag: str, rules: Rules
) -> Sofar:
    """With the best of all candidates so far."""
    found = [candidate(kind, one.text, one.finish == "stop", facts, tag, rules) for one in completions if not one.error]
    spent = sofar.answered(completions, (sentence for one in found for sentence in one.removed))
    return replace(spent, best=max([*found, sofar.best], key=lambda one: one.score, default=sofar.best))


def candidate(
    kind: TextKind, text: str, finished: bool, facts: tuple[Fact, ...], tag: str, rules: Rules = NO_RULES
) -> Candidate:
    """Nothing of an answer in another language. Not `finished`: it was cut off, and so is its last sentence."""
    text = localised(text.strip(), tag)
    names = [fact.value for fact in facts if fact.source == "title" or is_brand(fact)]
    if not text or is_in_another(text, tag, names):
        return Candidate()
    report = examined_in(tag, kind, text, facts, rules)
    sentences = report.sentences if finished else report.sentences[:-1]
    removed = tuple(one for one in sentences if not one.backed)
    if kind.headline:
        kept = text if not removed and finished else ""
    else:
        joint = "" if tag.partition("-")[0] in foreign.NO_SPACES else " "
        kept = ("\n" if "\n" in text else joint).join(one.text for one in sentences if one.backed)
    if not kept or not kind.fits(kept):
        return Candidate(removed=removed)
    return Candidate(1.0, REMOVED * len(removed), kept, removed)


def examined_in(tag: str, kind: TextKind, text: str, facts: tuple[Fact, ...], rules: Rules = NO_RULES) -> Report:
    """The report on a text of this kind, in the language that it is in."""
    if not is_foreign(tag):
        return examined(kind, text, facts, rules)
    return held(foreign.check(claiming(kind, text, facts), facts, tag), text, facts, rules)
