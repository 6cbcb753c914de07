"""A short text (title, headline, alt text): asked for whole, and held against the facts. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from copywriter.compliance import NO_RULES, Rules
from copywriter.kinds import Parts, TextKind
from copywriter.writing import questions
from copywriter.writing.briefs import SYSTEM, Brief, messages, shown
from copywriter.writing.candidates import GOOD, Candidate, Sofar, with_one_begun
from copywriter.writing.coverage import brands, coverage, is_brand, is_type, tellable
from copywriter.writing.fluency import faults, proofread
from copywriter.writing.grouping import named_shortly, sort_of
from copywriter.writing.headlines import empty_words
from copywriter.writing.judging import held
from copywriter.writing.occasions import as_told, checked, is_campaign
from copywriter.writing.style import NO_STYLE, Style, chosen
from foundation.evidence import Fact, Report
from foundation.inference.types import Completion, Request

ROUNDS = ((0.0, 0.4, 0.7), (0.5, 0.8, 1.0))
"""Temperatures, one candidate each; the second where no candidate of the first is good."""
TOP_P = 0.92
FAULT = 0.15  # what each fault costs, as a share of the facts: less than in a sentence, for it has no verb
_ENDS = re.compile(r"\s*(?:[,;|:]|\s[–—-](?=\s)|\s(?:with|for|in|and|or|from|by)\s)")
FEWEST_LEFT = 2


def requests(
    sofar: Sofar, kind: TextKind, brief: Brief, facts: Sequence[Fact], seed: int, system: str = SYSTEM
) -> tuple[Request, ...]:
    """Candidates for the text; none where one is good, or all rounds are over."""
    rounds = ROUNDS[sofar.first :]
    if sofar.asked == len(rounds) or sofar.best.score >= GOOD:
        return ()
    told, first = sheet(kind, facts), sofar.asked * len(ROUNDS[0])
    asked = messages(brief, told, system)
    free = tuple(
        Request(str(first + n), asked, kind.tokens, temperature, TOP_P, seed=seed + first + n)
        for n, temperature in enumerate(rounds[sofar.asked])
    )
    name = name_that_fits(kind, told) if kind.headline and not sofar.asked else ""
    return with_one_begun(free, str(first), name)


def name_that_fits(kind: TextKind, told: Sequence[Fact]) -> str:
    """What the thing is called: its title where the channel has room, else its maker and type, else its type."""
    title = [fact.value for fact in told if fact.source == "title"]
    types = [fact.value for fact in told if is_type(fact)][:1]
    named = [*title, *(f"{brand} {one}" for brand in brands(told) for one in types), *types]
    return next((name for name in named if kind.fits(name)), "")


def sheet(kind: TextKind, facts: Sequence[Fact]) -> list[Fact]:
    """What is told of the product; where there is little room, the title as a line can carry it, the campaign, maker
    and type, and of the rest what comes first in a text: the model mixes up what it has to choose from."""
    if kind.most_facts is None:
        return shown(facts)
    given = [fact for fact in shown(named_shortly(facts)) if fact.source != "tags"]
    named = [fact for fact in given if fact.source == "title"]
    used = (fact for fact in tellable(given) if _rank(fact) < 0 or kind.uses(fact.label))
    kept = sorted(used, key=_rank)
    return [*named, *kept[: kind.most_facts]]


def _rank(fact: Fact) -> int:
    if is_campaign(fact):
        return -2
    return -1 if is_brand(fact) or is_type(fact) else sort_of(fact)


def taken(
    sofar: Sofar,
    kind: TextKind,
    facts: tuple[Fact, ...],
    completions: Sequence[Completion],
    rules: Rules = NO_RULES,
    style: Style = NO_STYLE,
) -> Sofar:
    """With the best of all candidates so far."""
    answers = [one for one in sorted(completions, key=lambda one: one.key) if not one.error]
    found = [candidate(kind, one.text, one.finish == "stop", facts, rules) for one in answers]
    found = [one._replace(style=style.of(one.text)) for one in found]
    spent = sofar.answered(completions, (sentence for one in found for sentence in one.removed))
    every = [sofar.best, *found] if sofar.asked else found
    return replace(spent, best=chosen(every, rank=_rank_of) if every else sofar.best)


def _rank_of(one: Candidate) -> tuple[bool, float]:
    """A name that tells nothing more is better than no text; what reads worse than it tells is not."""
    return bool(one.text) and one.score >= 0, round(one.score, 6)


def candidate(kind: TextKind, text: str, finished: bool, facts: tuple[Fact, ...], rules: Rules = NO_RULES) -> Candidate:
    """Reads what the model wrote. Not `finished`: it was cut off, and so is its last sentence."""
    text = "\n".join(proofread(line, brands(facts)) for line in text.strip().split("\n") if line.strip())
    text = as_told(text, facts)
    if kind.headline and not kind.fits(text):
        text, finished = shortened(text, kind), True
    report = examined(kind, text, facts, rules)
    removed = tuple(one for one in report.sentences if not one.backed)
    if not _stands(kind, text, report, finished) or (kind.headline and empty_words(text, facts)):
        return Candidate(removed=removed)
    return Candidate(coverage(text, facts), FAULT * len(list(faults(text))), text, removed)


def shortened(line: str, kind: TextKind) -> str:
    """The longest part of a headline, up to a comma, a bar or a joining word, that fits; "" where there is none of two
    words."""
    ends = [found.start() for found in _ENDS.finditer(line) if kind.fits(line[: found.start()])]
    kept = line[: ends[-1]].strip(" ,;|:–—-") if ends else ""
    return kept if len(kept.split()) >= FEWEST_LEFT else ""


def examined(kind: TextKind, text: str, facts: tuple[Fact, ...], rules: Rules = NO_RULES) -> Report:
    """The report on a text of this kind."""
    return held(checked(claiming(kind, text, facts), facts), text, facts, rules)


def claiming(kind: TextKind, text: str, facts: Sequence[Fact]) -> str:
    """The text with blanks for what claims nothing."""
    return questions.claiming(text, facts) if kind.parts is Parts.ANSWERS else text


def _stands(kind: TextKind, text: str, report: Report, finished: bool) -> bool:
    """Whether the text may stay: it does so as a whole or not at all."""
    return finished and "\n" not in text and kind.fits(text) and bool(report.sentences) and not report.unbacked
