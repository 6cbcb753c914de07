"""The review queue by keyboard in a browser: narrow, compare, comment, accept all that pass, take the run back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from catalog.models import Product
from copywriter.models import Draft
from foundation.jobs.models import Job
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import fresh, make_draft
from tests.web.test_in_a_browser import chrome, page

assert chrome  # fixtures
assert page
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("REVIEW_PICTURES", "")  # a folder to keep pictures in, for whoever wants to look


def look(page: Page, name: str) -> None:
    for width in (1440, 390) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png")
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_on_a_phone_the_filters_stay_within_the_screen(page: Page, shop: Merchant, draft: Draft) -> None:
    with merchant_scope(shop):
        Job.objects.filter(pk=draft.job_id).update(params={"selection": {"filter": {"query": "oak " * 14}}})
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/m/{shop.slug}/drafts/?job={draft.job_id}")
    expect(page.get_by_label("From job")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_question_before_writing_opens_at_its_heading(page: Page, shop: Merchant, product: Product) -> None:
    """Its button has the focus, and stands below what a screen holds."""
    page.set_viewport_size({"width": 390, "height": 600})
    page.goto(f"/m/{shop.slug}/products/")
    page.get_by_role("link", name="Write texts for all of them").click()
    dialog = page.get_by_role("dialog", name="Write texts")
    expect(dialog.get_by_role("button", name="Write for 1 product")).to_be_focused()
    expect(dialog.get_by_role("heading", name="Write texts")).to_be_in_viewport()
    expect(dialog.get_by_role("button", name="Write for 1 product")).to_be_in_viewport()
    tick = dialog.get_by_label("Write again where a text from the same data exists")
    label = dialog.get_by_text("Write again where a text from the same data exists")
    assert tick.evaluate("each => each.getBoundingClientRect().bottom") > label.evaluate(
        "each => each.getBoundingClientRect().top"
    ), "the words stand beside their box"


def test_the_whole_review_by_keyboard(page: Page, shop: Merchant, product: Product, drafts: list[Draft]) -> None:
    text = "Old text: the oak bowl is made of oak and of wood."
    over = make_draft(shop, product, text, job=drafts[0].job, confidence=95)
    with merchant_scope(shop):
        Draft.objects.filter(pk__in=[draft.pk for draft in drafts[:3]]).update(confidence=85)
    page.goto(f"/m/{shop.slug}/drafts/")
    look(page, "queue")
    page.get_by_label("Confidence").select_option("high")
    expect(page.locator("article.draft")).to_have_count(4)

    page.locator("body").press("j")
    sides = page.locator(f"#draft-{over.pk} .sides")
    expect(sides).to_be_hidden()
    page.keyboard.press("d")
    expect(sides).to_be_visible()
    expect(sides.locator("ins")).to_contain_text("oak")
    look(page, "sides")
    page.reload()
    expect(sides).to_be_visible()  # remembered
    page.keyboard.press("d")

    page.locator("body").press("j")
    page.keyboard.press("c")
    page.keyboard.type("Is it round?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#comments-{drafts[0].pk} li")).to_contain_text("Is it round?")
    look(page, "comments")
    page.keyboard.press("Escape")
    expect(page.locator(f"#draft-{drafts[0].pk}")).to_be_focused()

    page.keyboard.press("p")
    dialog = page.get_by_role("dialog", name="Accept all that pass?")
    expect(dialog).to_contain_text("1 of these products already has a description")
    look(page, "pass")
    dialog.get_by_role("button", name="Accept them").click()
    expect(page.get_by_text("4 drafts accepted")).to_be_visible()
    expect(page.locator("#waiting")).to_have_text("2")
    assert fresh(shop, product).description == text

    page.goto(f"/m/{shop.slug}/drafts/?job={over.job_id}")
    page.get_by_role("link", name="Undo this run").click()
    dialog = page.get_by_role("dialog", name="Undo this run?")
    look(page, "undo")
    dialog.get_by_role("button", name="Undo this run").click()
    expect(page.get_by_text("4 texts taken back.")).to_be_visible()
    assert fresh(shop, product).description.startswith("Old text: the oak bowl is made of wood")
    page.goto(f"/m/{shop.slug}/products/{product.pk}/texts/")
    look(page, "texts")
    page.goto(f"/m/{shop.slug}/drafts/{over.pk}/edit/")
    look(page, "editor")
