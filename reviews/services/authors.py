"""Who wrote reviews, and forgetting them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef

from reviews.models import Review, ReviewAuthor


def remove_author(author: ReviewAuthor) -> int:
    """Their name and contact go for good, and their reviews stay, by nobody; how many those are."""
    with transaction.atomic():
        left = Review.objects.filter(author=author).update(author=None)
        author.delete()
    return left


def forget_unused() -> None:
    """Authors without a review: nothing is left that their data is kept for."""
    ReviewAuthor.objects.filter(~Exists(Review.objects.filter(author_id=OuterRef("pk")))).delete()
