"""A person reviewing with the keyboard alone, in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from catalog.models import Product
from copywriter.models import Draft, DraftStatus
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from tests.web.chromium import chromium
from tests.web.goods import make_draft, make_job, make_product

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def drafts(shop: Merchant) -> list[Draft]:
    job = make_job(shop)
    made = []
    for number in range(5):
        product = make_product(shop, f"Bowl {number}", attributes={"Material": "Oak"}, description="Old.")
        made.append(make_draft(shop, product, f"The Bowl {number} is made of oak.", job))
    return made


@pytest.fixture
def page(
    chrome: Browser,
    live_server: LiveServer,
    browser: Client,
    shop: Merchant,
    drafts: list[Draft],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Page]:
    """The queue, three drafts a page; whatever the browser complains about fails the test."""
    monkeypatch.setattr("copywriter.reviewing.queue.DRAFTS_A_PAGE", 3)
    context = chrome.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(15_000)
    value = browser.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"/m/{shop.slug}/drafts/")
    yield page
    context.close()
    assert complaints == []


def current(page: Page, title: str) -> None:
    expect(page.locator("[data-row].is-current h2")).to_have_text(title)


def statuses(shop: Merchant) -> list[str]:
    with merchant_scope(shop):
        return list(Draft.objects.order_by("pk").values_list("status", flat=True))


def test_drafts_are_walked_decided_and_taken_back(page: Page, shop: Merchant) -> None:
    page.keyboard.press("j")
    current(page, "Bowl 0")
    page.keyboard.press("j")
    page.keyboard.press("a")
    current(page, "Bowl 2")
    expect(page.locator("#undo")).to_contain_text("“Bowl 1” accepted")
    expect(page.locator("#review-tabs a", has_text="Accepted")).to_contain_text("1")
    page.keyboard.press("u")
    current(page, "Bowl 1")
    page.keyboard.press("r")
    current(page, "Bowl 2")
    assert statuses(shop)[:3] == ["pending", "rejected", "pending"]


def test_the_next_drafts_come_when_the_page_is_empty(page: Page, shop: Merchant) -> None:
    page.keyboard.press("j")
    for title in ("Bowl 1", "Bowl 2", "Bowl 3", "Bowl 4"):
        page.keyboard.press("a")
        current(page, title)
    page.keyboard.press("a")
    expect(page.locator("#review")).to_contain_text("All reviewed")
    assert set(statuses(shop)) == {DraftStatus.ACCEPTED}


def test_the_editor_checks_while_one_types_and_accepts_with_one_chord(page: Page, shop: Merchant) -> None:
    page.keyboard.press("j")
    page.keyboard.press("e")
    editor = page.get_by_label("Description", exact=True)
    expect(editor).to_be_focused()
    page.keyboard.type(" It is made of gold.")
    expect(page.locator(".claim--bad", has_text="gold")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Leave without saving").click()  # typed text does not go unasked
    current(page, "Bowl 0")
    page.keyboard.press("e")
    expect(editor).to_be_focused()
    page.keyboard.press("Escape")  # nothing was typed
    current(page, "Bowl 0")
    expect(page.locator(".claim--bad")).to_have_count(0)
    page.keyboard.press("e")
    expect(editor).to_be_focused()
    page.keyboard.type(" A bowl.")
    page.keyboard.press("Control+Enter")
    current(page, "Bowl 1")
    with merchant_scope(shop):
        accepted = Draft.objects.get(status=DraftStatus.ACCEPTED)
    assert accepted.text == "The Bowl 0 is made of oak. A bowl."


def test_ticked_drafts_are_accepted_together(page: Page, shop: Merchant) -> None:
    with merchant_scope(shop):
        Product.objects.update(description="")
    for key in ("j", "x", "j", "j", "x"):
        page.keyboard.press(key)
    bar = page.locator("[data-bulk-bar]")
    expect(bar).to_contain_text("2 ticked")
    bar.get_by_role("button", name="Accept").click()
    expect(page.locator("#undo")).to_contain_text("2 drafts accepted")
    assert statuses(shop) == ["accepted", "pending", "accepted", "pending", "pending"]
    page.keyboard.press("u")
    expect(page.locator("#review-tabs a", has_text="To review")).to_contain_text("5")


def test_replacing_descriptions_together_is_asked_about_first(page: Page, shop: Merchant) -> None:
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    page.locator("[data-bulk-bar]").get_by_role("button", name="Accept").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("2 of these products already have a description")
    assert statuses(shop) == ["pending"] * 5
    question.get_by_role("button", name="Accept 2 drafts").click()
    expect(page.locator("#undo")).to_contain_text("2 drafts accepted")
    expect(question).to_have_count(0)


def test_a_claims_source_shows_on_focus(page: Page) -> None:
    claim = page.locator(".claim", has_text="oak").first
    shown = "element => getComputedStyle(element, '::after').display"
    assert claim.evaluate(shown) == "none"
    claim.focus()
    assert claim.evaluate(shown) == "block"
    assert claim.get_attribute("data-label") == "Material"


@pytest.mark.parametrize("width", [1440, 800, 390])
def test_the_bar_with_undo_covers_no_accept_button_of_the_lowest_card(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.keyboard.press("j")
    page.keyboard.press("a")
    bar = page.locator("#undo > form")
    expect(bar).to_be_visible()
    accept = page.locator("[data-row] button[data-key=a]").last
    accept.evaluate("e => window.scrollBy(0, e.getBoundingClientRect().bottom - innerHeight + 40)")
    button, covered = accept.bounding_box(), bar.bounding_box()
    assert button is not None
    assert covered is not None
    beside = covered["x"] + covered["width"] <= button["x"]
    assert beside or covered["y"] + covered["height"] <= button["y"], (covered, button)


def test_the_editor_shows_the_key_that_accepts(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("[data-editor-submit] kbd")).to_have_text(["Ctrl", "Enter"])
