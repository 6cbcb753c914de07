"""A description, sentence by sentence: each is asked for with its own facts, checked, and only then built upon. Pure.

What the model invents never becomes part of the conversation, so one bad sentence spoils no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from copywriter.compliance import NO_RULES, Rules
from copywriter.writing.articles import things, with_article
from copywriter.writing.briefs import Turn
from copywriter.writing.candidates import GOOD, NOTHING, Candidate, Group, Sofar, with_one_begun
from copywriter.writing.coverage import brands, coverage, is_sentence, is_type, told, wanted
from copywriter.writing.flaws import flaws_of
from copywriter.writing.fluency import END, closed, proofread, similar
from copywriter.writing.judging import judged
from copywriter.writing.occasions import as_told
from copywriter.writing.short_names import is_proper
from copywriter.writing.style import NEAR, NO_STYLE, Style, chosen
from foundation.evidence import Fact, Report, Sentence
from foundation.inference.types import Completion, Message, Request

COOL, WARM, TURNED = (0.0,), (0.4, 0.7, 0.9), (0.3, 0.6, 0.8, 1.0)
HEATS = (COOL, WARM, TURNED)
"""Temperatures, one candidate each; all of a heat read the same prompt, so its prefill is shared. A heat is asked for
where no candidate before it is good. The first is what the model would say without chance; the last reads the facts in
the opposite order, and a small model then begins with another one."""
TOP_P, MAX_TOKENS = 0.9, 64
SEEDS_A_ROUND = 7
"""More than a round has candidates, so that no two of one text have the same."""
FOREIGN = 0.2
"""What a candidate loses for each invented sentence beside it: what was dropped leaves a gap."""
LAST = len(HEATS) - 1


def requests(
    sofar: Sofar,
    asked: Callable[[Group], tuple[Message, ...]],
    begun: Callable[[Group], str],
    seed: int,
    tokens: int = MAX_TOKENS,
) -> tuple[Request, ...]:
    """Candidates for the next sentence, by the conversation that is `asked` for its facts; none where all is told. The
    first heat has one more where a beginning is known: `begun` by it."""
    if not sofar.waiting:
        return ()
    group = sofar.waiting[0] if HEATS[sofar.heat] is not TURNED else sofar.waiting[0][::-1]
    conversation, seed = asked(group), seed + SEEDS_A_ROUND * sofar.asked
    free = tuple(
        Request(f"{sofar.asked}:{n}", conversation, tokens, temperature, TOP_P, seed=seed + n)
        for n, temperature in enumerate(HEATS[sofar.heat])
    )
    return with_one_begun(free, f"{sofar.asked}:", begun(group) if sofar.heat == sofar.first else "")


def taken(
    sofar: Sofar,
    completions: Iterable[Completion],
    read: Callable[[Sofar, Completion], Candidate],
    style: Style = NO_STYLE,
    most: int = 0,
) -> Sofar:
    """With a good candidate as the next sentence; else with the next heat asked for. After the last the best one stands
    if it is fit; facts without one are asked for one at a time, and then left out. `read` says what an answer is worth;
    after `most` sentences, 0 for any number, nothing waits."""
    answers = sorted(completions, key=lambda one: one.key)
    found = [read(sofar, one) for one in answers if not one.error]
    best = chosen([sofar.best, *found], rank=lambda one: one.rank)
    spent = sofar.answered(answers, (sentence for one in found for sentence in one.removed))
    group, *later = sofar.waiting
    last = sofar.heat == LAST
    if (best.score >= GOOD and not _may_be_nearer(sofar, best, style)) or (last and best.is_fit):
        turns = (*sofar.turns, Turn(group, best.text))
        left = [(fact,) for fact in wanted(group) if _stands_alone(fact) and fact not in told(best.text, group)]
        waiting = () if len(turns) == most else tuple(_untold(turns, [*left, *later]))
        return replace(spent, turns=turns, waiting=waiting, best=NOTHING, heat=sofar.first)
    if not last:
        return replace(spent, best=best, heat=sofar.heat + 1)
    return replace(spent, waiting=_without(sofar, group, later), best=NOTHING, heat=sofar.first)


def _may_be_nearer(sofar: Sofar, best: Candidate, style: Style) -> bool:
    """Whether a good sentence is the only one so far, and others might sound more like the voice."""
    return bool(style) and sofar.heat == 0 and best.style < NEAR


def _without(sofar: Sofar, group: Group, later: Sequence[Group]) -> tuple[Group, ...]:
    """Each of several facts alone, the title beside the first. Of one fact nothing is left; a text that has no sentence
    yet begins with the next one, which has to name the product."""
    title = tuple(fact for fact in group if fact.source == "title")
    several = sum(fact.source != "title" for fact in group) > 1
    rest = [(fact,) for fact in group if several and _stands_alone(fact)]
    waiting = [*rest, *later]
    if sofar.turns or not title or not waiting or title[0] in waiting[0]:
        return tuple(waiting)
    return ((*title, *waiting[0]), *waiting[1:])


def _stands_alone(fact: Fact) -> bool:
    """Whether a sentence may speak of it and nothing else; "It is a chair" says nothing."""
    return fact.source != "title" and not is_type(fact)


def _untold(turns: Sequence[Turn], later: Iterable[Group]) -> Iterator[Group]:
    """The groups without what the text tells already."""
    text = " ".join(turn.text for turn in turns)
    title = [fact for turn in turns[:1] for fact in turn.facts if fact.source == "title"]
    for group in later:
        known = told(text, [*title, *group])
        left = tuple(fact for fact in group if fact not in known and not _retold(fact, turns))
        if any(fact.source != "title" for fact in left):
            yield left


def _retold(fact: Fact, turns: Sequence[Turn]) -> bool:
    return is_sentence(fact) and any(similar(fact.value, turn.text) for turn in turns)


def candidate(sofar: Sofar, completion: Completion, rules: Rules = NO_RULES, style: Style = NO_STYLE) -> Candidate:
    """What one completion is worth, held against what it was given and what stands already."""
    group = sofar.waiting[0]
    known = tuple(dict.fromkeys([*(fact for turn in sofar.turns for fact in turn.facts), *group]))
    said = with_article(proofread(completion.text, brands(known), proper_name(known)), things(known))
    said = as_told(said, known)
    report = judged(said, known, rules)
    kept = [one.text for one in _whole(report, completion) if one.backed and not _said(one.text, sofar)]
    foreign = tuple(one for one in report.sentences if not one.backed)
    if not kept:
        return Candidate(removed=foreign)
    text = " ".join(closed(part) for part in kept[:2])
    share = coverage(text, group) if wanted(group) else 0.5
    return Candidate(share, FOREIGN * len(foreign) + flaws_of(text, sofar.turns, group), text, foreign, style.of(text))


def _whole(report: Report, completion: Completion) -> Sequence[Sentence]:
    """The last sentence of a text that was cut off is none."""
    cut = completion.finish != "stop" and not completion.text.rstrip().endswith(END)
    return report.sentences[:-1] if cut else report.sentences


def _said(text: str, sofar: Sofar) -> bool:
    return any(similar(text, turn.text) for turn in sofar.turns)


def proper_name(facts: Iterable[Fact]) -> str:
    """The title where it is a name as people have them: "Horatio" of a chair; else ""."""
    known = list(facts)
    kind = " ".join(fact.value for fact in known if is_type(fact))
    return next((fact.value for fact in known if fact.source == "title" and is_proper(fact.value, kind)), "")
