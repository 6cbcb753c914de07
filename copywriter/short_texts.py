"""A short text (title, headline, bullets, …): asked for whole, and held against the facts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from copywriter.briefs import Brief, messages, shown
from copywriter.coverage import brands, coverage, is_brand, is_type
from copywriter.describing import GOOD, Candidate, Sofar
from copywriter.fluency import END, closed, faults, proofread, similar
from copywriter.grouping import named_shortly, sort_of
from copywriter.kinds import TextKind
from foundation.evidence import Fact, Report, check
from foundation.inference.types import Completion, Request

ROUNDS = ((0.0, 0.4, 0.7), (0.5, 0.8, 1.0))
"""Temperatures, one candidate each; the second where no candidate of the first is good."""
TOP_P = 0.92
FAULT = 0.15  # what each fault of a part costs, as a share of the facts: less than in a sentence, for it has no verb
REMOVED = 0.1  # what each part costs that had to go
_ENDS = re.compile(r"\s*(?:[,;|:]|\s[–—-](?=\s)|\s(?:with|for|in|and|or|from|by)\s)")
FEWEST_LEFT = 2
QUESTION = re.compile(r"Q: ([^\n]+\?)\nA: ([^\n]+)")


def requests(sofar: Sofar, kind: TextKind, brief: Brief, facts: Sequence[Fact], seed: int) -> tuple[Request, ...]:
    """Candidates for the text; none where one is good, or all rounds are over."""
    rounds = ROUNDS[sofar.first :]
    if sofar.asked == len(rounds) or sofar.best.score >= GOOD:
        return ()
    asked, first = messages(brief, sheet(kind, facts)), sofar.asked * len(ROUNDS[0])
    return tuple(
        Request(str(first + n), asked, kind.tokens, temperature, TOP_P, seed=seed + first + n)
        for n, temperature in enumerate(rounds[sofar.asked])
    )


def sheet(kind: TextKind, facts: Sequence[Fact]) -> list[Fact]:
    """What is told of the product; where there is little room, the title as a line can carry it, maker and type, and
    of the rest what comes first in a text: the model mixes up what it has to choose from."""
    if kind.most_facts is None:
        return shown(facts)
    given = [fact for fact in shown(named_shortly(facts)) if fact.source != "tags"]
    named = [fact for fact in given if fact.source == "title"]
    kept = sorted((fact for fact in given if fact.source != "title"), key=_rank)
    return [*named, *kept[: kind.most_facts]]


def _rank(fact: Fact) -> int:
    return -1 if is_brand(fact) or is_type(fact) else sort_of(fact)


def taken(sofar: Sofar, kind: TextKind, facts: tuple[Fact, ...], completions: Sequence[Completion]) -> Sofar:
    """With the best of all candidates so far."""
    found = [candidate(kind, one.text, one.finish == "stop", facts) for one in completions if not one.error]
    spent = sofar.answered(completions, (sentence for one in found for sentence in one.removed))
    every = [sofar.best, *found] if sofar.asked else found
    return replace(spent, best=max(every, key=lambda one: one.score, default=sofar.best))


def candidate(kind: TextKind, text: str, finished: bool, facts: tuple[Fact, ...]) -> Candidate:
    """Reads what the model wrote. Not `finished`: it was cut off, and so is its last sentence."""
    text = "\n".join(proofread(line, brands(facts)) for line in text.strip().split("\n") if line.strip())
    if kind.headline and not kind.fits(text):
        text, finished = shortened(text, kind), True
    report = examined(kind, text, facts)
    removed = tuple(one for one in report.sentences if not one.backed)
    parts = tuple(_kept(kind, text, report, finished))
    told = coverage(" ".join(parts), facts) if parts else 0.0
    return Candidate(told, _flaws(parts, len(removed)), _laid_out(kind, parts), removed)


def shortened(line: str, kind: TextKind) -> str:
    """The longest part of a headline, up to a comma, a bar or a joining word, that fits; "" where there is none of two
    words."""
    ends = [found.start() for found in _ENDS.finditer(line) if kind.fits(line[: found.start()])]
    kept = line[: ends[-1]].strip(" ,;|:–—-") if ends else ""
    return kept if len(kept.split()) >= FEWEST_LEFT else ""


def examined(kind: TextKind, text: str, facts: tuple[Fact, ...]) -> Report:
    """The report on a text of this kind."""
    return check(claiming(kind, text), facts)


def claiming(kind: TextKind, text: str) -> str:
    """The text with blanks for what claims nothing, which is the question before an answer: every claim stays where it
    stands."""
    asked = QUESTION.fullmatch(text) if kind.name == "faq" else None
    return " " * asked.start(2) + asked[2] if asked else text


def _laid_out(kind: TextKind, parts: Iterable[str]) -> str:
    """Bullets and faq by line, everything else in one paragraph."""
    if kind.name == "bullets":
        return "\n".join(f"- {part}" for part in parts)
    return ("\n" if kind.name == "faq" else " ").join(parts)


def _flaws(parts: Sequence[str], removed: int) -> float:
    """What reads badly and what had to go."""
    return FAULT * sum(len(list(faults(part))) for part in parts) + REMOVED * removed if parts else 0.0


def _kept(kind: TextKind, text: str, report: Report, finished: bool) -> Iterator[str]:
    if kind.whole:
        shaped = bool(QUESTION.fullmatch(text)) if kind.name == "faq" else "\n" not in text
        if finished and kind.fits(text) and shaped and report.sentences and all(one.backed for one in report.sentences):
            yield from text.split("\n")
        return
    given: list[str] = []
    for number, one in enumerate(report.sentences):
        cut = not finished and number == len(report.sentences) - 1 and not one.text.endswith(END)
        if not one.backed or cut or any(similar(one.text, other) for other in given):
            continue
        part = one.text if kind.name == "bullets" else closed(one.text)
        if kind.fits(_laid_out(kind, [*given, part])):
            given.append(part)
    yield from given
