"""Who wrote reviews, and forgetting them."""

from __future__ import annotations

from django.db import connection, transaction

from foundation.tenancy.scope import current_merchant
from reviews.models import Review, ReviewAuthor


def remove_author(author: ReviewAuthor) -> int:
    """Their name and contact go for good, and their reviews stay, by nobody; how many those are."""
    with transaction.atomic():
        left = Review.objects.filter(author=author).update(author=None)
        _delete("AND a.id = %(author)s", author=author.pk)
    return left


def forget_unused() -> None:
    """Authors without a review: nothing is left that their data is kept for."""
    _delete("")


def _delete(which: str, **values: int) -> None:
    """By one statement: Django would look for each author's reviews without knowing the shop, in those of all shops."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM reviews_reviewauthor a WHERE a.merchant_id = %(merchant)s AND NOT EXISTS ("  # noqa: S608
            f"SELECT FROM reviews_review r WHERE r.merchant_id = a.merchant_id AND r.author_id = a.id) {which}",
            {"merchant": current_merchant().pk, **values},
        )
