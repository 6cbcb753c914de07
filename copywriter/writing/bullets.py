"""Bullet points: a few of the facts are told in a line or two, then the next few. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from copywriter.compliance import Rules
from copywriter.kinds import TextKind
from copywriter.writing import fields
from copywriter.writing.briefs import Brief, messages
from copywriter.writing.candidates import Candidate, Group, Sofar
from copywriter.writing.coverage import brands, share_told, told, wanted
from copywriter.writing.describing import FOREIGN
from copywriter.writing.fluency import faults, proofread, similar
from copywriter.writing.grouping import groups, titled
from copywriter.writing.judging import judged
from copywriter.writing.style import Style
from foundation.evidence import Fact
from foundation.inference.types import Completion, Message

FAULT = 0.15  # of a line: less than of a sentence, for it has no verb
LINES = 2
"""Most that are taken of one answer: after these the model begins to invent."""
_MARK = "-•* "


def grouped(facts: Sequence[Fact], length: str) -> tuple[Group, ...]:
    """Of the first line a few; the others stand alone, as a list of bullets is read."""
    first, *later = groups(facts, length) or ((),)
    return titled([group for group in (first, *((fact,) for group in later for fact in group)) if group])


def asked(sofar: Sofar, brief: Brief, system: str, group: Group) -> tuple[Message, ...]:
    return messages(Brief("bullets", "", brief.tone), group, system)


def begun(kind: TextKind, sofar: Sofar, group: Group) -> str:
    """Behind the first line, which says what the thing is."""
    fact = next(fact for fact in group if fact.source != "title")
    return f"- {line}" if sofar.turns and (line := fields.line_begun(fact)) else ""


def candidate(sofar: Sofar, completion: Completion, rules: Rules, style: Style) -> Candidate:
    """The lines that tell most, each once; a line cut off at the end is none."""
    group = sofar.waiting[0]
    reports = [(line, judged(line, group, rules)) for line in _lines(completion, group)]
    foreign = tuple(one for _line, report in reports for one in report.unbacked)
    sound = [line for line, report in reports if report.sentences and not report.unbacked]
    kept = _telling(sound, sofar, group)
    if not kept:
        return Candidate(removed=foreign)
    text = "\n".join(kept)
    asking = wanted(group)
    share = sum(share_told(text, fact) for fact in asking) / len(asking) if asking else 0.5
    flaws = FAULT * sum(len([one for one in faults(line) if one != "no sentence"]) for line in kept)
    return Candidate(share, flaws + FOREIGN / 2 * len(foreign), text, foreign, style.of(text))


def _lines(completion: Completion, group: Group) -> list[str]:
    """Those of an answer that are whole."""
    written = completion.text.strip().split("\n")
    whole = written if completion.finish == "stop" else written[:-1]
    return [line for line in (proofread(one.strip(_MARK), brands(group)) for one in whole) if line]


def _telling(lines: Sequence[str], sofar: Sofar, group: Group) -> list[str]:
    """Those that add to what the ones before them tell, and say nothing that stands already."""
    standing = [line for turn in sofar.turns for line in turn.text.split("\n") if line]
    kept: list[str] = []
    for line in lines:
        new = not any(similar(line, other) for other in [*standing, *kept])
        adds = told("\n".join([*kept, line]), group) - told("\n".join(kept), group)
        if new and adds and len(kept) < LINES:
            kept.append(line)
    return kept


def laid(sofar: Sofar) -> str:
    return "\n".join(f"- {line}" for turn in sofar.turns for line in turn.text.split("\n"))
