"""Uploading a file, and its preview."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from catalog.models import CatalogFile, FileStatus, Product
from catalog.sentences import ROWS, skipped
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import PLAIN_CSV, SHOPIFY_CSV, import_file
from tests.web.uploads import HTMX, address, choices, newest, upload

pytestmark = pytest.mark.usefixtures("no_wake_ups")


def test_the_empty_page_says_what_to_do_and_states_the_limits(browser: Client, shop: Merchant) -> None:
    page = browser.get(f"/m/{shop.slug}/imports/").content.decode()
    assert "No files yet" in page
    assert "Up to 512.0\xa0MB and 2,000,000 rows" in page


def test_upload_leads_to_the_preview_with_and_without_htmx(browser: Client, shop: Merchant) -> None:
    plain = upload(browser, shop, PLAIN_CSV)
    assert (plain.status_code, plain.headers["Location"]) == (302, address(shop, newest(shop)))
    fragment = upload(browser, shop, PLAIN_CSV, **HTMX)
    assert fragment.headers["HX-Redirect"] == address(shop, newest(shop))
    assert newest(shop).status == FileStatus.READY


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "catalog.csv", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "picture.csv", "This is a PNG picture"),
        (b"\x1f\x8b\x08\x00cut", "catalog.csv.gz", "compressed file ends too early"),
    ],
)
def test_what_is_no_catalog_is_refused_with_a_sentence(
    browser: Client, shop: Merchant, content: bytes, name: str, sentence: str
) -> None:
    answer = upload(browser, shop, content, name, **HTMX)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "<html" not in page
    with merchant_scope(shop):
        assert not CatalogFile.objects.exists()


def test_no_file_at_all_is_a_sentence_on_the_whole_page(browser: Client, shop: Merchant) -> None:
    answer = browser.post(f"/m/{shop.slug}/imports/")
    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_the_preview_shows_rows_mapping_and_confidence(browser: Client, shop: Merchant) -> None:
    upload(browser, shop, PLAIN_CSV)
    page = browser.get(address(shop, newest(shop))).content.decode()
    assert "Oak bowl" in page
    assert '<option value=";" selected>Semicolon ;' in page
    assert '<select name="map-title"' in page
    assert '<option value="Name" selected>' in page
    assert "sure" in page


def test_a_fixed_format_offers_no_mapping(browser: Client, shop: Merchant) -> None:
    upload(browser, shop, SHOPIFY_CSV)
    page = browser.get(address(shop, newest(shop))).content.decode()
    assert '<option value="shopify" selected>' in page
    assert 'name="map-title"' not in page


def test_another_delimiter_reads_the_file_again(browser: Client, shop: Merchant) -> None:
    upload(browser, shop, PLAIN_CSV)
    file = newest(shop)
    answer = browser.post(address(shop, file, "reread/"), choices(delimiter="tab"), headers=HTMX)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<html" not in page
    assert "Name;Article;Price;Brand;Material" in page
    assert newest(shop).detection["delimiter"] == "\t"


def test_another_mapping_is_kept(browser: Client, shop: Merchant) -> None:
    upload(browser, shop, PLAIN_CSV)
    file = newest(shop)
    sent = {**choices(), "map-title": "Material", "map-sku": "Article", "map-attributes": ["Brand"]}
    answer = browser.post(address(shop, file, "reread/"), sent, headers=HTMX)
    assert answer.status_code == 200
    assert newest(shop).mapping == {"title": "Material", "sku": "Article", "attributes": ["Brand"]}
    without = browser.post(address(shop, file, "reread/"), choices())
    assert without.headers["Location"] == address(shop, file)


def test_a_choice_the_file_cannot_be_read_by_is_a_sentence(browser: Client, shop: Merchant) -> None:
    upload(browser, shop, "Name;Price\nCafé;3\n")
    file = newest(shop)
    wrong = browser.post(address(shop, file, "reread/"), choices(encoding="shift_jis"), headers=HTMX)
    unknown = browser.post(address(shop, file, "reread/"), choices(encoding="klingon"), headers=HTMX)
    assert unknown.status_code == 422
    assert "klingon is not one of the available choices" in unknown.content.decode()
    assert wrong.status_code in (200, 422)
    assert newest(shop).status in (FileStatus.READY, FileStatus.UPLOADED)


def test_the_bar_counts_what_the_file_holds(browser: Client, shop: Merchant) -> None:
    upload(browser, shop, PLAIN_CSV)
    page = browser.get(address(shop, newest(shop), "count/"), headers=HTMX).content.decode()
    assert "Import 2 products" in page
    assert "1 will be skipped" in page
    with merchant_scope(shop):
        assert not Product.objects.exists()


def test_the_bar_says_why_rows_will_be_skipped_and_what_to_choose(browser: Client, shop: Merchant) -> None:
    rows = "".join(f"7;Bowl {number};{number}\n" for number in range(1200))
    upload(browser, shop, f"ID;Name;Price\n{rows}8;;3\n")
    bar = browser.get(address(shop, newest(shop), "count/"), headers=HTMX).content.decode()
    assert "1,200 will be skipped" in bar
    assert "1,199 rows: the same “ID” as an earlier row." in bar
    assert "choose another column as “The shop&#x27;s own id”, or none." in bar
    assert "1 row: no title in “Name”." in bar
    browser.post(address(shop, newest(shop), "reread/"), {**choices(), "map-title": "Name", "map-price": "Price"})
    bar = browser.get(address(shop, newest(shop), "count/"), headers=HTMX).content.decode()
    assert "Import 1,200 products" in bar
    assert "the same “ID”" not in bar


@pytest.mark.parametrize("code", sorted(ROWS.keys() - {"not_a_price", "not_a_number", "cut"}))
def test_every_reason_to_skip_a_row_can_be_said_of_many(code: str) -> None:
    assert skipped(code, "Name")


def test_an_upload_that_was_not_imported_can_be_discarded(
    browser: Client, shop: Merchant, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    upload(browser, shop, PLAIN_CSV, name="wrong.csv")
    file = newest(shop)
    assert file.absolute_path.exists()
    page = browser.get(address(shop, file)).content.decode()
    assert 'data-confirm="Discard “wrong.csv”?' in page
    assert '<button class="btn btn--small btn--quiet" form="discard">' in page
    assert "wrong.csv" in browser.get(f"/m/{shop.slug}/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(address(shop, file, "discard/"))
    assert answer.headers["Location"] == f"/m/{shop.slug}/imports/"
    assert not file.absolute_path.exists()
    assert "“wrong.csv” was discarded." in browser.get(f"/m/{shop.slug}/imports/").content.decode()
    for path in (f"/m/{shop.slug}/imports/", f"/m/{shop.slug}/"):
        assert "wrong.csv" not in browser.get(path).content.decode()
    assert browser.get(address(shop, file)).status_code == 404


def test_a_file_that_was_confirmed_cannot_be_discarded(browser: Client, shop: Merchant, owner: User) -> None:
    imported = import_file(shop, owner, PLAIN_CSV)
    upload(browser, shop, PLAIN_CSV)
    waiting = newest(shop)
    browser.post(address(shop, waiting, "confirm/"))
    for file in (imported, waiting):
        assert browser.post(address(shop, file, "discard/")).headers["Location"] == address(shop, file)
        page = browser.get(address(shop, file)).content.decode()
        assert "its export needs it" in page
        assert 'form="discard"' not in page
        assert file.absolute_path.exists()
