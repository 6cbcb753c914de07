"""What can be said of a whole category, out of what was counted of its products. Pure.

A value that every product has is told as the category's own. Of any other field the facts name the values that there
are, under a source of `writing.generalising`, which lets a text tell them as a choice ("including oak and steel")
and never as what all of them are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from copywriter.category_counts import CategoryCounts, Field
from copywriter.writing.facts import leaf_of, useful
from copywriter.writing.generalising import MAKERS, NUMBER, PRICE, PRODUCTS, SOME
from foundation.evidence import Fact

FEWEST_PRODUCTS = 2
"""One product is no category."""
COMMON, COVERED = 0.5, 0.5
"""Shares of the products: of those that know a field that is told, and of those that have one of its values named."""
MOST_NAMED, LONGEST_NAMED, MOST_WORDS = 5, 40, 3
"""Values of one field, and characters and words of one of them: what a sentence can list."""
_PARTS = re.compile(r"[,;|/]")
_NO_CHOICE = re.compile(r"(?i)\b(?:care|wash|weight|dimensions?|length|width|height|depth|features?|box|power)\b")
"""Fields that nobody chooses by, or whose values say nothing beside each other."""
MOST_TOLD, TITLES_NAMED = 6, 3


def facts_of_category(counted: CategoryCounts) -> list[Fact]:
    """None of a category that has fewer than FEWEST_PRODUCTS: there is nothing to be said of it as one."""
    if counted.products < FEWEST_PRODUCTS:
        return []
    return useful(_facts(counted))


def told_facts(facts: Sequence[Fact]) -> list[Fact]:
    """Those that the model is given. A number of products, and prices without their currency, say little; they back
    what a person adds."""
    return [fact for fact in facts if fact.source not in (NUMBER, PRICE)]


def _facts(counted: CategoryCounts) -> Iterator[Fact]:
    yield Fact("title", "Product", f"{leaf_of(counted.name)} collection")
    yield from _brands(counted)
    told = 0
    for field in counted.fields:
        fact = _field(field, counted.products) if told < MOST_TOLD else None
        if fact is not None:
            told += 1
            yield fact
    if titles := [title for title in counted.titles if len(title) <= LONGEST_NAMED and "," not in title][:TITLES_NAMED]:
        yield Fact(PRODUCTS, "Products", _named(titles, len(titles) < counted.products))
    yield Fact(NUMBER, "Number of products", str(counted.products))
    if counted.lowest is not None and counted.highest is not None:
        yield Fact(PRICE, "Costs", _range(counted.lowest, counted.highest))


def _brands(counted: CategoryCounts) -> Iterator[Fact]:
    brands = counted.brands
    if len(brands) == 1 and brands[0][1] == counted.products:
        yield Fact("vendor", "Brand", brands[0][0])
    elif len(brands) > 1:
        known = sum(number for _brand, number in brands)
        whole = known == counted.products and len(brands) <= MOST_NAMED
        yield Fact(MAKERS if whole else f"{SOME}brands", "Brands", _named([name for name, _n in brands], not whole))


def _field(field: Field, products: int) -> Fact | None:
    """None where too few products know it, or its values are too many or too long to be named."""
    if field.have < COMMON * products or _NO_CHOICE.search(field.name):
        return None
    value, number = field.values[0]
    if field.distinct == 1 and number == products:
        return Fact(f"attribute:{field.name}", field.name, value)
    named = [(value, n) for value, n in field.values if _is_short(value)][:MOST_NAMED]
    if len(named) < 2 or sum(n for _value, n in named) < COVERED * field.have:
        return None
    partly = len(named) < field.distinct or field.have < products
    return Fact(f"{SOME}{field.name}", field.name, _named([value for value, _n in named], partly))


def _is_short(value: str) -> bool:
    return len(value) <= LONGEST_NAMED and len(value.split()) <= MOST_WORDS and not _PARTS.search(value)


def _named(values: list[str], partly: bool) -> str:
    shown = values[:MOST_NAMED]
    listed = ", ".join(shown)
    return f"including {listed}" if partly or len(shown) < len(values) else listed


def _range(low: Decimal, high: Decimal) -> str:
    return f"{low:.2f}" if low == high else f"from {low:.2f} to {high:.2f}"
