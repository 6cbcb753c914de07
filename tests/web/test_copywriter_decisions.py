"""Deciding about drafts, one or many at once, and taking decisions back; nobody decides about another shop’s."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from catalog import services as catalog_services
from catalog.models import DescriptionVersion, Product
from copywriter.models import Draft, DraftStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import fresh, make_draft, make_product
from tests.web.reviewing import HTMX, act, queue, status


def test_accepting_makes_it_the_description_and_can_be_undone(
    browser: Client, shop: Merchant, draft: Draft, product: Product
) -> None:
    answer = act(browser, shop, f"{draft.pk}/accept/", **HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<article" not in page
    assert "“Oak bowl” accepted" in page
    assert f'value="{draft.pk}" data-key="u"' in page
    assert 'id="review-tabs" class="review__tabs" hx-swap-oob="true"' in page
    assert 'id="waiting" title="waiting for you" hx-swap-oob="true" hidden></span>' in page, "the sidebar counts too"
    assert fresh(shop, product).description == draft.text
    with merchant_scope(shop):
        assert DescriptionVersion.objects.get().text == "Old text: the oak bowl is made of wood."
    undone = act(browser, shop, "undo/", {"undo": draft.pk}, **HTMX).content.decode()
    assert "1 draft waits again" in undone
    assert "data-arrived" in undone
    assert (status(shop, draft), fresh(shop, product).description) == (
        "pending",
        "Old text: the oak bowl is made of wood.",
    )


def test_rejecting_leaves_the_product(browser: Client, shop: Merchant, draft: Draft, product: Product) -> None:
    answer = act(browser, shop, f"{draft.pk}/reject/")
    assert answer.headers["Location"].startswith(f"/m/{shop.slug}/drafts/")
    assert (status(shop, draft), fresh(shop, product).description) == (
        "rejected",
        "Old text: the oak bowl is made of wood.",
    )
    assert "Undo" in queue(browser, shop, "?status=rejected")


def test_a_second_decision_is_refused_with_a_sentence(browser: Client, shop: Merchant, draft: Draft) -> None:
    act(browser, shop, f"{draft.pk}/reject/", **HTMX)
    answer = act(browser, shop, f"{draft.pk}/accept/", **HTMX)
    assert answer.status_code == 200
    assert "already been decided" in answer.headers["HX-Trigger"]
    assert status(shop, draft) == "rejected"


def test_a_text_written_since_is_not_overwritten(
    browser: Client, shop: Merchant, draft: Draft, product: Product, owner: User
) -> None:
    with merchant_scope(shop):
        catalog_services.set_description(product, "By hand.", "person", owner)
    assert "Somebody wrote a new description" in act(browser, shop, f"{draft.pk}/accept/", **HTMX).headers["HX-Trigger"]
    page = act(
        browser, shop, "bulk/", {"decision": "accept", "ids": [draft.pk], "replace": "1"}, **HTMX
    ).content.decode()
    assert "1 draft still waits" in page
    assert fresh(shop, product).description == "By hand."


def test_ticked_drafts_are_decided_together_and_undone_together(
    browser: Client, shop: Merchant, drafts: list[Draft]
) -> None:
    ids = [drafts[0].pk, drafts[2].pk]
    page = act(browser, shop, "bulk/", {"decision": "accept", "ids": ids}, **HTMX).content.decode()
    assert "2 drafts accepted" in page
    assert [status(shop, row) for row in drafts] == ["accepted", "pending", "accepted", "pending", "pending"]
    act(browser, shop, "undo/", {"undo": f"{ids[0]},{ids[1]}"}, **HTMX)
    assert {status(shop, row) for row in drafts} == {"pending"}


def test_two_drafts_of_one_product_are_undone_together_too(
    browser: Client, shop: Merchant, draft: Draft, product: Product
) -> None:
    other = make_draft(shop, product, "The Oak bowl is another bowl.")
    act(browser, shop, "bulk/", {"decision": "accept", "ids": [draft.pk, other.pk], "replace": "1"}, **HTMX)
    act(browser, shop, "undo/", {"undo": f"{draft.pk},{other.pk}"}, **HTMX)
    assert {status(shop, row) for row in (draft, other)} == {"pending"}
    assert fresh(shop, product).description == "Old text: the oak bowl is made of wood."


def test_accepting_many_asks_before_it_replaces_descriptions(
    browser: Client, shop: Merchant, draft: Draft, drafts: list[Draft], product: Product
) -> None:
    sent = {"decision": "accept", "ids": [draft.pk, drafts[0].pk]}
    asked = act(browser, shop, "bulk/", sent, **HTMX)
    assert (asked.headers["HX-Retarget"], asked.headers["HX-Reswap"]) == ("#dialog-slot", "innerHTML")
    question = asked.content.decode()
    assert "1 of these products already has a description" in question
    assert {status(shop, row) for row in (draft, drafts[0])} == {"pending"}
    assert "already has a description" in act(browser, shop, "bulk/", sent).content.decode(), "without JavaScript too"
    ids = re.search(r'name="ids" value="([^"]+)"', question)
    assert ids is not None
    confirmed = {"decision": "accept", "ids": ids[1], "replace": "1"}
    answer = act(browser, shop, "bulk/", confirmed, **HTMX)
    assert "dialog:close" in answer.headers["HX-Trigger"]
    assert "2 drafts accepted" in answer.content.decode()
    act(browser, shop, "undo/", {"undo": ids[1]}, **HTMX)
    assert fresh(shop, product).description == "Old text: the oak bowl is made of wood."


def test_all_that_wait_are_those_of_the_filter(
    browser: Client, shop: Merchant, drafts: list[Draft], draft: Draft
) -> None:
    answer = act(browser, shop, "bulk/", {"decision": "reject", "all": "1", "job": drafts[0].job_id})
    assert answer.status_code == 302
    assert {status(shop, row) for row in drafts} == {"rejected"}
    assert status(shop, draft) == "pending"


@pytest.mark.parametrize("sent", [{"decision": "accept"}, {"decision": "delete", "ids": "1"}, {"ids": "x"}, {}])
def test_a_bulk_request_that_says_nothing_does_nothing(
    browser: Client, shop: Merchant, drafts: list[Draft], sent: dict[str, str]
) -> None:
    answer = act(browser, shop, "bulk/", sent, **HTMX)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert {status(shop, row) for row in drafts} == {"pending"}
    assert act(browser, shop, "undo/", {"undo": "x"}, **HTMX).status_code == 422


def test_another_shops_drafts_do_not_exist(browser: Client, shop: Merchant, stranger: User, draft: Draft) -> None:
    other = stranger.memberships.get().merchant
    theirs = make_draft(other, make_product(other, "Theirs"))
    for action in ("", "edit/"):
        assert browser.get(f"/m/{shop.slug}/drafts/{theirs.pk}/{action}").status_code == 404
        assert browser.get(f"/m/{other.slug}/drafts/{theirs.pk}/{action}").status_code == 404
    for action in ("accept/", "reject/", "edit/", "check/"):
        assert act(browser, shop, f"{theirs.pk}/{action}").status_code == 404
    act(browser, shop, "bulk/", {"decision": "accept", "ids": [theirs.pk, draft.pk], "replace": "1"}, **HTMX)
    assert (status(other, theirs), status(shop, draft)) == ("pending", "accepted")
    with merchant_scope(other):
        Draft.objects.filter(pk=theirs.pk).update(status=DraftStatus.REJECTED)
    act(browser, shop, "undo/", {"undo": theirs.pk}, **HTMX)
    assert status(other, theirs) == "rejected"
    assert "Theirs" not in queue(browser, shop)
