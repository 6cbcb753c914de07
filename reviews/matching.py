"""Which product a review is about, by what its file calls it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import connection

from catalog.models import Product
from catalog.reading.search_text import normalise
from foundation.tenancy.scope import current_merchant

SEVERAL: Final = -1  # no product's id: more than one is called so
Named = tuple[str, str]  # key (SKU, handle, id) and title


class Matcher:
    """The products of the scope's shop by handle or id, then SKU, then title; exact but for case, accents and spaces.

    Titles are read once, when the first one is asked for; keys for each call.
    """

    def __init__(self) -> None:
        self._titles: dict[str, int] | None = None

    def match(self, names: Sequence[Named]) -> list[int | None]:
        """A product's id, SEVERAL, or None, one for each."""
        keys = {key.lower() for key, _title in names if key}
        by_key = self._by_key(keys) if keys else {}
        return [self._one(key, title, by_key) for key, title in names]

    def _one(self, key: str, title: str, by_key: dict[str, int]) -> int | None:
        if key and (found := by_key.get(key.lower())):
            return found
        named = title or key
        return self._title(named) if named else None

    def _title(self, title: str) -> int | None:
        if self._titles is None:
            pairs = Product.objects.values_list("title", "pk").iterator(chunk_size=5_000)
            self._titles = _unique((normalise(name), pk) for name, pk in pairs)
        return self._titles.get(normalise(title)) if title.strip() else None

    def _by_key(self, keys: set[str]) -> dict[str, int]:
        """Handles and ids first: they are the shop's own; an SKU may stand on a product or on one of its variants."""
        found: dict[str, int] = {}
        for sql in (_VARIANT_SKU, _SKU, _KEY):
            with connection.cursor() as cursor:
                cursor.execute(sql, {"merchant": current_merchant().pk, "keys": list(keys)})
                found |= _unique(cursor.fetchall())
        return found


_KEY = "SELECT lower(key), id FROM catalog_product WHERE merchant_id = %(merchant)s AND lower(key) = ANY(%(keys)s)"
_SKU = "SELECT lower(sku), id FROM catalog_product WHERE merchant_id = %(merchant)s AND lower(sku) = ANY(%(keys)s)"
_VARIANT_SKU = (
    "SELECT lower(sku), product_id FROM catalog_variant WHERE merchant_id = %(merchant)s AND lower(sku) = ANY(%(keys)s)"
)


def _unique(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pk in pairs:
        found[name] = pk if found.get(name, pk) == pk else SEVERAL
    return found
