"""Which facts go into one sentence: a small model keeps to two or three, and some belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from itertools import groupby

from copywriter.writing.briefs import values_of
from copywriter.writing.coverage import is_brand, is_detail, is_sentence, is_type, is_yes, wanted
from copywriter.writing.fluency import has_verb, names
from copywriter.writing.generalising import MAKERS, SOME
from copywriter.writing.short_names import short_name
from foundation.evidence import Fact, Kind
from foundation.evidence.lexicon import lexicon, phrase
from foundation.evidence.quantities import find

_ORIGIN = re.compile(r"(?i)\b(?:made in|origin|country|manufactured in|produced in|region)\b")
_CARE = re.compile(r"(?i)\b(?:care|wash(?:ing)?|cleaning|maintenance)\b")


class Sort(IntEnum):
    """Sorts of facts in the order of a text; SENTENCE is one of the shop's own."""

    MATERIAL = 0
    FEATURE = 1
    DETAIL = 2
    OTHER = 3
    MEASURE = 4
    OPTION = 5
    ORIGIN = 6
    CARE = 7
    SENTENCE = 8


TOGETHER = {
    Sort.MATERIAL: 2, Sort.FEATURE: 3, Sort.DETAIL: 1, Sort.OTHER: 2, Sort.MEASURE: 3, Sort.OPTION: 2, Sort.ORIGIN: 1,
    Sort.CARE: 1, Sort.SENTENCE: 1,
}  # fmt: skip
"""Most facts of the sort in one sentence. Origin and care stand alone: beside another fact, "Hand wash" is made in
Portugal."""
MOST_GROUPS = {"short": 3, "medium": 6, "long": 9}
"""Sentences of a description of each length, about."""
NAME_WORDS = 9
"""Most words of a sentence without a verb that only calls the thing by a longer name."""
LONGEST = 110
"""Characters of the values in one sentence; a longer value has one of its own."""
_MATERIAL = re.compile(
    r"(?i)\b(?:materials?|fabric|composition|colou?rs?|upper|outer|sole|lining|shell|metal|finish|filling|shade|pattern)\b"
)


def groups(facts: Sequence[Fact], length: str) -> tuple[tuple[Fact, ...], ...]:
    """The facts of each sentence in their order; the first has the title, and what the product is."""
    title = [fact for fact in named_shortly(facts) if fact.source == "title"]
    asking = wanted(facts)
    named = [fact for fact in facts if _names(fact, facts, title)]
    rest = [fact for fact in asking if not (is_brand(fact) or is_type(fact))]
    first, rest = _opened(title, named, rest)
    return ((*title, *first), *_in_order(rest))[: MOST_GROUPS[length]]


def titled(parts: Sequence[tuple[Fact, ...]]) -> tuple[tuple[Fact, ...], ...]:
    """Each part with the title of the first: parts that are asked for one by one."""
    title = [fact for part in parts[:1] for fact in part if fact.source == "title"]
    return tuple((*title, *(fact for fact in part if fact.source != "title")) for part in parts)


def one_by_one(parts: Sequence[tuple[Fact, ...]]) -> tuple[tuple[Fact, ...], ...]:
    """A fact a part, the title beside the first, which is one of the whole where there is one and best not its maker:
    two lists of what some products have make no sentence."""
    title = tuple(fact for part in parts for fact in part if fact.source == "title")
    facts = sorted((fact for part in parts for fact in part if fact.source != "title"), key=_place)
    return tuple((*title, fact) if n == 0 else (fact,) for n, fact in enumerate(facts))


def _place(fact: Fact) -> int:
    """Behind what all of a category have who makes it, then what some have."""
    return 2 if fact.source.startswith(SOME) else 1 if fact.source == MAKERS or is_brand(fact) else 0


def named_shortly(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts, their title first and as a sentence can carry it."""
    brand = next((fact.value for fact in facts if is_brand(fact)), "")
    kind = next((fact.value for fact in facts if is_type(fact)), "")
    told = [fact.value for fact in facts if is_detail(fact)]
    title = tuple(
        replace(fact, value=short_name(fact.value, brand, kind, told)) for fact in facts if fact.source == "title"
    )
    return (*title, *(fact for fact in facts if fact.source != "title"))


def _names(fact: Fact, facts: Sequence[Fact], short: Sequence[Fact]) -> bool:
    """The maker, and the type where the title does not name it already, or not in its short form."""
    if not is_type(fact):
        return is_brand(fact) and fact in wanted(facts)
    if fact in wanted(facts):
        return not _said_by(short, phrase(fact.value))
    head = phrase(fact.value)[-1:]
    return _said_by([one for one in facts if one.source == "title"], head) and not _said_by(short, head)


def _said_by(title: Sequence[Fact], words: Sequence[str]) -> bool:
    return set(words) <= {word for one in title for word in phrase(one.value)}


def _opened(title: Sequence[Fact], named: list[Fact], rest: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The first sentence takes along what the shop calls the thing ("Brown leather chair"), or a short material or
    feature; where nothing is named, two of these, or the first fact."""
    said = [fact for fact in rest if _calls_it(fact, title)]
    brief = [fact for fact in rest if len(fact.value) <= LONGEST // 3]
    short = (
        said or [fact for fact in brief if sort_of(fact) in (Sort.MATERIAL, Sort.FEATURE)] or sorted(brief, key=sort_of)
    )
    taken = short[:1] if named else short[:2] or rest[:1]
    return [*named, *taken], [fact for fact in rest if fact not in taken]


def _calls_it(fact: Fact, title: Sequence[Fact]) -> bool:
    """Whether the shop's own sentence is a name with more in it than the title: without a verb."""
    short = is_sentence(fact) and len(fact.value.split()) <= NAME_WORDS
    return short and not has_verb(fact.value) and any(names(fact.value, one.value) for one in title)


def _in_order(facts: Sequence[Fact]) -> Iterator[tuple[Fact, ...]]:
    for sort, alike in groupby(sorted(facts, key=sort_of), key=sort_of):
        batch: list[Fact] = []
        for fact in alike:
            full = len(batch) == TOGETHER[sort] or sum(len(one.value) for one in [*batch, fact]) > LONGEST
            if batch and full:
                yield tuple(batch)
                batch = []
            batch.append(fact)
        if batch:
            yield tuple(batch)


def sort_of(fact: Fact) -> Sort:
    """Which sort of sentence the fact asks for."""
    if is_sentence(fact):
        return Sort.SENTENCE
    if fact.source.startswith("option:") and len(values_of(fact)) > 1:
        return Sort.OPTION
    if is_yes(fact):
        return Sort.FEATURE
    if _ORIGIN.search(fact.label):
        return Sort.ORIGIN
    if _CARE.search(fact.label):
        return Sort.CARE
    words = len(fact.value.strip(" .").split())
    if _MATERIAL.search(fact.label) or (words <= 4 and _is_material(fact.value)):
        return Sort.MATERIAL
    if words <= 8 and any(one.dimension not in ("", "share") for one in find(fact.value)):
        return Sort.MEASURE
    return Sort.DETAIL if len(fact.value) > LONGEST // 2 else Sort.OTHER


def _is_material(value: str) -> bool:
    return any(Kind.MATERIAL in lexicon().kinds.get((word,), ()) for word in phrase(value))
