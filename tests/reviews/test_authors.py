"""Names and contacts of customers: apart from their reviews, and deletable."""

from __future__ import annotations

from foundation.tenancy.models import Merchant
from reviews import services
from reviews.models import Review, ReviewAuthor
from tests.reviews.factories import REVIEWS, as_csv, take_in


def test_removing_an_author_leaves_the_reviews(shop: Merchant) -> None:
    take_in(REVIEWS)
    assert services.remove_author(ReviewAuthor.objects.get(name="Ann")) == 2
    assert Review.objects.count() == 4
    assert not ReviewAuthor.objects.filter(contact="ann@example.com").exists()
    assert Review.objects.filter(author=None).count() == 3


def test_the_same_file_again_brings_no_removed_author_back(shop: Merchant) -> None:
    take_in(REVIEWS)
    services.remove_author(ReviewAuthor.objects.get(name="Ann"))
    assert take_in(REVIEWS).counts["new"] == 0
    assert list(ReviewAuthor.objects.values_list("name", flat=True)) == ["Ben"]


def test_the_contact_tells_authors_apart_else_the_name(shop: Merchant) -> None:
    take_in(
        as_csv(
            ("review", "author", "email"),
            ("One.", "Ann", "ann@x.org"),
            ("Two.", "Ann Lee", "ANN@x.org"),
            ("Three.", "Ann", ""),
            ("Four.", "ann", ""),
            ("Five.", "Ann", "other@x.org"),
        )
    )
    found = dict(Review.objects.values_list("text", "author_id"))
    assert found["One."] == found["Two."]
    assert found["Three."] == found["Four."]
    assert len(set(found.values())) == 3
