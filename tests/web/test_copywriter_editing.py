"""A person’s own words in a draft: checked as they are typed, and again when they are saved."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from catalog.models import Product
from copywriter.models import Draft
from foundation.tenancy.models import Merchant, User
from tests.web.goods import SCRIPT, fresh, make_draft, make_product
from tests.web.reviewing import HTMX, act, status


def test_editing_checks_the_text_again(browser: Client, shop: Merchant, draft: Draft) -> None:
    form = browser.get(f"/m/{shop.slug}/drafts/{draft.pk}/edit/", headers=HTMX).content.decode()
    name = f"draft-{draft.pk}-text"
    assert f'name="{name}"' in form
    answer = act(browser, shop, f"{draft.pk}/edit/", {name: "The oak bowl is made of gold."}, **HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<mark class="claim claim--bad"' in page
    assert "1 statement is not in the product’s data." in page
    edited = fresh(shop, draft)
    assert (edited.text, edited.status) == ("The oak bowl is made of gold.", "pending")
    assert edited.original_text == draft.text


@pytest.mark.parametrize("action", ["edit/", "accept/"])
def test_an_empty_text_comes_back_with_its_reason(browser: Client, shop: Merchant, draft: Draft, action: str) -> None:
    answer = act(browser, shop, f"{draft.pk}/{action}", {f"draft-{draft.pk}-text": "  "}, **HTMX)
    assert answer.status_code == 422
    assert "Write at least one sentence" in answer.content.decode()
    assert fresh(shop, draft).text == draft.text
    assert status(shop, draft) == "pending"


def test_accepting_from_the_editor_takes_the_text_in_it(
    browser: Client, shop: Merchant, draft: Draft, product: Product
) -> None:
    act(browser, shop, f"{draft.pk}/accept/", {f"draft-{draft.pk}-text": "A bowl of oak."}, **HTMX)
    assert fresh(shop, product).description == "A bowl of oak."
    assert fresh(shop, product).description_origin == "person"


def test_the_live_check_writes_nothing(browser: Client, shop: Merchant, draft: Draft) -> None:
    answer = act(browser, shop, f"{draft.pk}/check/", {f"draft-{draft.pk}-text": f"Made of gold {SCRIPT}."}, **HTMX)
    page = answer.content.decode()
    assert "gold" in page
    assert SCRIPT not in page
    assert fresh(shop, draft).text == draft.text


def test_the_language_of_the_page_changes_no_evidence(browser: Client, shop: Merchant) -> None:
    product = make_product(shop, "Tea towel", attributes={"Material": "Linen"}, price=Decimal("12.50"))
    draft = make_draft(shop, product, "The tea towel is linen.")
    sent = {f"draft-{draft.pk}-text": "The tea towel is linen. It costs 12.50."}
    browser.cookies["django_language"] = "zh-hans"
    page = act(browser, shop, f"{draft.pk}/edit/", sent, **HTMX).content.decode()
    assert "当前描述" in page or "草稿" in page
    assert 'data-label="标题" data-value="Tea towel"' in page
    assert 'data-label="Material" data-value="Linen"' in page
    assert "claim--bad" in page[page.index("It costs") :]


@pytest.mark.parametrize("action", ["edit/", "accept/"])
def test_who_saves_second_sees_what_the_first_one_saved(
    browser: Client, shop: Merchant, staff: User, as_user: Callable[[User], Client], draft: Draft, action: str
) -> None:
    """Both opened the editor before either saved."""
    name, was = f"draft-{draft.pk}-text", f"draft-{draft.pk}-was"
    opened = browser.get(f"/m/{shop.slug}/drafts/{draft.pk}/edit/", headers=HTMX).content.decode()
    begun = re.search(rf'name="{was}" value="([0-9a-f]+)"', opened)
    assert begun is not None
    act(as_user(staff), shop, f"{draft.pk}/edit/", {name: "The oak bowl is golden.", was: begun[1]}, **HTMX)
    answer = act(browser, shop, f"{draft.pk}/{action}", {name: "The second one's bowl.", was: begun[1]}, **HTMX)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Somebody else changed this draft" in page
    assert "The second one's bowl." in page, "what was typed is not lost"
    assert "golden" in page
    assert fresh(shop, draft).text == "The oak bowl is golden."
    assert status(shop, draft) == "pending"
    seen = re.search(rf'name="{was}" value="([0-9a-f]+)"', page)
    assert seen is not None
    again = act(browser, shop, f"{draft.pk}/{action}", {name: "The second one's bowl.", was: seen[1]}, **HTMX)
    assert again.status_code == 200
    assert fresh(shop, draft).text == "The second one's bowl."
