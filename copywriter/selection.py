"""Which products a job is about: `{"ids": [...]}`, `{"filter": {...}}` of the list, or `{"all": true}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from catalog import listing
from catalog.models import Product


def products(selection: dict[str, Any]) -> QuerySet[Product]:
    """The selected products of the shop. `without_description` may stand alone or in the filter."""
    if "ids" in selection:
        return Product.objects.filter(pk__in=[int(pk) for pk in selection["ids"]])
    asked = dict(selection.get("filter") or {})
    if selection.get("without_description"):
        asked["without_description"] = "1"
    if not asked and not selection.get("all"):
        return Product.objects.none()
    return listing.matching(listing.Filter.from_query(asked))


def product_ids(selection: dict[str, Any]) -> Iterator[int]:
    """Their ids in the order of the catalog."""
    return products(selection).order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)
