"""Products a page at a time: by keyset, so that the last page costs what the first does, searched by trigrams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from catalog.models import Product, ProductStatus
from catalog.reading.search_text import words
from foundation.tenancy.scope import current_merchant

PAGE_SIZE = 50
LARGEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """What a person asked to see. Empty parts ask nothing."""

    query: str = ""
    without_description: bool = False
    vendor: str = ""
    product_type: str = ""
    status: str = ""

    @classmethod
    def from_query(cls, data: Mapping[str, Any]) -> Filter:
        """Out of a query string or a job's params; unknown values ask nothing."""
        status = str(data.get("status", ""))
        return cls(
            query=str(data.get("query", "")).replace("\0", "").strip()[:200],
            without_description=str(data.get("without_description", "")).lower() in {"1", "true", "on"},
            vendor=str(data.get("vendor", "")).replace("\0", "")[:255],
            product_type=str(data.get("product_type", "")).replace("\0", "")[:500],
            status=status if status in ProductStatus.values else "",
        )

    def to_query(self) -> dict[str, str]:
        return {
            name: "1" if value is True else str(value)
            for name in ("query", "without_description", "vendor", "product_type", "status")
            if (value := getattr(self, name))
        }


@dataclass(frozen=True, slots=True)
class Page:
    """`next` and `previous` are opaque; None at the ends."""

    products: list[Product]
    next: str | None
    previous: str | None


def matching(chosen: Filter) -> QuerySet[Product]:
    """In no order. Every word must occur in the title or an SKU."""
    found: QuerySet[Product] = Product.objects.all()
    for word in words(chosen.query):
        found = found.filter(search_text__contains=word)
    if chosen.without_description:
        found = found.filter(description="")
    if chosen.vendor:
        found = found.filter(vendor=chosen.vendor)
    if chosen.product_type:
        found = found.filter(product_type=chosen.product_type)
    if chosen.status:
        found = found.filter(status=chosen.status)
    return found


def page(
    chosen: Filter,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
    products: QuerySet[Product] | None = None,
) -> Page:
    """The products after or before a cursor, in the order they came in; a spoilt cursor is the start.

    `products` narrows `matching(chosen)` further: what an app above the catalog knows of them.
    """
    products, size = matching(chosen) if products is None else products, min(max(size, 1), LARGEST_PAGE)
    start, end = _cursor(after), _cursor(before)
    if end is not None:
        rows = list(products.filter(pk__lt=end).order_by("-pk")[: size + 1])
        more = len(rows) > size
        rows = rows[:size][::-1]
        if rows:
            return Page(rows, str(rows[-1].pk), str(rows[0].pk) if more else None)
        start = None
    if start is not None:
        products = products.filter(pk__gt=start)
    rows = list(products.order_by("pk")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if not rows:
        return Page([], None, None)
    return Page(rows, str(rows[-1].pk) if more else None, str(rows[0].pk) if start is not None else None)


def _cursor(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def count(chosen: Filter) -> int:
    return matching(chosen).count()


def vendors(limit: int = 500) -> list[str]:
    return _distinct("vendor", limit)


def product_types(limit: int = 500) -> list[str]:
    return _distinct("product_type", limit)


def _distinct(column: str, limit: int) -> list[str]:
    """The column's values by hopping through its index: as many steps as values, however many products."""
    sql = f"""
    WITH RECURSIVE hop AS (
        (SELECT {column} AS value FROM catalog_product WHERE merchant_id = %(m)s AND {column} > ''
         ORDER BY {column} LIMIT 1)
        UNION ALL
        SELECT (SELECT {column} FROM catalog_product WHERE merchant_id = %(m)s AND {column} > hop.value
                ORDER BY {column} LIMIT 1)
        FROM hop WHERE hop.value IS NOT NULL
    )
    SELECT value FROM hop WHERE value IS NOT NULL LIMIT %(limit)s
    """  # noqa: S608 - the column is one of two of ours
    with connection.cursor() as cursor:
        cursor.execute(sql, {"m": current_merchant().pk, "limit": limit})
        return [row[0] for row in cursor.fetchall()]
