"""A job's row while it runs: it moves by itself, outlives a reload, stops when told to and goes on when told to."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.driving import Person

Visit = Callable[..., Person]
PRODUCTS = 240
_PROGRESS = re.compile(r"([\d,]+) drafts?(?:, ([\d,]+) refused)?(?: · ([\d,]+) failed)?(?: · ([\d,]+) left)?")


def long_catalog(folder: Path) -> Path:
    """More than the model can describe while this test runs."""
    target = folder / "many.csv"
    with target.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["SKU", "Title", "Description", "Brand", "Type", "Material", "Colour", "Dimensions"])
        for n in range(PRODUCTS):
            colour = ("red", "green", "blue", "white")[n % 4]
            rows.writerow([f"M{n}", f"Wool Rug {n}", "", "Nordvik", "Rug", "100% wool", colour, f"{100 + n} × 80 cm"])
    return target


def numbers(row: Locator) -> tuple[int, int]:
    """Items that ended, items left."""
    found = _PROGRESS.search(row.inner_text())
    assert found is not None, row.inner_text()
    *ended, left = (int((each or "0").replace(",", "")) for each in found.groups())
    return sum(ended), left


@pytest.fixture
def merchant(visit: Visit, tmp_path: Path) -> Iterator[Person]:
    """With a job of many products under way; cancelled whatever happens, or it would hold the model up for minutes."""
    person = visit()
    person.sign_up("Rug House")
    person.upload(long_catalog(tmp_path), products=PRODUCTS)
    person.confirm(new=PRODUCTS)
    person.place("products/")
    person.page.get_by_role("link", name="Write texts for all of them").click()
    dialog = person.page.get_by_role("dialog")
    dialog.get_by_role("button", name=f"Write for {PRODUCTS} products").click()
    person.page.wait_for_url(re.compile(r"/jobs/\d+/$"))
    yield person
    person.place("jobs/")
    for button in person.page.get_by_role("button", name=re.compile("^Cancel")).all():
        button.click()
    expect(person.page.get_by_role("button", name=re.compile("^Cancel"))).to_have_count(0)


@pytest.mark.timeout(900)  # a busy machine writes slowly; where it is idle this takes half a minute
def test_a_jobs_row_moves_by_itself_and_obeys(merchant: Person) -> None:
    page = merchant.page
    merchant.place("jobs/")
    row = page.locator("li.job").first
    page.evaluate("window.sameDocument = true")
    expect(row).to_contain_text(re.compile(r"[1-9]\d* drafts?"), timeout=240_000)
    expect(row).to_contain_text("per minute", timeout=60_000)
    first, left = numbers(row)
    assert 0 < first < PRODUCTS
    assert first + left == PRODUCTS
    expect(row).not_to_contain_text(re.compile(rf"\b{first} drafts?"), timeout=240_000)
    assert numbers(row)[0] > first
    assert page.evaluate("window.sameDocument")
    page.reload()
    again = numbers(row)[0]
    assert again > first
    expect(row).to_contain_text("Running")

    row.get_by_role("button", name=re.compile("^Cancel")).click()
    expect(row).to_contain_text("Cancelled")
    expect(row).not_to_have_attribute("hx-trigger", re.compile("every"))
    kept, left = numbers(row)
    assert again <= kept < PRODUCTS
    assert kept + left == PRODUCTS
    drafts = "SELECT count(*) FROM copywriter_draft d JOIN tenancy_merchant m ON m.id = d.merchant_id WHERE m.slug = %s"
    page.wait_for_timeout(4_000)  # the batch that was under way may end, and its results are kept
    stopped = merchant.product.value(drafts, merchant.slug)
    page.wait_for_timeout(3_000)
    assert merchant.product.value(drafts, merchant.slug) == stopped
    assert kept <= stopped < PRODUCTS

    row.get_by_role("button", name=re.compile("^Retry")).click()
    expect(row).to_contain_text(re.compile("Queued|Running"))
    expect(row).to_contain_text(re.compile(r"[1-9]\d* drafts?"))
    page.wait_for_timeout(500)
    assert numbers(row)[0] >= kept  # what was written is not written again
    end = merchant.product.value(drafts, merchant.slug)
    expect(row).not_to_contain_text(re.compile(rf"\b({stopped}|{kept}|{end}) drafts?"), timeout=240_000)
    assert merchant.product.value(drafts, merchant.slug) > stopped


def test_the_dashboard_shows_the_job_that_runs(merchant: Person) -> None:
    merchant.shop()
    row = merchant.page.locator("li.job", has_text="Write descriptions")
    expect(row).to_contain_text(re.compile("Queued|Running"))
    expect(row.locator("progress")).to_be_visible()
