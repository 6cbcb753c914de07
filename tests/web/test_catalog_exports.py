"""The catalog back in the shape it came in."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from django.test import AsyncRequestFactory, Client

from catalog import services
from catalog.models import CatalogFile, Product
from catalog.streaming import BLOCK, send_and_delete
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import PLAIN_CSV, SHOPIFY_CSV, import_file

HTMX = {"HX-Request": "true"}


@pytest.fixture
def file(shop: Merchant, owner: User) -> CatalogFile:
    return import_file(shop, owner, SHOPIFY_CSV, name="shop.csv")


def accept(shop: Merchant, owner: User, text: str) -> None:
    with merchant_scope(shop):
        services.set_description(Product.objects.get(title="Tea towel"), text, "model", owner)


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_without_files_the_page_says_to_import(browser: Client, shop: Merchant) -> None:
    assert "Nothing to export yet" in browser.get(f"/m/{shop.slug}/exports/").content.decode()


def test_one_file_needs_no_choice_and_two_do(browser: Client, shop: Merchant, owner: User, file: CatalogFile) -> None:
    assert browser.get(f"/m/{shop.slug}/exports/").headers["Location"] == f"/m/{shop.slug}/imports/{file.pk}/export/"
    import_file(shop, owner, PLAIN_CSV, name="second.csv")
    page = browser.get(f"/m/{shop.slug}/exports/").content.decode()
    assert "shop.csv" in page
    assert "second.csv" in page


def test_an_export_is_under_exports_in_the_sidebar(browser: Client, shop: Merchant, file: CatalogFile) -> None:
    page = browser.get(f"/m/{shop.slug}/imports/{file.pk}/export/").content.decode()
    assert f'href="/m/{shop.slug}/exports/" data-go="e" aria-current="true"' in page
    assert 'data-go="i" aria-current' not in page


def test_the_page_says_how_many_descriptions_are_new(
    browser: Client, shop: Merchant, owner: User, file: CatalogFile
) -> None:
    path = f"/m/{shop.slug}/imports/{file.pk}/export/"
    assert "skeleton" in browser.get(path).content.decode()
    assert "as you uploaded it" in browser.get(path, headers=HTMX).content.decode()
    accept(shop, owner, "Woven linen.")
    assert "1 description is new in this file." in browser.get(path, headers=HTMX).content.decode()


def test_the_download_changes_only_the_accepted_cell(
    browser: Client, shop: Merchant, owner: User, file: CatalogFile
) -> None:
    path = f"/m/{shop.slug}/imports/{file.pk}/export/file/"
    same = browser.get(path)
    assert same.headers["Content-Type"].startswith("text/csv")
    assert same.headers["Content-Disposition"].startswith("attachment; filename=")
    content = body(same)
    assert content == SHOPIFY_CSV.encode()
    assert int(same.headers["Content-Length"]) == len(content)
    accept(shop, owner, "Woven linen.")
    changed = body(browser.get(path)).decode()
    assert "Woven linen." in changed
    assert changed.splitlines()[1:3] == SHOPIFY_CSV.splitlines()[1:3]


def test_nothing_is_left_of_a_download(
    browser: Client, shop: Merchant, file: CatalogFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    browser.get(f"/m/{shop.slug}/imports/{file.pk}/export/", headers=HTMX)
    body(browser.get(f"/m/{shop.slug}/imports/{file.pk}/export/file/"))
    assert list(folder.iterdir()) == []


def test_a_file_that_is_gone_is_a_sentence(browser: Client, shop: Merchant, file: CatalogFile) -> None:
    file.absolute_path.unlink()
    page = browser.get(f"/m/{shop.slug}/imports/{file.pk}/export/", headers=HTMX).content.decode()
    assert "no longer on the server" in page
    answer = browser.get(f"/m/{shop.slug}/imports/{file.pk}/export/file/", follow=True)
    assert "no longer on the server" in answer.content.decode()


def test_under_asgi_the_file_is_sent_in_blocks_as_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "export.part"
    path.write_bytes(b"x" * (BLOCK + 1))
    answer = send_and_delete(AsyncRequestFactory().get("/"), path, "Übersicht.csv", "text/csv")

    async def lengths() -> list[int]:
        return [len(block) async for block in answer]

    assert answer.is_async
    assert asyncio.run(lengths()) == [BLOCK, 1]
    assert not path.exists()
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%9Cbersicht.csv"
