"""A single review, written in by a person."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from foundation.tenancy.scope import current_merchant
from reviews import writing
from reviews.matching import Matcher
from reviews.models import Review
from reviews.reading.identity import review_digest
from reviews.reading.rows import Entry, tidied
from reviews.reading.tongues import told
from reviews.sentences import ReviewError
from reviews.services.authors import forget_unused


def add_review(entry: Entry) -> Review:
    """`entry` without its digest and language, which are worked out here. Raises `ReviewError` for one that is here."""
    text = tidied(entry.text)
    digest = review_digest(
        source=entry.source,
        source_id=entry.source_id,
        product_key=entry.product_key,
        product_title=entry.product_title,
        text=text,
        written_on=entry.written_on,
        author=entry.author,
    )
    made = replace(entry, digest=digest, text=text, language=entry.language or told(text))
    with transaction.atomic():
        writing.prepare()
        if not writing.write(current_merchant().pk, None, [made], Matcher()).new:
            raise ReviewError("known_review")
    return Review.objects.get(digest=digest)


def remove_review(review: Review) -> None:
    """One that a person wrote in; what a file brought goes with its import."""
    if review.file_id is not None:
        raise ReviewError("from_a_file")
    review.delete()
    forget_unused()
