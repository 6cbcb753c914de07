"""The whole way once: sign up, upload, describe with the real model, review by keyboard, take the file home."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driving import CHINESE, Person
from tests.browser.exports import THIN, TITLES, changed, shops_export
from tests.browser.main_job import Described, bring_back, download, import_and_describe, review

Visit = Callable[..., Person]
BODY = "Body (HTML)"


@pytest.mark.timeout(400)
def test_from_a_shops_export_to_reviewed_descriptions(visit: Visit, described: Described) -> None:
    merchant = visit(storage_state=described.state)
    merchant.email, merchant.slug = described.email, described.slug
    merchant.shop("drafts/")
    refused = merchant.page.locator("#review-tabs").get_by_role("link", name=re.compile("Refused"))
    expect(refused).to_contain_text(re.compile("[1-9]"))  # nothing is known of the thing
    first, second, third = review(merchant)
    merchant.place("products/")
    bring_back(merchant, first)
    found = changed(described.file.read_bytes(), download(merchant, 2))
    assert sorted(found) == sorted([(second, BODY), (third, BODY)])
    assert all(text.startswith("<p>") and len(text) > 40 for text in found.values())
    assert "Packed by hand." in found[second, BODY]
    assert "Packed by hand." not in found[third, BODY]


@pytest.mark.timeout(400)
def test_the_same_in_chinese(visit: Visit, tmp_path: Path) -> None:
    file = shops_export(tmp_path)
    merchant = visit()
    merchant.go("/")
    merchant.switch_to(CHINESE)
    expect(merchant.page.get_by_role("link", name="登录").first).to_be_visible()
    merchant.page.locator("main").get_by_role("link", name=merchant.says("Create an account")).click()
    only_chinese(merchant)
    merchant.sign_up("陶瓷小店")
    only_chinese(merchant)
    import_and_describe(merchant, file)
    only_chinese(merchant)
    accepted = review(merchant)
    for place in ("products/", "imports/", "jobs/", "team/", "settings/"):
        merchant.place(place)
        only_chinese(merchant)
    found = changed(file.read_bytes(), download(merchant, 3))
    only_chinese(merchant)
    assert sorted(found) == sorted((title, BODY) for title in accepted)


# Names, key caps and formats, which no language translates.
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES = re.compile(
    r"Ecomsite|English|Shopify|WooCommerce|CSV|TSV|Excel|\.xlsx|\.zip|\.gz|\bMB|SKU|Esc|Ctrl|Enter|[-\w.]+@example\.com|harbour(?:-described)?\.csv"
    rf"|person-\w+|{'|'.join(map(re.escape, [*TITLES, THIN]))}"
)


def only_chinese(merchant: Person) -> None:
    """Headings, buttons, links of the frame and labels of the page that is open have no English word left."""
    texts = merchant.page.locator(
        "h1, h2, h3, main button, .sidebar a, .page-head a, .page-head__lead, .tabs a, label, th[scope=col], summary"
    ).all_inner_texts()
    assert any(re.search(r"[\u4e00-\u9fff]", text) for text in texts)
    english = [text for text in texts if LATIN.search(NAMES.sub("", text))]
    assert english == []
