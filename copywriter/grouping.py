"""Which facts go into one sentence: a small model keeps to two or three, and some belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from copywriter.coverage import is_type, wanted
from copywriter.names import short_name
from foundation.evidence import Fact, Kind
from foundation.evidence.lexicon import lexicon, phrase
from foundation.evidence.quantities import find

MATERIAL, FEATURE, DETAIL, OTHER, MEASURE, OPTION, TOLD = range(7)
"""Sorts of facts in the order of a text; TOLD is a sentence of the shop's own."""
TOGETHER = {MATERIAL: 2, FEATURE: 3, DETAIL: 1, OTHER: 2, MEASURE: 3, OPTION: 2, TOLD: 1}
"""Most facts of the sort in one sentence."""
MOST_GROUPS = {"short": 3, "medium": 6, "long": 9}
"""Sentences of a description of each length, about."""
LONGEST = 110
"""Characters of the values in one sentence; a longer value has one of its own."""
_YES = frozenset(["yes", "true"])
_LIST = re.compile(r"\s*[,;|]\s*")
_MATERIAL = re.compile(
    r"(?i)\b(?:materials?|fabric|composition|colou?rs?|upper|outer|sole|lining|shell|metal|finish|filling|shade|pattern)\b"
)


def groups(facts: Sequence[Fact], length: str) -> tuple[tuple[Fact, ...], ...]:
    """The facts of each sentence in their order; the first has the title, and what the product is."""
    title = tuple(fact for fact in facts if fact.source == "title")
    asking = wanted(facts)
    named = [fact for fact in asking if _names(fact, title)]
    rest = [fact for fact in asking if fact not in named and not (is_type(fact) and _said_by(title, fact))]
    first, rest = _opened(named, rest)
    return ((*named_shortly(facts)[: len(title)], *first), *_in_order(rest))[: MOST_GROUPS[length]]


def named_shortly(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts, their title first and as a sentence can carry it."""
    brand = next((fact.value for fact in facts if fact.source in ("vendor", "brand")), "")
    title = tuple(replace(fact, value=short_name(fact.value, brand)) for fact in facts if fact.source == "title")
    return (*title, *(fact for fact in facts if fact.source != "title"))


def _names(fact: Fact, title: Sequence[Fact]) -> bool:
    """The maker, and the type where the title does not name it already."""
    return fact.source in ("vendor", "brand") or (is_type(fact) and not _said_by(title, fact))


def _said_by(title: Sequence[Fact], fact: Fact) -> bool:
    return set(phrase(fact.value)) <= {word for one in title for word in phrase(one.value)}


def _opened(named: list[Fact], rest: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The first sentence takes a short material or feature along; where nothing is named, two, or the first fact."""
    short = [fact for fact in rest if sort(fact) in (MATERIAL, FEATURE) and len(fact.value) <= LONGEST // 3]
    taken = short[:1] if named else short[:2] or rest[:1]
    return [*named, *taken], [fact for fact in rest if fact not in taken]


def _in_order(facts: Sequence[Fact]) -> Iterator[tuple[Fact, ...]]:
    for kind in TOGETHER:
        batch: list[Fact] = []
        for fact in (fact for fact in facts if sort(fact) == kind):
            full = len(batch) == TOGETHER[kind] or sum(len(one.value) for one in [*batch, fact]) > LONGEST
            if batch and full:
                yield tuple(batch)
                batch = []
            batch.append(fact)
        if batch:
            yield tuple(batch)


def sort(fact: Fact) -> int:
    """Which sort of sentence the fact asks for."""
    low = fact.value.lower().strip(" .")
    if fact.source == "description" and fact.label == "Description":
        return TOLD
    if fact.source.startswith("option:") and len(_LIST.split(fact.value)) > 1:
        return OPTION
    if low in _YES:
        return FEATURE
    if _MATERIAL.search(fact.label) or (len(low.split()) <= 4 and _is_material(fact.value)):
        return MATERIAL
    if len(low.split()) <= 8 and any(one.dimension not in ("", "share") for one in find(fact.value)):
        return MEASURE
    return DETAIL if len(fact.value) > LONGEST // 2 else OTHER


def _is_material(value: str) -> bool:
    return any(Kind.MATERIAL in lexicon().kinds.get((word,), ()) for word in phrase(value))
