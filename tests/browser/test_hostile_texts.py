"""Titles that were written to run as scripts go through the whole main job, and nothing runs."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.accessibility import Look
from tests.browser.driving import Person

Visit = Callable[..., Person]
SCRIPT = "<script>alert(1)</script>"
BREAKOUT = '"><img src=x onerror=alert(1)>'
LONG = "Endless" * 1_400
COLUMNS = ["Handle", "Title", "Body (HTML)", "Vendor", "Type", "Variant SKU", "Variant Price", "Material"]
COLUMNS += ["Option1 Name", "Option1 Value"]
BODY = '<p onclick="alert(1)">Text</p><svg onload=alert(1)></svg><a href="javascript:alert(1)">link</a>'


def export(folder: Path) -> Path:
    target = folder / "hostile.csv"
    with target.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(COLUMNS)
        for n, title in enumerate((SCRIPT, BREAKOUT, LONG, "=cmd|' /C calc'!A0")):
            facts = [BREAKOUT, SCRIPT, f"S{n}{BREAKOUT}", "9.90", "solid oak", "Size", BREAKOUT]
            rows.writerow([f"h{n}", title, BODY if n else "", *facts])
    return target


def test_nothing_that_a_cell_says_ever_runs(visit: Visit, tmp_path: Path) -> None:
    """A dialog, an error or a breach of the policy on any page fails the test, in `watch`."""
    merchant = visit()
    merchant.sign_up(BREAKOUT)
    page = merchant.page
    look = Look(page)
    merchant.upload(export(tmp_path), products=4)
    look.at("hostile preview", keep=True)
    merchant.confirm(new=4)
    merchant.place("products/")
    expect(page.get_by_role("link", name=SCRIPT, exact=True)).to_be_visible()
    look.at("hostile products", keep=True)
    page.locator("#q").fill(SCRIPT)
    expect(page.locator("#product-list [data-row]")).to_have_count(1)
    page.get_by_role("link", name=SCRIPT, exact=True).click()
    expect(page.locator("h1")).to_have_text(SCRIPT)
    look.at("hostile product", keep=True)
    merchant.describe([SCRIPT, BREAKOUT, LONG])
    look.at("hostile job")
    merchant.wait_for_job()
    for status in ("pending", "refused"):
        merchant.shop(f"drafts/?status={status}")
        look.at(f"hostile drafts, {status}", keep=True)
        if status == "pending" and merchant.cards().count():
            page.keyboard.press("j")
            page.keyboard.press("e")
            page.locator("[data-editor] textarea").fill(f"{BREAKOUT} {SCRIPT}")
            expect(page.locator("[data-editor] ~ .draft__pane")).to_contain_text("onerror")
            page.keyboard.press("Control+Enter")
            expect(page.locator("#undo")).to_contain_text("accepted")
            look.at("hostile decision")
    merchant.place("jobs/")
    look.at("hostile jobs")
    merchant.shop()
    look.at("hostile dashboard", keep=True)
    assert page.evaluate("document.querySelectorAll('img[src=x], main script, svg[onload]').length") == 0
    assert not look.wrong, look.report()
