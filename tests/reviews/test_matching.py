"""Which product a review is about."""

from __future__ import annotations

from catalog.models import Product, Variant
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import create_merchant
from reviews import services
from reviews.matching import SEVERAL, Matcher
from reviews.models import Review
from tests.reviews.factories import as_csv, products, run, take_in


def test_by_handle_sku_variant_and_title_but_for_case_accents_and_spaces(shop: Merchant) -> None:
    known = products()
    cafe = Product.objects.create(key="cafe", title="Café  Crème")
    names = [
        ("mug", ""),
        ("MUG", ""),
        ("sc-r", ""),
        ("", "blue  MUG"),
        ("", "Cafe Creme"),
        ("Blue Mug", ""),
        ("unknown", "Wool Scarf"),
        ("unknown", "Blue"),
        ("", ""),
    ]
    mug, scarf = known["mug"].pk, known["scarf"].pk
    assert Matcher().match(names) == [mug, mug, scarf, mug, cafe.pk, mug, scarf, None, None]


def test_an_id_goes_before_an_sku(shop: Merchant) -> None:
    first = Product.objects.create(key="10", sku="11", title="First")
    second = Product.objects.create(key="11", sku="10", title="Second")
    assert Matcher().match([("10", ""), ("11", "")]) == [first.pk, second.pk]


def test_what_several_products_are_called_is_an_issue_and_the_review_stays(shop: Merchant) -> None:
    for key in ("a", "b"):
        Product.objects.create(key=key, title="Mug")
    assert Matcher().match([("", "MUG")]) == [SEVERAL]
    file = take_in(as_csv(("product", "review"), ("Mug", "Nice.")))
    review = Review.objects.get()
    assert (review.product, review.product_title) == (None, "Mug")
    issue = file.issues.get()
    assert (issue.code, issue.severity, issue.row) == ("several_products", "warning", 2)
    assert "give its SKU" in issue.reason


def test_an_sku_of_two_products_names_neither(shop: Merchant) -> None:
    for key in ("a", "b"):
        Variant.objects.create(product=Product.objects.create(key=key, title=key), key="v", sku="S-1")
    assert Matcher().match([("S-1", "")]) == [SEVERAL]


def test_a_products_address_names_it(shop: Merchant) -> None:
    known = products()
    take_in(as_csv(("product url", "review"), ("https://x.example/en/products/mug?variant=1", "Nice.")))
    assert Review.objects.get().product == known["mug"]


def test_reviews_meet_products_that_come_later(shop: Merchant) -> None:
    take_in(as_csv(("product", "sku", "review"), ("Blue Mug", "", "One."), ("", "SC-R", "Two."), ("", "", "Shop.")))
    assert not Review.objects.exclude(product=None).exists()
    known = products()
    run(services.match_again())
    matched = dict(Review.objects.values_list("text", "product_id"))
    assert matched == {"One.": known["mug"].pk, "Two.": known["scarf"].pk, "Shop.": None}


def test_another_shops_products_are_not_seen(shop: Merchant, owner: User) -> None:
    with merchant_scope(create_merchant("Other", owner)):
        products()
    assert Matcher().match([("MUG", ""), ("", "Blue Mug"), ("SC-R", "")]) == [None, None, None]
