"""The brands of a catalog and which of them speak with a voice of their own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from catalog.models import Product
from copywriter.models import Voice

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Brand:
    """`name` "" is the whole shop; `products` are those that its voice reaches."""

    name: str
    products: int
    voice: Voice | None


@dataclass(frozen=True, slots=True)
class Brands:
    """`own` are of the catalog, the largest first; `more` are left out."""

    shop: Brand
    own: list[Brand]
    more: int


def brands() -> Brands:
    """All that have a voice, and of the others the largest."""
    voices = {voice.brand: voice for voice in Voice.objects.all()}
    counted = dict(Product.objects.order_by().values_list("vendor").annotate(n=Count("id")).values_list("vendor", "n"))
    named = {name: 0 for name in voices if name} | {name: n for name, n in counted.items() if name}
    ranked = sorted(named, key=lambda name: (name not in voices, -named[name], name.casefold()))
    shown = [Brand(name, named[name], voices.get(name)) for name in ranked[: max(SHOWN, len(voices))]]
    reached = sum(n for name, n in counted.items() if not name or name not in voices)
    return Brands(Brand("", reached, voices.get("")), shown, len(ranked) - len(shown))


def is_known(brand: str) -> bool:
    """Whether the brand is in the catalog, or has a voice all the same; the whole shop always is."""
    return not brand or Voice.objects.filter(brand=brand).exists() or Product.objects.filter(vendor=brand).exists()
