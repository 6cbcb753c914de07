"""How a text that is made of parts is asked for, read and laid out: sentences, bullet points, questions. Pure.

A small model keeps to two or three facts and mixes up ten, so each part has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from copywriter.compliance import NO_RULES, Rules
from copywriter.kinds import DESCRIPTION, Parts, TextKind
from copywriter.writing import bullets, describing, openings, questions
from copywriter.writing.briefs import Brief, Turn, sentence_messages, shown
from copywriter.writing.candidates import Candidate, Group, Sofar
from copywriter.writing.grouping import groups, one_by_one
from copywriter.writing.guidance import Guidance
from copywriter.writing.occasions import is_campaign
from copywriter.writing.style import Style
from foundation.evidence import Fact
from foundation.inference.types import Completion, Message


@dataclass(frozen=True, slots=True)
class Form:
    """`grouped` gives the facts of each part, `asked` the conversation for the next one under a system message, `begun`
    how one of the answers begins, "" for none, `read` what an answer is worth, `laid` the text of all."""

    grouped: Callable[[Sequence[Fact], str], tuple[Group, ...]]
    asked: Callable[[Sofar, Brief, str, Group], tuple[Message, ...]]
    begun: Callable[[TextKind, Sofar, Group], str]
    read: Callable[[Sofar, Completion, Rules, Style], Candidate]
    laid: Callable[[Sofar], str]


def _sentence(sofar: Sofar, brief: Brief, system: str, group: Group) -> tuple[Message, ...]:
    return sentence_messages(brief.tone, sofar.turns, group, system)


def _sentence_begun(kind: TextKind, sofar: Sofar, group: Group) -> str:
    return openings.next_one(sofar.turns, group) if sofar.turns else openings.first(kind, group)


FORMS: dict[Parts, Form] = {
    Parts.SENTENCES: Form(groups, _sentence, _sentence_begun, describing.candidate, attrgetter("text")),
    Parts.BULLETS: Form(bullets.grouped, bullets.asked, bullets.begun, bullets.candidate, bullets.laid),
    Parts.ANSWERS: Form(questions.grouped, questions.asked, questions.begun, questions.candidate, questions.laid),
}


def grouped(kind: TextKind, brief: Brief, facts: Sequence[Fact], rules: Rules = NO_RULES) -> tuple[Group, ...]:
    """The facts of each part, as much as the model reads."""
    length = brief.length or "medium"
    found = FORMS[kind.parts].grouped(shown([fact for fact in facts if not is_campaign(fact)]), length)
    if kind.parts is Parts.ANSWERS:
        found = tuple(group for group in found if questions.is_allowed(group, rules))
    if kind.of_category:
        found = one_by_one(found)
    first, *later = found or ((),)
    own = tuple(fact for fact in facts if is_campaign(fact))
    return tuple(group for group in (first, own, *later) if group)


def laid(kind: TextKind, sofar: Sofar) -> str:
    return FORMS[kind.parts].laid(sofar)


def read(kind: TextKind, guided: Guidance, sofar: Sofar, completion: Completion) -> Candidate:
    """What an answer is worth; nothing may stand that makes the text too long for its channel."""
    form = FORMS[kind.parts]
    found = form.read(sofar, completion, guided.rules, guided.style)
    if kind.parts is Parts.SENTENCES and not sofar.turns:
        found = openings.judged(kind, sofar.waiting[0], found)
    if kind is DESCRIPTION or not found.text:
        return found
    longer = replace(sofar, turns=(*sofar.turns, Turn(sofar.waiting[0], found.text)))
    return found if kind.fits(form.laid(longer)) else found.refused()
