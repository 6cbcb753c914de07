"""A category's products counted: their brands, prices, and the values of their fields. Five queries a category."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Min, QuerySet

from catalog.models import Product, ProductStatus, Variant
from foundation.tenancy.scope import current_merchant

TITLES = 12
MOST_FIELDS, MOST_VALUES = 40, 50
"""Of a category, and of one field: more are no common ground."""


@dataclass(frozen=True, slots=True)
class Field:
    """`have` products know it; `values` with how many products have each, most frequent first, at most MOST_VALUES of
    the `distinct` ones."""

    name: str
    have: int
    distinct: int
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CategoryCounts:
    """`products` are those on sale; `titles` of the first TITLES. Prices are None where no product has one."""

    name: str
    products: int = 0
    brands: tuple[tuple[str, int], ...] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None
    fields: tuple[Field, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    name: str
    products: int


def categories(query: str = "") -> list[Category]:
    """The shop's product types with how many products on sale each has, by name; those that hold the `query`."""
    found = on_sale().exclude(product_type="").filter(product_type__icontains=query.strip())
    counted = found.order_by("product_type").values_list("product_type").annotate(n=Count("pk"))
    return [Category(name, products) for name, products in counted]


def on_sale(name: str = "") -> QuerySet[Product]:
    """What a visitor of the shop sees; of one category where a name is given."""
    found: QuerySet[Product] = Product.objects.filter(status=ProductStatus.ACTIVE)
    return found.filter(product_type=name) if name else found


def count(name: str) -> CategoryCounts:
    products = on_sale(name)
    total = products.count()
    brands = (
        products.exclude(vendor="").order_by().values_list("vendor").annotate(n=Count("pk")).order_by("-n", "vendor")
    )
    titles = products.order_by("pk").values_list("title", flat=True)[:TITLES]
    return CategoryCounts(name, total, tuple(brands), *_prices(products), tuple(_fields(name)), tuple(titles))


def _prices(products: QuerySet[Product]) -> tuple[Decimal | None, Decimal | None]:
    """Of the variants where there are some, else of the products themselves."""
    own = products.filter(variants=None).aggregate(low=Min("price"), high=Max("price"))
    varied = Variant.objects.filter(product__in=products).aggregate(low=Min("price"), high=Max("price"))
    low = [found["low"] for found in (own, varied) if found["low"] is not None]
    high = [found["high"] for found in (own, varied) if found["high"] is not None]
    return min(low, default=None), max(high, default=None)


# Attributes are values or lists of values, options belong to variants; a product counts once for each of its values.
_FIELDS = """
WITH chosen AS (
    SELECT id, attributes FROM catalog_product
    WHERE merchant_id = %(merchant)s AND product_type = %(name)s AND status = %(status)s
), told AS (
    SELECT chosen.id, field.key AS label, part.value AS value
    FROM chosen, jsonb_each(chosen.attributes) AS field,
         jsonb_array_elements_text(
             CASE jsonb_typeof(field.value) WHEN 'array' THEN field.value ELSE jsonb_build_array(field.value) END
         ) AS part (value)
    UNION
    SELECT chosen.id, field.key, field.value
    FROM chosen JOIN catalog_variant ON catalog_variant.product_id = chosen.id
         AND catalog_variant.merchant_id = %(merchant)s, jsonb_each_text(catalog_variant.options) AS field
), counted AS (
    SELECT label, value, count(*) AS n FROM told WHERE btrim(value) <> '' GROUP BY label, value
), ranked AS (
    SELECT label, value, n, count(*) OVER (PARTITION BY label) AS distinct_values,
           row_number() OVER (PARTITION BY label ORDER BY n DESC, value) AS place
    FROM counted
), having_it AS (
    SELECT label, count(DISTINCT id) AS have FROM told WHERE btrim(value) <> '' GROUP BY label
    ORDER BY have DESC, label LIMIT %(fields)s
)
SELECT label, have, distinct_values, value, n FROM ranked JOIN having_it USING (label)
WHERE place <= %(values)s ORDER BY have DESC, label, place
"""


def _fields(name: str) -> list[Field]:
    asked: dict[str, Any] = {
        "merchant": current_merchant().pk, "name": name, "status": ProductStatus.ACTIVE,
        "fields": MOST_FIELDS, "values": MOST_VALUES,
    }  # fmt: skip
    found: dict[str, tuple[int, int, list[tuple[str, int]]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_FIELDS, asked)
        for label, have, distinct, value, n in cursor.fetchall():
            found.setdefault(label, (have, distinct, []))[2].append((value, n))
    return [Field(label, have, distinct, tuple(values)) for label, (have, distinct, values) in found.items()]
