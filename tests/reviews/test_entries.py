"""A single review, written in by a person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from foundation.tenancy.models import Merchant
from reviews import services
from reviews.models import Review, ReviewAuthor
from reviews.reading.rows import Entry
from reviews.sentences import ReviewError
from tests.reviews.factories import REVIEWS, products, take_in

NONE = UUID(int=0)


def entry(text: str = "A mug for every morning, and it is still as new.", **fields: object) -> Entry:
    return Entry(row=0, digest=NONE, text=text, **fields)  # type: ignore[arg-type]


def test_it_finds_its_product_language_and_author(shop: Merchant) -> None:
    known = products()
    made = services.add_review(entry(product_key="Blue Mug", rating=4, author="Ann", written_on=date(2024, 1, 2)))
    assert (made.product, made.rating, made.language, made.file, made.day) == (
        known["mug"], 4, "en", None, date(2024, 1, 2),
    )  # fmt: skip
    assert made.author is not None
    assert made.author.name == "Ann"


def test_the_same_one_again_is_refused(shop: Merchant) -> None:
    services.add_review(entry())
    with pytest.raises(ReviewError, match="here already"):
        services.add_review(entry())
    assert Review.objects.count() == 1


def test_it_can_be_removed_and_its_author_with_it(shop: Merchant) -> None:
    services.remove_review(services.add_review(entry(author="Ann")))
    assert not Review.objects.exists()
    assert not ReviewAuthor.objects.exists()


def test_what_a_file_brought_goes_with_its_import_only(shop: Merchant) -> None:
    take_in(REVIEWS)
    with pytest.raises(ReviewError, match="Take the import"):
        services.remove_review(Review.objects.all()[0])
