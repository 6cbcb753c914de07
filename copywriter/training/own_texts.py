"""Examples out of a shop's own descriptions: of the scope's shop only, never of a text that a model wrote."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max

from catalog.facts import for_facts, product_facts
from catalog.models import Origin, Product
from copywriter.training.dataset import Example
from copywriter.training.learnable import CATEGORY, LeftOut, learnable, row
from foundation.inference.whole import replaced_file
from foundation.tenancy.scope import current_merchant

CHUNK = 200
LOOKED_AT = 1_000
"""A page looks at so many texts (some seconds); the training at all."""
MOST_LEARNT = 3_000
"""More of one shop's texts teach little beyond these, and take hours."""
FEWEST = 50
REMEMBERED = 3_600  # seconds
FILE = f"{CATEGORY}.jsonl"


@dataclass(frozen=True, slots=True)
class Survey:
    """Of `looked` texts `usable` can be learnt; `left_out` counts the others by `LeftOut`.

    `whole`: there are no more texts than were looked at.
    """

    looked: int
    usable: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    whole: bool = True


def verdicts() -> Iterator[Example | LeftOut]:
    """Of each product that has a description: its example, or why there is none."""
    seen: set[int] = set()
    for product in _described():
        found = learnable(product.key, product_facts(product, list(product.variants.all())))
        if found == LeftOut.EMPTY and product.description_origin == Origin.MODEL:
            found = LeftOut.MODEL
        if isinstance(found, Example):
            mark = hash(found.text)
            if mark in seen:
                found = LeftOut.TWICE
            seen.add(mark)
        yield found


def survey(most: int | None = None) -> Survey:
    """Of the first `most` texts, or of all."""
    return _counted(lambda looked, _usable: looked == most, lambda _example: None)


def remembered() -> Survey | None:
    """The survey of the shop's catalog as it is now, where one was made lately."""
    found: Survey | None = cache.get(_cache_key())
    return found


def quick_survey() -> Survey:
    """At most LOOKED_AT texts, remembered while the catalog stays as it is."""
    found: Survey | None = cache.get_or_set(_cache_key(), lambda: survey(LOOKED_AT), REMEMBERED)
    return found or survey(LOOKED_AT)  # gone between its keeping and its reading


def write(path: Path) -> Survey:
    """The usable ones, at most MOST_LEARNT, as lines of the training set into a new file. Whole or not at all."""
    with replaced_file(path) as fresh, fresh.open("w", encoding="utf-8") as file:
        return _counted(
            lambda _looked, usable: usable == MOST_LEARNT,
            lambda example: file.write(json.dumps(row(example), ensure_ascii=False) + "\n"),
        )


def _counted(enough: Callable[[int, int], bool], take: Callable[[Example], object]) -> Survey:
    """`enough` is asked with how many texts were looked at and how many of them `take` was given."""
    left_out: Counter[str] = Counter()
    looked = usable = 0
    for found in verdicts():
        if enough(looked, usable):
            return Survey(looked, usable, dict(left_out), whole=False)
        looked += 1
        if isinstance(found, Example):
            usable += 1
            take(found)
        else:
            left_out[found.value] += 1
    return Survey(looked, usable, dict(left_out))


def _described() -> Iterator[Product]:
    """In chunks by id, each with what its facts need: memory stays that of one chunk."""
    after = 0
    while True:
        described = Product.objects.exclude(description="").filter(pk__gt=after)
        chunk = list(described.order_by("pk").prefetch_related(*for_facts())[:CHUNK])
        yield from chunk
        if len(chunk) < CHUNK:
            return
        after = chunk[-1].pk


def _cache_key() -> str:
    state: dict[str, Any] = Product.objects.aggregate(n=Count("pk"), last=Max("updated_at"))
    changed = state["last"].timestamp() if state["last"] else 0
    return f"own-texts:{current_merchant().pk}:{state['n']}:{changed}"
