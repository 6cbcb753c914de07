"""The product without a mouse: every step by keys alone, and the place of the focus always to be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.driving import PASSWORD, Person
from tests.browser.exports import PRODUCTS
from tests.browser.main_job import Described

Visit = Callable[..., Person]
MOST_STEPS = 60

FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const shown = [at, at.closest("label"), at.parentElement].filter(Boolean).map((each) => getComputedStyle(each));
  return {
    text: (at.getAttribute("aria-label") || at.innerText || at.value || at.name || at.id || "").trim().slice(0, 80),
    id: at.id, name: at.name || "", tag: at.tagName, href: at.getAttribute("href") || "",
    seen: at.getClientRects().length > 0 && shown.some((style) =>
      (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none"),
    inside: Boolean(at.closest("dialog[open]")),
  };
}"""


def focus(page: Page) -> dict[str, Any]:
    found: dict[str, Any] | None = page.evaluate(FOCUS)
    return found or {"text": "", "id": "", "name": "", "tag": "BODY", "href": "", "seen": True, "inside": False}


def tab_to(page: Page, found: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Tab until an element is the one looked for; every stop on the way can be seen."""
    passed = []
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        here = focus(page)
        assert here["seen"], f"the focus can't be seen on {here}"
        if found(here):
            return here
        passed.append(here["text"] or here["id"])
    raise AssertionError(f"not reached by Tab; passed {passed}")


def test_log_in_and_upload_by_keys(visit: Visit, described: Described) -> None:
    person = visit()
    page = person.page
    person.go("/accounts/login/")
    tab_to(page, lambda here: here["name"] == "login")
    page.keyboard.type(described.email)
    tab_to(page, lambda here: here["name"] == "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/m/{described.slug}/")
    person.slug = described.slug

    page.keyboard.press("Tab")
    assert focus(page)["href"] == "#main"  # the first stop is the way past the frame
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/imports/")
    tab_to(page, lambda here: here["id"] == "id_file")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(described.file)
    page.wait_for_url("**/imports/*/")
    expect(page.get_by_role("button", name=f"Import {PRODUCTS} products")).to_be_visible()
    tab_to(page, lambda here: here["text"].startswith("Import "))
    page.keyboard.press("Enter")
    expect(page.locator(".stat", has_text="Unchanged").locator(".stat__value")).to_have_text("6", timeout=60_000)


def test_a_dialog_keeps_the_focus_and_gives_it_back(visit: Visit, described: Described) -> None:
    person = visit(storage_state=described.state)
    person.slug = described.slug
    page = person.page
    person.shop("products/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    row = page.locator("[data-row]").nth(1)
    expect(row.get_by_role("checkbox")).to_be_checked()
    opener = page.locator(".bulkbar").get_by_role("button", name="Write texts")
    tab_to(page, lambda here: here["text"].startswith("Write texts") and here["tag"] == "BUTTON")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Write for 1 product")).to_be_focused()
    for _step in range(8):
        page.keyboard.press("Tab")
        here = focus(page)
        assert here["inside"] or here["tag"] == "BODY", here  # BODY: the browser's own bar
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()

    page.keyboard.press("?")
    shortcuts = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(shortcuts).to_be_visible()
    page.keyboard.press("j")
    assert focus(page)["inside"]  # keys of the page below are asleep
    page.keyboard.press("Escape")
    expect(shortcuts).to_be_hidden()
    expect(opener).to_be_focused()


def test_menus_open_and_close_by_keys(visit: Visit, described: Described) -> None:
    person = visit(storage_state=described.state)
    person.slug = described.slug
    page = person.page
    person.shop()
    summary = page.get_by_label("Your account")
    tab_to(page, lambda here: here["text"] == "Your account")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()
    expect(summary).to_be_focused()


def test_what_is_typed_is_no_shortcut(visit: Visit, described: Described) -> None:
    person = visit(storage_state=described.state)
    person.slug = described.slug
    page = person.page
    person.shop("products/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("j?x gp")
    expect(page.locator("#q")).to_have_value("j?x gp")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.wait_for_timeout(500)
    assert "/products/" in page.url


def test_every_stop_on_the_review_page_can_be_seen(visit: Visit, described: Described) -> None:
    person = visit(storage_state=described.state)
    person.slug = described.slug
    person.shop("drafts/?status=refused")
    page = person.page
    for _step in range(25):
        page.keyboard.press("Tab")
        assert focus(page)["seen"], focus(page)
    for scheme in ("light", "dark"):
        page.evaluate("(scheme) => { document.documentElement.dataset.theme = scheme }", scheme)
        page.keyboard.press("Tab")
        assert focus(page)["seen"], scheme
