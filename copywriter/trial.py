"""A voice as somebody tries it before it is saved: its values in a job's parameters, and the products to try it on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from catalog import listing
from catalog.facts import for_facts, product_facts
from catalog.models import Product
from copywriter.models import Voice
from copywriter.writing.facts import useful

VALUES = ("tone", "audience", "prefer", "avoid", "examples")
PRODUCTS = 3
LOOKED_AT = 60
"""Products of which the fullest are taken: enough to find good ones, few enough for a page to wait for."""


def values_of(voice: Voice) -> dict[str, Any]:
    """What the voice asks for, as a job's parameters hold it."""
    return {name: getattr(voice, name) for name in VALUES}


def voice_from(params: Mapping[str, Any]) -> Voice:
    """The voice on trial of a job; it is in no database."""
    return Voice(brand=params["brand"], **{name: params["voice"][name] for name in VALUES})


def products_of(brand: str) -> QuerySet[Product]:
    """Those whose texts the voice changes: of the brand, or for the whole shop of all brands without a voice."""
    if brand:
        return Product.objects.filter(vendor=brand)
    return Product.objects.exclude(vendor__in=Voice.objects.exclude(brand="").values("brand"))


def fullest(brand: str) -> list[int]:
    """Ids of the products of which most is known, of as many types as there are; fewer where the brand has fewer."""
    looked = products_of(brand).order_by("pk").prefetch_related(*for_facts())[:LOOKED_AT]
    known = {product: len(useful(product_facts(product, list(product.variants.all())))) for product in looked}
    ranked = sorted(known, key=lambda product: (-known[product], product.pk))
    firsts = list({product.product_type: product for product in reversed(ranked)}.values())
    others = [product for product in ranked if product not in firsts]
    by_type = sorted(firsts, key=lambda product: (-known[product], product.pk))
    return [product.pk for product in [*by_type, *others][:PRODUCTS]]


def named(brand: str, names: Sequence[str]) -> dict[str, int | None]:
    """The id of the product that each SKU, or else the words of a title, name; None where none does."""
    return {name: _named(products_of(brand), name) for name in names}


def _named(products: QuerySet[Product], name: str) -> int | None:
    exact = products.filter(sku=name).order_by("pk").values_list("pk", flat=True).first()
    if exact is not None:
        return int(exact)
    chosen = listing.Filter.from_query({"query": name})
    if chosen == listing.Filter():
        return None
    found = products.filter(pk__in=listing.matching(chosen).values("pk"))
    return found.order_by("pk").values_list("pk", flat=True).first()


def described(name: str) -> Product | None:
    """A product with a description, by its SKU or the words of its title; None where there is none."""
    found = _named(Product.objects.exclude(description=""), name)
    return Product.objects.filter(pk=found).first() if found is not None else None
