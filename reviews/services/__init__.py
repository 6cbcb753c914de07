"""The verbs of reviews: the only place that writes their rows. All of them run inside a merchant's scope."""

from __future__ import annotations

from reviews.services.authors import remove_author
from reviews.services.entries import add_review, remove_review
from reviews.services.imports import confirm, undo
from reviews.services.matches import match_again
from reviews.services.uploads import discard, reread, upload

__all__ = [
    "add_review",
    "confirm",
    "discard",
    "match_again",
    "remove_author",
    "remove_review",
    "reread",
    "undo",
    "upload",
]
