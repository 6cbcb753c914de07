"""A short text of the model (title, headline, bullets, …), held against the facts: what of it may stay. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from copywriter.briefs import LIMITS, Brief
from copywriter.coverage import coverage
from copywriter.fluency import END, closed, faults, proofread, similar
from foundation.evidence import Fact, Problem, Report, Sentence, check

WHOLE = frozenset(["title", "seo_title", "ad_headline", "alt_text", "faq"])
"""Kinds that stand or fall as a whole: without a part of it a headline is none."""
FAULT, REMOVED = 0.15, 0.1
_QUESTION = re.compile(r"Q: ([^\n]+\?)\nA: ([^\n]+)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text` is what may stay, "" where it is of no use; `score` up to 1."""

    text: str
    removed: tuple[Sentence, ...]
    seed: int
    score: float


def candidate(brief: Brief, text: str, finished: bool, facts: tuple[Fact, ...], seed: int = 0) -> Candidate:
    """Reads what the model wrote. Not `finished`: it was cut off, and so is its last sentence."""
    text = "\n".join(proofread(line) for line in text.strip().split("\n") if line.strip())
    report = examined(brief, text, facts)
    removed = tuple(one for one in report.sentences if not one.backed)
    parts = tuple(_kept(brief, text, report, finished))
    return Candidate(_laid_out(brief, parts), removed, seed, _score(parts, len(removed), facts))


def examined(brief: Brief, text: str, facts: tuple[Fact, ...]) -> Report:
    """The report on a text of this kind; a question claims nothing, so only what answers it is looked at."""
    asked = _QUESTION.fullmatch(text) if brief.kind == "faq" else None
    return check(asked[2] if asked else text, facts)


def is_foreign(sentence: Sentence) -> bool:
    """Whether a sentence says what no fact holds; one that says nothing, or only praises, is none."""
    return sentence.problem in (Problem.CLAIM, Problem.WORDING, Problem.META)


def _laid_out(brief: Brief, parts: Iterable[str]) -> str:
    """Bullets and faq by line, everything else in one paragraph."""
    if brief.kind == "bullets":
        return "\n".join(f"- {part}" for part in parts)
    return ("\n" if brief.kind == "faq" else " ").join(parts)


def _score(parts: Sequence[str], removed: int, facts: Sequence[Fact]) -> float:
    """Coverage, less what reads badly and what had to go; 0 without a text."""
    if not parts:
        return 0.0
    badly = sum(len(list(faults(part))) for part in parts)
    return coverage(" ".join(parts), facts) - FAULT * badly - REMOVED * removed


def _kept(brief: Brief, text: str, report: Report, finished: bool) -> Iterator[str]:
    if brief.kind in WHOLE:
        fits = len(text) <= LIMITS[brief.kind]
        shaped = bool(_QUESTION.fullmatch(text)) if brief.kind == "faq" else "\n" not in text
        if finished and fits and shaped and report.sentences and all(one.backed for one in report.sentences):
            yield from text.split("\n")
        return
    given: list[str] = []
    for number, one in enumerate(report.sentences):
        cut = not finished and number == len(report.sentences) - 1 and not one.text.endswith(END)
        if not one.backed or cut or any(similar(one.text, other) for other in given):
            continue
        part = one.text if brief.kind == "bullets" else closed(one.text)
        if len(_laid_out(brief, [*given, part])) <= LIMITS[brief.kind]:
            given.append(part)
    yield from given
