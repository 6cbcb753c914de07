"""Upload, preview, confirmation, progress and result."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from redis.exceptions import RedisError

from catalog import services
from catalog.import_progress import import_progress, reported
from catalog.models import CatalogFile, FileStatus, Product
from catalog.sentences import ROWS, skipped
from catalog.services import imports
from foundation.jobs.models import Job, JobItem, JobStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.catalog.workbooks import rich_workbook
from tests.web.goods import BREAKOUT, PLAIN_CSV, SCRIPT, SHOPIFY_CSV, import_file

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _no_wake_ups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foundation.jobs.services.wake", lambda *_args: None)


def upload(browser: Client, shop: Merchant, text: str | bytes, name: str = "catalog.csv", **headers: str) -> object:
    content = text.encode() if isinstance(text, str) else text
    return browser.post(f"/m/{shop.slug}/imports/", {"file": SimpleUploadedFile(name, content)}, headers=headers)


def newest(shop: Merchant) -> CatalogFile:
    with merchant_scope(shop):
        file = CatalogFile.objects.order_by("-pk").first()
        assert file is not None
        return file


def address(shop: Merchant, file: CatalogFile, action: str = "") -> str:
    return f"/m/{shop.slug}/imports/{file.pk}/{action}"


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


def choices(**changed: str) -> dict[str, object]:
    return {"format": "plain", "encoding": "utf-8", "delimiter": ";", "has_header": "yes", **changed}


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


def test_confirming_queues_one_job_and_the_page_waits_for_it(browser: Client, shop: Merchant) -> None:
    upload(browser, shop, PLAIN_CSV)
    file = newest(shop)
    answer = browser.post(address(shop, file, "confirm/"), headers=HTMX)
    assert answer.headers["HX-Redirect"] == address(shop, file)
    page = browser.get(address(shop, file)).content.decode()
    assert 'hx-trigger="every 1s"' in page
    again = browser.post(address(shop, file, "confirm/"))
    assert again.status_code == 302
    assert "This file is being imported already." in browser.get(address(shop, file)).content.decode()
    with merchant_scope(shop):
        assert Job.objects.filter(kind="catalog.import").count() == 1


def test_confirming_without_a_title_column_says_so(browser: Client, shop: Merchant) -> None:
    upload(browser, shop, "zzz;yyy\n1;2\n3;4\n")
    file = newest(shop)
    if file.status == FileStatus.READY:
        browser.post(address(shop, file, "reread/"), {**choices(), "map-title": "", "map-sku": "zzz"})
    bar = browser.get(address(shop, file, "count/"), headers=HTMX).content.decode()
    assert "Choose the column that holds the titles first." in bar
    assert '<button class="btn btn--primary" disabled' in bar
    answer = browser.post(address(shop, file, "confirm/"), headers=HTMX)
    assert answer.status_code == 422
    assert "Choose the column with the product names" in answer.content.decode()


def test_the_result_counts_lists_and_offers_what_is_next(browser: Client, shop: Merchant, owner: User) -> None:
    file = import_file(shop, owner, PLAIN_CSV)
    page = browser.get(address(shop, file)).content.decode()
    assert "every 1s" not in page
    assert "The product has no title." in page
    assert "Write descriptions for 2 products without one" in page
    fragment = browser.get(address(shop, file), headers=HTMX).content.decode()
    assert "<html" not in fragment


def test_the_result_offers_what_its_own_file_brought(browser: Client, shop: Merchant, owner: User) -> None:
    import_file(shop, owner, PLAIN_CSV)
    file = import_file(
        shop, owner, "Article;Name;Description\nB1;Jug;\nB2;Cup;\nB3;Pot;\nB4;Lid;Fits all.\n", "new.csv"
    )
    page = browser.get(address(shop, file)).content.decode()
    assert "3 products that this file brought or changed have no description" in page
    assert "Write descriptions for 3 products without one" in page
    assert "In the whole shop, 5 products have none" in page
    sent = {"all": "1", "state": "without", "file": str(file.pk)}
    assert f"?all=1&amp;state=without&amp;file={file.pk}" in page
    question = browser.get(f"/m/{shop.slug}/describe/", sent, headers=HTMX).content.decode()
    assert f'name="file" value="{file.pk}"' in question
    assert "Jug" in question
    browser.post(f"/m/{shop.slug}/describe/", sent)
    with merchant_scope(shop):
        job = Job.objects.latest("pk")
        assert sorted(titles(job)) == ["Cup", "Jug", "Pot"]
    assert (
        "Write descriptions: new.csv · without a description" in browser.get(f"/m/{shop.slug}/jobs/").content.decode()
    )
    listed = browser.get(f"/m/{shop.slug}/products/?file={file.pk}").content.decode()
    assert "Only what “new.csv” brought or changed" in listed
    assert "Lid" in listed
    assert "Oak bowl" not in listed


def titles(job: Job) -> list[str]:
    keys = [int(item.key) for item in JobItem.objects.filter(job=job)]
    return list(Product.objects.filter(pk__in=keys).values_list("title", flat=True))


def test_the_rows_come_as_a_harmless_csv(browser: Client, shop: Merchant, owner: User) -> None:
    file = import_file(shop, owner, "Name;Article;Price\n;=cmd();3\nBowl;A1;2\n", name="über.csv")
    answer = browser.get(address(shop, file, "issues.csv"))
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert text.startswith("\ufeffRow,Column,")
    assert "'=cmd()" in text
    assert ",=cmd()" not in text


def test_untrusted_cells_are_escaped_everywhere(browser: Client, shop: Merchant, owner: User) -> None:
    head = f'"{SCRIPT}";Name;Brand\n'
    text = head + f'1;"{SCRIPT}";"{BREAKOUT.replace(chr(34), chr(34) * 2)}"\n'
    upload(browser, shop, text, name="<b>.csv")
    file = newest(shop)
    imported = import_file(shop, owner, text, name="<b>.csv")
    pages = [address(shop, file), address(shop, imported), f"/m/{shop.slug}/imports/", f"/m/{shop.slug}/products/"]
    for path in pages:
        page = browser.get(path).content.decode()
        assert SCRIPT not in page, path
        assert "<img src=x" not in page, path
        assert "<b>.csv" not in page, path
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in browser.get(pages[3]).content.decode()


def test_another_shops_file_does_not_exist(browser: Client, shop: Merchant, stranger: User) -> None:
    other = stranger.memberships.get().merchant
    file = import_file(other, stranger, PLAIN_CSV)
    for action in ("", "count/", "issues.csv", "export/", "export/file/"):
        assert browser.get(address(shop, file, action)).status_code == 404, action
        assert browser.get(address(other, file, action)).status_code == 404, action
    for action in ("reread/", "confirm/", "discard/"):
        assert browser.post(address(shop, file, action)).status_code == 404, action
        assert browser.get(address(shop, file, action)).status_code == 405, action


def test_files_are_listed_a_page_at_a_time(browser: Client, shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.views_imports.FILES_A_PAGE", 2)
    for number in range(3):
        upload(browser, shop, PLAIN_CSV, name=f"file-{number}.csv")
    first = browser.get(f"/m/{shop.slug}/imports/").content.decode()
    assert "file-2.csv" in first
    assert "file-0.csv" not in first
    with merchant_scope(shop):
        after = CatalogFile.objects.get(original_name="file-1.csv").pk
    second = browser.get(f"/m/{shop.slug}/imports/?after={after}").content.decode()
    assert "file-0.csv" in second
    assert "file-2.csv" not in second


def test_one_of_several_sheets_can_be_chosen(browser: Client, shop: Merchant) -> None:
    head = ["sku", "title"]
    upload(browser, shop, rich_workbook({"Spring": [head, ["1", "Scarf"]], "Autumn": [head, ["1", "Coat"]]}), "a.xlsx")
    file = newest(shop)
    page = browser.get(address(shop, file)).content.decode()
    assert '<option value="Spring" selected>' in page
    assert "Scarf" in page
    sent = {"format": "plain", "has_header": "yes", "sheet": "Autumn"}
    answer = browser.post(address(shop, file, "reread/"), sent, headers=HTMX)
    assert answer.status_code == 200
    assert "Coat" in answer.content.decode()
    assert newest(shop).detection["sheet"] == "Autumn"


def test_a_workbook_of_one_sheet_asks_for_none(browser: Client, shop: Merchant) -> None:
    upload(browser, shop, rich_workbook({"Spring": [["sku", "title"], ["1", "Scarf"]]}), "a.xlsx")
    assert 'name="sheet"' not in browser.get(address(shop, newest(shop))).content.decode()


def test_a_running_import_shows_moving_figures(
    browser: Client, shop: Merchant, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.reading.table.BLOCK", 10)
    monkeypatch.setattr("catalog.import_progress.OFTEN", 0)
    rows = "".join(f"Bowl {n};{n}\n" if n % 5 else f";{n}\n" for n in range(1, 101))
    upload(browser, shop, "Name;Article\n" + rows)
    file = newest(shop)
    with merchant_scope(shop):
        job = services.confirm(file, by=owner)
        Job.objects.filter(pk=job.pk).update(status=JobStatus.RUNNING)
        file.refresh_from_db(from_queryset=CatalogFile.objects.all())
    assert "read" not in browser.get(address(shop, file), headers=HTMX).content.decode().split("progress__line")[1]
    seen = []
    blocks = reported(imports.blocks_of(file)[1], job.pk)
    with merchant_scope(shop):
        for _block in blocks:
            page = browser.get(address(shop, file), headers=HTMX).content.decode()
            seen.append(re.findall(r"(\d+) (rows? read|products?|rows? left out)", page))
            assert "every 1s" in page
            assert "Reading and checking every row" in page
    assert len(seen) == 12
    assert seen[0] == [("9", "rows read"), ("8", "products"), ("1", "row left out")]
    assert seen[5] == [("59", "rows read"), ("48", "products"), ("11", "rows left out")]
    page = browser.get(address(shop, file), headers=HTMX).content.decode()
    assert "100 rows read" in page
    assert "Writing the products into your shop" in page


def test_an_import_goes_on_where_its_progress_cannot_be_told(
    shop: Merchant, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Down:
        """In place of the whole cache: what is put on Django's proxy for it can't be taken off again."""

        def set(self, *_args: object) -> None:
            raise RedisError("no cache")

        get = set

    monkeypatch.setattr("catalog.import_progress.cache", Down())
    assert import_file(shop, owner, PLAIN_CSV).state == FileStatus.PUBLISHED
    assert import_progress(1) is None
