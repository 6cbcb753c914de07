"""Matching reviews to products that came into the catalog after them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q, QuerySet

from foundation.jobs import services as jobs
from foundation.jobs.errors import AlreadyQueued
from foundation.jobs.models import Job
from foundation.tenancy.models import User
from foundation.tenancy.scope import current_merchant
from reviews.matching import SEVERAL, Matcher
from reviews.models import Review
from reviews.sentences import ReviewError

MATCH = "reviews.match"
AT_ONCE = 5_000


def unmatched() -> QuerySet[Review]:
    """Reviews that name a product and have none."""
    return Review.objects.filter(product=None).exclude(Q(product_key="") & Q(product_title=""))


def match_again(by: User | None = None) -> Job:
    """Queue it. Raises `ReviewError` where nothing waits for it."""
    if not unmatched().exists():
        raise ReviewError("nothing_unmatched")
    try:
        return jobs.enqueue(MATCH, {}, by=by, dedup_key="match")
    except AlreadyQueued as error:
        return error.job


def match_all() -> int:
    """How many found their product."""
    matcher, after, found = Matcher(), 0, 0
    while rows := _next(after):
        after = rows[-1][0]
        products = matcher.match([(key, title) for _pk, key, title in rows])
        found += _tie([(pk, product) for (pk, *_), product in zip(rows, products, strict=True)])
    return found


def _next(after: int) -> list[tuple[int, str, str]]:
    rows = unmatched().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", "product_key", "product_title")[:AT_ONCE])


def _tie(pairs: Sequence[tuple[int, int | None]]) -> int:
    known = [(pk, product) for pk, product in pairs if product is not None and product != SEVERAL]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reviews_review r SET product_id = f.product"
            " FROM unnest(%(rows)s::bigint[], %(products)s::bigint[]) AS f (pk, product)"
            " WHERE r.merchant_id = %(merchant)s AND r.id = f.pk AND r.product_id IS NULL",
            {
                "rows": [pk for pk, _product in known],
                "products": [product for _pk, product in known],
                "merchant": current_merchant().pk,
            },
        )
        return int(cursor.rowcount)
