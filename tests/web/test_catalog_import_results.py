"""A confirmed import: its job, its page while it runs, and what it brought."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from redis.exceptions import RedisError

from catalog import services
from catalog.import_progress import import_progress, reported
from catalog.models import CatalogFile, FileStatus, Product
from catalog.services import imports
from foundation.jobs.models import Job, JobItem, JobStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.catalog.workbooks import rich_workbook
from tests.web.goods import BREAKOUT, PLAIN_CSV, SCRIPT, import_file
from tests.web.uploads import HTMX, address, choices, newest, upload

pytestmark = pytest.mark.usefixtures("no_wake_ups")


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
