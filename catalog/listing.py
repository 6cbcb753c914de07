"""Products a page at a time: by keyset, so that the last page costs what the first does, searched by trigrams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from catalog.models import CatalogFile, FileStatus, ListingEntry, Product, ProductStatus
from catalog.reading.search_text import words
from foundation.tenancy.row_ids import row_id
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
    file: int = 0  # id of the catalog file that brought or last changed them

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
            file=row_id(str(data.get("file", ""))) or 0,
        )

    def to_query(self) -> dict[str, str]:
        return {
            name: "1" if value is True else str(value)
            for name in ("query", "without_description", "vendor", "product_type", "status", "file")
            if (value := getattr(self, name))
        }

    @property
    def is_indexed(self) -> bool:
        """Whether the entries can answer it: they know no files, as too few ask for them to pay for an index."""
        return self != Filter() and not self.file and _up_to_date()


@dataclass(frozen=True, slots=True)
class Page:
    """`next` and `previous` are opaque; None at the ends."""

    products: list[Product]
    next: str | None
    previous: str | None


def matching(chosen: Filter) -> QuerySet[Product]:
    """In no order. Every word must occur in the title or an SKU."""
    if chosen == Filter():
        return Product.objects.all()
    if chosen.is_indexed:
        return Product.objects.filter(pk__in=_narrowed(ListingEntry.objects.all(), chosen).values("product_id"))
    return _narrowed(Product.objects.all(), chosen)


def page(chosen: Filter, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE) -> Page:
    """The products after or before a cursor, in the order they came in; a spoilt cursor is the start."""
    size = min(max(size, 1), LARGEST_PAGE)
    found = _page_ids(chosen, row_id(after), row_id(before), size)
    products = Product.objects.in_bulk(found.ids)
    return Page([products[pk] for pk in found.ids if pk in products], found.next, found.previous)


def count(chosen: Filter) -> int:
    if not chosen.is_indexed:
        return matching(chosen).count()
    return _narrowed(ListingEntry.objects.all(), chosen).count()


def vendors(limit: int = 500) -> list[str]:
    return _distinct("vendor", limit)


def product_types(limit: int = 500) -> list[str]:
    return _distinct("product_type", limit)


@dataclass(frozen=True, slots=True)
class _Ids:
    ids: list[int]
    next: str | None
    previous: str | None


def _up_to_date() -> bool:
    """Whether the entries hold every product: not in the seconds after a large import was published."""
    return not CatalogFile.objects.filter(status=FileStatus.PUBLISHED, listed_at=None).exists()


def _narrowed(rows: QuerySet[Any], chosen: Filter) -> QuerySet[Any]:
    """Products and their entries are narrowed alike, but for what tells that a description is missing."""
    for word in words(chosen.query):
        rows = rows.filter(search_text__contains=word)
    if chosen.without_description:
        rows = rows.filter(description="") if rows.model is Product else rows.filter(undescribed=True)
    if chosen.file:
        rows = rows.filter(file_id=chosen.file)
    for name in ("vendor", "product_type", "status"):
        if value := getattr(chosen, name):
            rows = rows.filter(**{name: value})
    return rows


def _page_ids(chosen: Filter, after: int | None, before: int | None, size: int) -> _Ids:
    if chosen.is_indexed:
        rows, name = _narrowed(ListingEntry.objects.all(), chosen), "product_id"
    else:
        rows, name = _narrowed(Product.objects.all(), chosen), "pk"
    if before is not None:
        ids = list(rows.filter(**{f"{name}__lt": before}).order_by(f"-{name}").values_list(name, flat=True)[: size + 1])
        if ids:
            shown = ids[:size][::-1]
            return _Ids(shown, str(shown[-1]), str(shown[0]) if len(ids) > size else None)
        after = None
    if after is not None:
        rows = rows.filter(**{f"{name}__gt": after})
    ids = list(rows.order_by(name).values_list(name, flat=True)[: size + 1])
    shown = ids[:size]
    more = str(shown[-1]) if len(ids) > size else None
    return _Ids(shown, more, str(shown[0]) if shown and after is not None else None)


def _distinct(column: str, limit: int) -> list[str]:
    """The column's values by hopping through its index: as many steps as values, however many products."""
    if not _up_to_date():
        values = Product.objects.exclude(**{column: ""}).order_by(column).values_list(column, flat=True).distinct()
        return list(values[:limit])
    sql = f"""
    WITH RECURSIVE hop AS (
        (SELECT {column} AS value FROM catalog_listingentry WHERE merchant_id = %(m)s AND {column} > ''
         ORDER BY {column} LIMIT 1)
        UNION ALL
        SELECT (SELECT {column} FROM catalog_listingentry WHERE merchant_id = %(m)s AND {column} > hop.value
                ORDER BY {column} LIMIT 1)
        FROM hop WHERE hop.value IS NOT NULL
    )
    SELECT value FROM hop WHERE value IS NOT NULL LIMIT %(limit)s
    """  # noqa: S608 - the column is one of two of ours
    with connection.cursor() as cursor:
        cursor.execute(sql, {"m": current_merchant().pk, "limit": limit})
        return [row[0] for row in cursor.fetchall()]
