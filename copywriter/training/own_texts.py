"""Examples out of a shop's own descriptions: of the scope's shop only, never of a text that a model wrote."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
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


def verdicts() -> Iterator[tuple[int, Example | LeftOut]]:
    """(id of the product, its example or why there is none), of each product that has a description."""
    seen: set[int] = set()
    for product in _described():
        found = learnable(product.pk, product_facts(product, list(product.variants.all())))
        if found == LeftOut.EMPTY and product.description_origin == Origin.MODEL:
            found = LeftOut.MODEL
        if isinstance(found, Example):
            mark = hash(found.text)
            if mark in seen:
                found = LeftOut.TWICE
            seen.add(mark)
        yield product.pk, found


def survey(most: int | None = None) -> Survey:
    """Of the first `most` texts, or of all."""
    counted: Counter[str] = Counter()
    looked = usable = 0
    for _pk, found in verdicts():
        if looked == most:
            return Survey(looked, usable, dict(counted), whole=False)
        looked += 1
        if isinstance(found, Example):
            usable += 1
        else:
            counted[found.value] += 1
    return Survey(looked, usable, dict(counted))


def remembered() -> Survey | None:
    """The survey of the shop's catalog as it is now, where one was made lately."""
    found: Survey | None = cache.get(_cache_key())
    return found


def quick_survey() -> Survey:
    """At most LOOKED_AT texts, remembered while the catalog stays as it is."""
    key = _cache_key()
    found: Survey | None = cache.get(key)
    if found is None:
        found = survey(LOOKED_AT)
        cache.set(key, found, REMEMBERED)
    return found


def write(path: Path) -> Survey:
    """The usable ones, at most MOST_LEARNT, as lines of the training set into a new file. Whole or not at all."""
    counted: Counter[str] = Counter()
    looked = usable = 0
    with replaced_file(path) as fresh, fresh.open("w", encoding="utf-8") as file:
        for _pk, found in verdicts():
            if usable == MOST_LEARNT:
                break
            looked += 1
            if isinstance(found, Example):
                usable += 1
                file.write(json.dumps(row(found), ensure_ascii=False) + "\n")
            else:
                counted[found.value] += 1
    return Survey(looked, usable, dict(counted), whole=usable < MOST_LEARNT)


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
