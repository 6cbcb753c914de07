"""Questions and answers: the field's name makes the question, the model answers it with the fact. Pure.

Asked for a question too, the small model answers another one: of 143 pairs that it wrote by itself some half did not
belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from copywriter.compliance import Rules
from copywriter.kinds import TextKind
from copywriter.writing import describing, fields
from copywriter.writing.briefs import Brief, Turn, sentence_messages
from copywriter.writing.candidates import Candidate, Group, Sofar
from copywriter.writing.coverage import is_type, wanted
from copywriter.writing.grouping import named_shortly
from copywriter.writing.style import Style
from foundation.evidence import Fact
from foundation.inference.types import Completion, Message

PAIR = re.compile(r"(?m)^Q: (?P<asked>[^\n]+\?)\nA: ")
UNBEGUN = 0.1
"""What one loses that does not begin as its question asks."""


def grouped(facts: Sequence[Fact], length: str) -> tuple[Group, ...]:
    """Each fact that a buyer asks for alone, beside the title, the most wanted first."""
    title = tuple(fact for fact in named_shortly(facts) if fact.source == "title")
    asking = [fact for fact in wanted(facts) if not is_type(fact)]
    ranked = sorted(asking, key=lambda fact: fields.rank(fact.label))
    by_question = {question([fact]): fact for fact in reversed(ranked)}  # of several the first one stays
    return tuple((*title, fact) for fact in reversed(by_question.values()))


def asked(sofar: Sofar, brief: Brief, system: str, group: Group) -> tuple[Message, ...]:
    """For the answer: a sentence that tells the fact, whatever was answered before."""
    return sentence_messages(brief.tone, (), group, system)


def candidate(sofar: Sofar, completion: Completion, rules: Rules, style: Style) -> Candidate:
    """What an answer is worth by itself: the one before it stands under another question, its own names the thing."""
    group = sofar.waiting[0]
    named = Turn(tuple(fact for fact in group if fact.source == "title"), "")
    found = describing.candidate(replace(sofar, turns=(named,)), completion, rules, style)
    opening = fields.answer_begun(_told(group))
    return found if found.text.startswith(opening) else found._replace(flaws=found.flaws + UNBEGUN)


def laid(sofar: Sofar) -> str:
    return "\n\n".join(f"Q: {question(turn.facts)}\nA: {turn.text}" for turn in sofar.turns)


def question(facts: Iterable[Fact]) -> str:
    """What the last of the facts answers."""
    return fields.question(_told(facts))


def begun(kind: TextKind, sofar: Sofar, group: Group) -> str:
    return fields.answer_begun(_told(group))


def _told(facts: Iterable[Fact]) -> Fact:
    return [one for one in facts if one.source != "title"][-1]


def claiming(text: str, facts: Iterable[Fact]) -> str:
    """The text with blanks for the questions that a field's name makes, which claim nothing: every claim stays where it
    stands. Any other question may claim something: "Is it the only certified mug?"."""
    ours = {question([fact]) for fact in facts if fact.source != "title"} | fields.QUESTIONS

    def blanked(found: re.Match[str]) -> str:
        kept = " " * len(found["asked"]) if found["asked"] in ours else found["asked"]
        return f"   {kept}\n   "

    return PAIR.sub(blanked, text)


def is_allowed(group: Group, rules: Rules) -> bool:
    """Whether the question may be asked: the name of a field can hold a competitor's."""
    return next(iter(rules.breaches(question(group), group)), None) is None
