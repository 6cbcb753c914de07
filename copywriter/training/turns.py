"""A description of the training set as the conversation that writes it: each sentence with the facts that it tells."""

from __future__ import annotations

import random
from collections.abc import Sequence

from copywriter.training.augmenting import Pair
from copywriter.writing.briefs import Turn
from copywriter.writing.coverage import TOLD, share_told
from copywriter.writing.grouping import named_shortly
from foundation.evidence import Fact, Sentence, check

MOST_TOLD = 6
"""Facts in one sentence; a later one that tells more is a list, and not learnt."""
VERBATIM = 0.08
"""Share of the later sentences that are asked for with themselves as the only fact: a shop's own words may be kept."""
PARTLY = 0.3
"""Share of a fact's words that a sentence has to say where the check names the fact as what backs it."""


def turns(pair: Pair, rng: random.Random) -> tuple[Turn, ...]:
    """The sentences in their order. The first turn has the title; a sentence that only repeats or adds words of the
    title is joined to the one before it. Now and then a turn's facts are the shop's own sentence."""
    made: list[Turn] = []
    sheet = _sheet(pair)
    for sentence in check(pair.text, sheet).sentences:
        facts = _told(sentence, sheet)
        if made and not facts:
            made[-1] = Turn(made[-1].facts, f"{made[-1].text} {sentence.text}")
        elif len(facts) <= MOST_TOLD or not made:
            made.append(Turn(_given(sentence, facts, sheet, not made, rng), sentence.text))
    return tuple(made)


def _sheet(pair: Pair) -> Sequence[Fact]:
    """The facts with the title that the writer would give; with the whole one where the text tells more of it."""
    short = named_shortly(pair.facts)
    return pair.facts if check(pair.text, short).unbacked else short


def _told(sentence: Sentence, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Facts of the sheet that the sentence tells. One that the title holds too backs nothing, since the title does, and
    is told all the same; one that backs a single letter of it is not told."""
    several = {fact.source for fact in facts if sum(one.source == fact.source for one in facts) > 1}
    return tuple(
        fact
        for fact in facts
        if fact.source not in ("title", "tags")
        if share_told(sentence.text, fact)
        >= (PARTLY if fact.source in sentence.sources and fact.source not in several else TOLD)
    )


def _given(
    sentence: Sentence, facts: Sequence[Fact], sheet: Sequence[Fact], first: bool, rng: random.Random
) -> tuple[Fact, ...]:
    if not first and rng.random() < VERBATIM:
        return (Fact("description", "Description", sentence.text),)
    shuffled = rng.sample(facts, len(facts))
    return (*(fact for fact in sheet if first and fact.source == "title"), *shuffled)
