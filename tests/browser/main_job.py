"""The merchant's way from an export file to reviewed drafts and back, for the tests that go it or start from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.driving import JOB_MS, Person
from tests.browser.exports import PRODUCTS, THIN, TITLES


@dataclass(frozen=True)
class Described:
    """A shop whose drafts wait for review. `state` is its owner's session, as a playwright context takes it."""

    email: str
    slug: str
    file: Path
    state: Any


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def import_and_describe(merchant: Person, file: Path) -> None:
    """Ends on the page of drafts, which a second tab has been watching from before the first was written."""
    merchant.upload(file, PRODUCTS)
    expect(merchant.page.get_by_text("Shopify").first).to_be_visible()
    merchant.confirm(new=PRODUCTS)
    merchant.describe([*TITLES, THIN])
    second = merchant.page.context.new_page()
    second.goto(f"/m/{merchant.slug}/drafts/")
    second.evaluate("window.sameDocument = true")
    merchant.wait_for_job()
    expect(second.locator("article.draft").first).to_be_visible(timeout=JOB_MS)
    assert second.evaluate("window.sameDocument")
    merchant.page.close()
    merchant.page = second
    second.reload()


def review(merchant: Person) -> tuple[str, str, str]:
    """By keyboard: the first accepted, the second edited and accepted, the third rejected, taken back, and accepted.

    Their titles. At least three drafts must stand: the facts of these products are good.
    """
    page, cards = merchant.page, merchant.cards()
    assert cards.count() >= 3, [merchant.title_of(card) for card in cards.all()]
    waiting = cards.count()
    first, second, third = (merchant.title_of(cards.nth(n)) for n in range(3))
    press(page, "j", "a")
    expect(cards).to_have_count(waiting - 1)
    expect(page.locator("#undo")).to_contain_text(first)
    press(page, "e")
    editor = page.locator("[data-editor] textarea")
    expect(editor).to_be_focused()
    page.keyboard.type(" Packed by hand.")
    expect(page.locator("[data-editor] ~ .draft__pane")).to_contain_text("Packed by hand.")
    press(page, "Control+Enter")
    expect(cards).to_have_count(waiting - 2)
    expect(page.locator("#undo")).to_contain_text(second)
    expect(cards.first.locator("h2")).to_have_text(third)
    press(page, "r")
    expect(cards).to_have_count(waiting - 3)
    expect(page.locator("#undo")).to_contain_text(third)
    press(page, "u")
    expect(cards).to_have_count(waiting - 2)
    expect(cards.filter(has_text=third)).to_be_focused()
    press(page, "a")
    expect(cards).to_have_count(waiting - 3)
    return first, second, third


def bring_back(merchant: Person, title: str) -> None:
    """The text that the shop had before."""
    merchant.place("products/")
    merchant.page.get_by_role("link", name=title, exact=True).click()
    history = merchant.page.locator("#description details.fold")
    history.locator("summary").click()
    merchant.button("Bring back", history).first.click()
    expect(merchant.page.locator(".toast--success")).to_contain_text(merchant.says("The earlier description is back."))


def download(merchant: Person, new: int) -> bytes:
    """From the newest of the imported files; where there is one only, its page opens without a list."""
    merchant.place("exports/")
    if merchant.page.url.endswith("/exports/"):
        merchant.page.locator("main li a").first.click()
    words = merchant.counts("%(n)s description is new in this file.", "%(n)s descriptions are new in this file.", new)
    expect(merchant.page.locator("#export-ready")).to_contain_text(words)
    with merchant.page.expect_download() as started:
        merchant.link("Download").click()
    assert started.value.suggested_filename == "harbour-described.csv"
    return Path(started.value.path()).read_bytes()
