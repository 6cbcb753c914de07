"""A text held against the facts and against the shop's rules, in one report. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from copywriter.compliance import NO_RULES, Breach, Rules
from copywriter.writing.generalising import generalisations
from copywriter.writing.occasions import checked as with_mentions
from copywriter.writing.overlapping import Overlapping
from foundation.evidence import Claim, Fact, Report, Sentence

RULE = "rule"
"""The problem of a sentence that breaks a rule, and the kind of the claim that does: `rule:code`."""


def judged(text: str, facts: Sequence[Fact], rules: Rules = NO_RULES) -> Report:
    """The report of `foundation.evidence.check`, in which a sentence that breaks a rule is not backed either, and the
    campaign's words are where they say for whom or when; nor is one that says of a category what only some have."""
    return held(with_mentions(text, facts), text, facts, rules)


def held(report: Report, text: str, facts: Sequence[Fact], rules: Rules) -> Report:
    """A report on the text, in which a sentence that breaks one of these rules is not backed either. What stands in no
    sentence of the report (the question over an answer) belongs to the next one."""
    found = Overlapping([*rules.breaches(text, facts), *generalisations(report, text, facts)])
    if not found or not report.sentences:
        return report
    before, sentences = 0, []
    for sentence in report.sentences:
        is_last = sentence is report.sentences[-1]
        sentences.append(_held(sentence, found.of(before, len(text) if is_last else sentence.end)))
        before = sentence.end
    return Report(tuple(sentences))


def broken(kind: str) -> str:
    """The code of the rule that a claim of this kind breaks; "" of any other."""
    kind, _colon, code = kind.partition(":")
    return code if kind == RULE else ""


def _held(sentence: Sentence, own: Sequence[Breach]) -> Sentence:
    if not own:
        return sentence
    breaking = [Claim(f"{RULE}:{one.code}", one.text, one.start, one.end, None) for one in own]
    breaches = Overlapping(own)
    kept = [one for one in sentence.claims if not breaches.of(one.start, one.end)]
    claims = tuple(sorted([*kept, *breaking], key=lambda one: one.start))
    return replace(sentence, claims=claims, backed=False, problem=sentence.problem or RULE)


def broken_by(text: str, rules: Rules) -> Report:
    """A report on the rules alone, of a text about no product: one sentence that claims only what breaks them."""
    return Report((_held(Sentence(text, 0, len(text), (), True), list(rules.breaches(text))),))
