"""Rows of a shop's reviews: what was said, who said it (apart, so that it can go), and the files it came in."""

from __future__ import annotations

from reviews.models.files import ReviewFile, ReviewFileStatus, ReviewRowIssue
from reviews.models.reviews import Review, ReviewAuthor

__all__ = ["Review", "ReviewAuthor", "ReviewFile", "ReviewFileStatus", "ReviewRowIssue"]
