"""The list of products, and a product with its facts and its history."""

from __future__ import annotations

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog import services
from catalog.models import DescriptionVersion, Product
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import BREAKOUT, SCRIPT, SHOPIFY_CSV, fresh, import_file, make_draft, make_product

HTMX = {"HX-Request": "true"}


def products(browser: Client, shop: Merchant, query: str = "", **headers: str) -> str:
    answer = browser.get(f"/m/{shop.slug}/products/{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_shop_is_told_to_import(browser: Client, shop: Merchant) -> None:
    page = products(browser, shop)
    assert "No products yet" in page
    assert "Import a file" in page


def test_products_with_variants_prices_and_marks(browser: Client, shop: Merchant, owner: User) -> None:
    import_file(shop, owner, SHOPIFY_CSV)
    with merchant_scope(shop):
        towel = Product.objects.get(title="Tea towel")
    draft = make_draft(shop, towel)
    page = products(browser, shop)
    assert "12.50–19.00" in page
    assert "2 variants" in page
    assert "2 products" in page
    assert f"/drafts/{draft.pk}/" in page
    assert "<img" not in page


def test_search_and_filters_narrow_the_fragment(browser: Client, shop: Merchant) -> None:
    bowl = make_product(shop, "Oak bowl", vendor="Harbour")
    make_product(shop, "Tea towel", vendor="Mill", description="Woven.")
    make_draft(shop, bowl)
    for query, found, missing in (
        ("?query=bowl", "Oak bowl", "Tea towel"),
        ("?vendor=Mill", "Tea towel", "Oak bowl"),
        ("?state=without", "Oak bowl", "Tea towel"),
        ("?state=drafted", "Oak bowl", "Tea towel"),
        ("?status=nonsense&query=towel", "Tea towel", "Oak bowl"),
    ):
        fragment = products(browser, shop, query, **HTMX)
        assert found in fragment, query
        assert missing not in fragment, query
        assert "<html" not in fragment
    assert "No product matches" in products(browser, shop, "?query=sofa", **HTMX)
    assert "No product matches" in products(browser, shop, "?state=refused")


def test_a_history_restore_gets_the_whole_page(browser: Client, shop: Merchant) -> None:
    headers = {**HTMX, "HX-History-Restore-Request": "true"}
    assert "<html" in products(browser, shop, **headers)


def test_pages_go_both_ways_and_keep_the_filter(
    browser: Client, shop: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.views_products.PRODUCTS_A_PAGE", 2)
    rows = [make_product(shop, f"Bowl {number}") for number in range(5)]
    first = products(browser, shop, "?query=bowl")
    assert "Bowl 1" in first
    assert "Bowl 2" not in first
    assert f"?query=bowl&amp;after={rows[1].pk}" in first
    second = products(browser, shop, f"?query=bowl&after={rows[1].pk}")
    assert "Bowl 2" in second
    assert f"?query=bowl&amp;before={rows[2].pk}" in second
    back = products(browser, shop, f"?query=bowl&before={rows[2].pk}")
    assert "Bowl 0" in back
    assert "Bowl 2" not in back


def test_a_state_of_the_drafts_goes_both_ways_too(
    browser: Client, shop: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.views_products.PRODUCTS_A_PAGE", 2)
    rows = [make_product(shop, f"Bowl {number}") for number in range(5)]
    for row in rows:
        make_draft(shop, row)
    make_product(shop, "Vase")
    first = products(browser, shop, "?state=drafted")
    assert "5 products" in first
    assert f"?state=drafted&amp;after={rows[1].pk}" in first
    second = products(browser, shop, f"?state=drafted&after={rows[1].pk}")
    assert f"?state=drafted&amp;before={rows[2].pk}" in second
    assert f"?state=drafted&amp;after={rows[3].pk}" in second
    assert "Bowl 1" in products(browser, shop, f"?state=drafted&before={rows[2].pk}")


def test_the_list_asks_as_many_questions_for_many_rows_as_for_one(
    browser: Client, shop: Merchant, django_assert_max_num_queries: object
) -> None:
    from django.db import connection

    make_product(shop, "Bowl")
    with CaptureQueriesContext(connection) as one:
        products(browser, shop)
    for number in range(20):
        make_draft(shop, make_product(shop, f"Bowl {number}"))
    with CaptureQueriesContext(connection) as many:
        products(browser, shop)
    assert len(many) <= len(one)


def test_a_product_shows_what_is_known_and_its_history(browser: Client, shop: Merchant, owner: User) -> None:
    product = make_product(shop, "Oak bowl", attributes={"Material": "Oak"}, description="<p>Old <b>text</b></p>")
    with merchant_scope(shop):
        services.set_description(product, "New text", "model", owner)
    page = browser.get(f"/m/{shop.slug}/products/{product.pk}/").content.decode()
    assert "Material" in page
    assert "New text" in page
    assert "1 earlier description" in page
    assert "<p>Old <b>text</b></p>" in page
    chinese = browser.get(f"/m/{shop.slug}/products/{product.pk}/", headers={"accept-language": "zh-hans"})
    assert "<dt>标题</dt><dd>Oak bowl</dd>" in chinese.content.decode()
    assert "<dt>Material</dt><dd>Oak</dd>" in chinese.content.decode(), "what the shop named keeps its name"


def test_restoring_brings_an_earlier_text_back(browser: Client, shop: Merchant, owner: User) -> None:
    product = make_product(shop, "Oak bowl", description="First")
    with merchant_scope(shop):
        services.set_description(product, "Second", "model", owner)
        version = DescriptionVersion.objects.get(text="First")
    path = f"/m/{shop.slug}/products/{product.pk}/history/{version.pk}/restore/"
    assert browser.get(path).status_code == 405
    answer = browser.post(path, headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "The earlier description is back." in answer.headers["HX-Trigger"]
    assert fresh(shop, product).description == "First"
    with merchant_scope(shop):
        assert sorted(DescriptionVersion.objects.values_list("text", flat=True)) == ["First", "Second"]
    assert browser.post(path).status_code == 302


def test_a_version_of_another_product_or_shop_does_not_exist(
    browser: Client, shop: Merchant, stranger: User, owner: User
) -> None:
    other = stranger.memberships.get().merchant
    theirs = make_product(other, "Theirs", description="First")
    mine, second = make_product(shop, "Mine", description="First"), make_product(shop, "Second")
    with merchant_scope(other):
        services.set_description(theirs, "Second", "model", stranger)
        foreign = DescriptionVersion.objects.get()
    with merchant_scope(shop):
        services.set_description(mine, "Second", "model", owner)
        own = DescriptionVersion.objects.get()
    assert browser.get(f"/m/{shop.slug}/products/{theirs.pk}/").status_code == 404
    assert browser.get(f"/m/{other.slug}/products/{theirs.pk}/").status_code == 404
    for product, version in ((theirs, foreign), (mine, foreign), (second, own)):
        path = f"/m/{shop.slug}/products/{product.pk}/history/{version.pk}/restore/"
        assert browser.post(path).status_code == 404
    assert fresh(other, theirs).description == "Second"


@pytest.mark.parametrize(
    "description",
    [
        SCRIPT,
        f"<p>{SCRIPT}</p>",
        BREAKOUT,
        '<a href="javascript:alert(1)">x</a>',
        '<p onclick="alert(1)" style="color:red">x</p>',
        '<img src="https://elsewhere.example/pixel.gif">',
        "<iframe src='https://elsewhere.example'></iframe>",
    ],
)
def test_untrusted_descriptions_are_harmless(browser: Client, shop: Merchant, description: str) -> None:
    product = make_product(shop, SCRIPT, description=description, vendor=BREAKOUT, attributes={SCRIPT: BREAKOUT})
    page = browser.get(f"/m/{shop.slug}/products/{product.pk}/").content.decode()
    body = page[page.index("<main") : page.index("</main>")]
    for danger in (SCRIPT, "<img", "<iframe", "onclick=", "style=", "javascript:", 'href="javascript'):
        assert danger not in body, danger


def test_a_description_keeps_its_structure_but_not_its_headings(browser: Client, shop: Merchant) -> None:
    product = make_product(
        shop, "Bowl", description="<h1>Care</h1><ul><li>Wipe</li></ul><table><tr><td>1</td></tr></table>"
    )
    page = browser.get(f"/m/{shop.slug}/products/{product.pk}/").content.decode()
    assert "<p><strong>Care</strong></p><ul><li>Wipe</li></ul>" in page
    assert page.count("<h1") == 1


def test_past_ten_thousand_the_list_says_more_than(
    browser: Client, shop: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.views_products.COUNTED", 3)
    monkeypatch.setattr("catalog.views_products.PRODUCTS_A_PAGE", 2)
    for number in range(3):
        make_product(shop, f"Bowl {number}")
    assert "3 products" in products(browser, shop)
    make_product(shop, "Bowl 3")
    page = products(browser, shop)
    assert "more than 3 products" in page
    assert "all that match" in page
