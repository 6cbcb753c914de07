"""Reviews a page at a time, newest first: by keyset, so that the last page costs what the first does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from foundation.tenancy.row_ids import row_id
from foundation.tenancy.scope import current_merchant
from reviews.models import Review
from reviews.models.reviews import SOURCE

PAGE_SIZE = 30
NAMES = ("stars", "source", "language", "product", "file", "unmatched")


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """What a person asked to see. Empty parts ask nothing. `stars` "0" asks for reviews without a rating."""

    stars: str = ""
    source: str = ""
    language: str = ""
    product: int = 0
    file: int = 0
    unmatched: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> ReviewFilter:
        """Unknown values ask nothing."""
        stars = str(query.get("stars", ""))
        language = str(query.get("language", ""))
        return cls(
            stars=stars if stars in {"0", "1", "2", "3", "4", "5"} else "",
            source=str(query.get("source", "")).replace("\0", "")[:SOURCE],
            language=language if language.isascii() and language.isalpha() and len(language) <= 3 else "",
            product=row_id(str(query.get("product", ""))) or 0,
            file=row_id(str(query.get("file", ""))) or 0,
            unmatched=str(query.get("unmatched", "")) in {"1", "on", "true"},
        )

    def to_query(self) -> dict[str, str]:
        return {name: "1" if value is True else str(value) for name in NAMES if (value := getattr(self, name))}

    def reviews(self) -> QuerySet[Review]:
        """In no order."""
        rows = Review.objects.all()
        if self.stars:
            rows = rows.filter(rating=int(self.stars) or None)
        for name in ("source", "language"):
            if value := getattr(self, name):
                rows = rows.filter(**{name: value})
        if self.product:
            rows = rows.filter(product_id=self.product)
        if self.file:
            rows = rows.filter(file_id=self.file)
        return rows.filter(product=None) if self.unmatched else rows

    def count(self, most: int) -> int:
        return self.reviews().order_by()[:most].count()


@dataclass(frozen=True, slots=True)
class Page:
    """`next` and `previous` are opaque; None at the ends."""

    reviews: list[Review]
    next: str | None
    previous: str | None


def page(chosen: ReviewFilter, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE) -> Page:
    """The reviews after or before a cursor; a spoilt cursor is the start."""
    rows = chosen.reviews().select_related("product", "author")
    if (newer := _cursor(before)) is not None:
        earlier = rows.filter(Q(day__gt=newer[0]) | Q(day=newer[0], pk__gt=newer[1])).order_by("day", "pk")
        found = list(earlier[: size + 1])
        if found:
            shown = found[:size][::-1]
            return Page(shown, _named(shown[-1]), _named(shown[0]) if len(found) > size else None)
    older = _cursor(after) if newer is None else None
    if older is not None:
        rows = rows.filter(day__lte=older[0]).filter(Q(day__lt=older[0]) | Q(day=older[0], pk__lt=older[1]))
    found = list(rows.order_by("-day", "-pk")[: size + 1])
    shown = found[:size]
    return Page(
        shown,
        _named(shown[-1]) if len(found) > size else None,
        _named(shown[0]) if shown and older is not None else None,
    )


def _named(review: Review) -> str:
    return f"{review.day:%Y%m%d}.{review.pk}"


def _cursor(text: str | None) -> tuple[date, int] | None:
    day, _point, pk = (text or "").partition(".")
    found = row_id(pk)
    if found is None or len(day) != 8 or not (day.isascii() and day.isdigit()):
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])), found
    except ValueError:
        return None


def sources(limit: int = 100) -> list[str]:
    return _distinct("source", limit)


def languages(limit: int = 100) -> list[str]:
    return _distinct("language", limit)


def _distinct(column: str, limit: int) -> list[str]:
    """The column's values by hopping through its index: as many steps as values, however many reviews."""
    sql = f"""
    WITH RECURSIVE hop AS (
        (SELECT {column} AS value FROM reviews_review WHERE merchant_id = %(m)s AND {column} > ''
         ORDER BY {column} LIMIT 1)
        UNION ALL
        SELECT (SELECT {column} FROM reviews_review WHERE merchant_id = %(m)s AND {column} > hop.value
                ORDER BY {column} LIMIT 1)
        FROM hop WHERE hop.value IS NOT NULL
    )
    SELECT value FROM hop WHERE value IS NOT NULL LIMIT %(limit)s
    """  # noqa: S608 - the column is one of two of ours
    with connection.cursor() as cursor:
        cursor.execute(sql, {"m": current_merchant().pk, "limit": limit})
        return [row[0] for row in cursor.fetchall()]
