"""What is known of a product, each fact with a stable source id, for prompts and for the check of what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

# Marked only: prompts and the check need one set of names whatever language the person reads. Pages translate them.
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from catalog.models import DescriptionVersion, Origin, Product, Variant
from catalog.text import plain
from foundation.evidence.types import Fact

VALUES_SHOWN = 12
PREFETCHED = "last_own_text"
OURS = {
    "title": _("Title"),
    "product_type": _("Type"),
    "vendor": _("Brand"),
    "tags": _("Tags"),
    "price": _("Price"),
    "description": _("Description"),
}


def product_facts(product: Product, variants: Sequence[Variant] | None = None) -> list[Fact]:
    """Facts in the order of weight; `variants` are read from the database where none are given.

    A text of a model proves nothing: where it is the description, the last one of the shop's own counts instead. For
    many products at once read them with `for_facts`, or each of those costs a query.
    """
    if variants is None:
        variants = list(product.variants.order_by("position", "pk"))
    return list(_facts(product, variants))


def for_facts() -> list[Prefetch[Any]]:
    """What to prefetch for the facts of many products; their variants come in their order."""
    return [
        Prefetch("variants", Variant.objects.order_by("position", "pk")),
        Prefetch("description_versions", _own_texts().order_by("product_id", "-pk").distinct("product_id"), PREFETCHED),
    ]


def _own_texts() -> QuerySet[DescriptionVersion]:
    """Texts before that came from the shop's file or from a person."""
    return DescriptionVersion.objects.exclude(origin=Origin.MODEL)


def _own_text(product: Product) -> str:
    """The last description that came from the shop's file or from a person; "" where there was none."""
    if product.description_origin != Origin.MODEL:
        return product.description
    last: list[DescriptionVersion] | None = getattr(product, PREFETCHED, None)
    if last is None:
        last = list(_own_texts().filter(product=product).order_by("-pk")[:1])
    return last[0].text if last else ""


def named(facts: Sequence[Fact]) -> list[Fact]:
    """The same facts under the names that the reader's pages have for them; what the shop named keeps its name."""
    return [replace(fact, label=gettext(OURS[fact.source])) if fact.source in OURS else fact for fact in facts]


def _facts(product: Product, variants: Sequence[Variant]) -> Iterator[Fact]:
    yield Fact("title", OURS["title"], product.title)
    if product.product_type:
        yield Fact("product_type", OURS["product_type"], product.product_type)
    if product.vendor:
        yield Fact("vendor", OURS["vendor"], product.vendor)
    options = _options(variants)
    for label, value in product.attributes.items():
        if label not in options and (text := _text(value)):
            yield Fact(f"attribute:{label}", label, text)
    for name, values in options.items():
        yield Fact(f"option:{name}", name, ", ".join(values[:VALUES_SHOWN]))
    if product.tags:
        yield Fact("tags", OURS["tags"], ", ".join(product.tag_list))
    if (price := _price(product, variants)) != "":
        yield Fact("price", OURS["price"], price)
    if text := plain(_own_text(product)):
        yield Fact("description", OURS["description"], text)


def _options(variants: Sequence[Variant]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for variant in variants:
        for name, value in variant.options.items():
            values = found.setdefault(name, [])
            if value and value not in values:
                values.append(value)
    return {name: values for name, values in found.items() if values}


def _price(product: Product, variants: Sequence[Variant]) -> str:
    prices = sorted({variant.price for variant in variants if variant.price is not None})
    if len(prices) > 1:
        return f"{_money(prices[0])}–{_money(prices[-1])}"
    price = prices[0] if prices else product.price
    return "" if price is None else _money(price)


def _money(value: Decimal) -> str:
    whole = Decimal(value).quantize(Decimal("0.01"))
    return str(whole) if whole == value else str(Decimal(value).normalize())


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value[:VALUES_SHOWN])
    return str(value).strip()
