from __future__ import annotations

import pytest
from django.http import QueryDict

from catalog import listing, services
from catalog.listing import Filter
from catalog.models import CatalogFile, ListingEntry, Origin, Product
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import create_merchant
from tests.catalog.factories import SHOPIFY, take_in


def keys(chosen: Filter) -> list[str]:
    return [product.key for product in listing.page(chosen).products]


@pytest.fixture
def ten(shop: Merchant) -> CatalogFile:
    rows = "".join(
        f"{n},Thing number {n},{'text' if n % 2 else ''},Brand {n % 3},{'Lamps' if n < 4 else 'Mugs'},{n % 2}\n"
        for n in range(10)
    )
    return take_in("sku,title,description,brand,type,published\n" + rows)


@pytest.fixture(params=["entered", "just published"])
def either_way(request: pytest.FixtureRequest, ten: CatalogFile) -> None:
    """Lists are the same before an import was entered into them."""
    if request.param == "just published":
        ListingEntry.objects.all().delete()
        CatalogFile.objects.update(listed_at=None)


@pytest.mark.usefixtures("either_way")
def test_pages_follow_one_another_both_ways() -> None:
    first = listing.page(Filter(), size=4)
    second = listing.page(Filter(), after=first.next, size=4)
    third = listing.page(Filter(), after=second.next, size=4)
    assert [[p.key for p in page.products] for page in (first, second, third)] == [
        ["0", "1", "2", "3"],
        ["4", "5", "6", "7"],
        ["8", "9"],
    ]
    assert (first.previous, third.next) == (None, None)
    back = listing.page(Filter(), before=third.previous, size=4)
    assert [p.key for p in back.products] == ["4", "5", "6", "7"]
    start = listing.page(Filter(), before=back.previous, size=4)
    assert ([p.key for p in start.products], start.previous) == (["0", "1", "2", "3"], None)


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Filter(without_description=True), "02468"),
        (Filter(vendor="Brand 1"), "147"),
        (Filter(product_type="Lamps"), "0123"),
        (Filter(status="draft"), "02468"),
        (Filter(query="NUMBER 7"), "7"),
        (Filter(query="thing umb", vendor="Brand 0", without_description=True), "06"),
        (Filter(query="nothing"), ""),
        (Filter(query="100%"), ""),
        (Filter(query="_"), ""),
    ],
)
def test_filters_narrow(chosen: Filter, found: str) -> None:
    assert keys(chosen) == list(found)
    assert listing.count(chosen) == len(found)
    assert sorted(listing.matching(chosen).values_list("key", flat=True)) == list(found)


@pytest.mark.usefixtures("either_way")
def test_what_can_be_filtered_by() -> None:
    assert listing.vendors() == ["Brand 0", "Brand 1", "Brand 2"]
    assert listing.product_types() == ["Lamps", "Mugs"]


@pytest.mark.usefixtures("ten")
def test_entries_follow_their_products(owner: User) -> None:
    product = Product.objects.get(key="2")
    services.set_description(product, "Now it has one", Origin.PERSON, owner)
    assert keys(Filter(without_description=True)) == ["0", "4", "6", "8"]
    Product.objects.create(key="new", title="Brand-new kettle")
    assert keys(Filter(query="kettle")) == ["new"]
    Product.objects.get(key="new").delete()
    assert keys(Filter(query="kettle")) == []
    take_in("sku,title\n3,Renamed\n")
    assert keys(Filter(query="renamed")) == ["3"]
    assert "3" not in keys(Filter(query="number"))
    assert ListingEntry.objects.count() == Product.objects.count()


def test_a_variant_is_found_by_its_sku(shop: Merchant) -> None:
    take_in(SHOPIFY)
    assert keys(Filter(query="sc-b-s")) == ["wool-scarf"]


def test_chinese_titles_are_found_by_a_part(shop: Merchant) -> None:
    take_in("编号,标题\n1,冬季羽绒服女\n2,羊毛毯\n")
    assert keys(Filter(query="羽绒")) == ["1"]
    assert keys(Filter(query="毯")) == ["2"]


@pytest.mark.usefixtures("ten")
def test_another_shop_sees_nothing_of_it(owner: User) -> None:
    with merchant_scope(create_merchant("Other", owner)):
        assert keys(Filter()) == keys(Filter(query="thing")) == listing.vendors() == []


def test_a_filter_survives_its_query_string() -> None:
    chosen = Filter("mug", True, "A & B", "Lamps", "draft")
    assert Filter.from_query(chosen.to_query()) == chosen
    spoilt = QueryDict("query=a%00b&status=sold&without_description=no&vendor=")
    assert Filter.from_query(spoilt) == Filter("ab")


@pytest.mark.usefixtures("ten")
@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 40, "", "²"])
def test_a_spoilt_cursor_is_the_start(cursor: str) -> None:
    page = listing.page(Filter(), after=cursor, size=2)
    assert [product.key for product in page.products] == ["0", "1"]
