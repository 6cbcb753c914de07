"""Which examples are for learning and which are kept: a tenth, whole categories and some of every other one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from copywriter.training.dataset import Example

CATEGORIES = frozenset(["pond_and_aquarium", "lab_supplies"])
"""Never seen in training, so that the figures on them tell of goods that nobody taught."""
ONE_IN = 18


def is_kept(example: Example) -> bool:
    if example.category in CATEGORIES:
        return True
    return int(hashlib.sha256(example.id.encode()).hexdigest(), 16) % ONE_IN == 0


def split(examples: Iterable[Example]) -> tuple[list[Example], list[Example]]:
    """(learnt from, kept)"""
    learnt: list[Example] = []
    kept: list[Example] = []
    for example in examples:
        (kept if is_kept(example) else learnt).append(example)
    return learnt, kept
