"""The review queue: what its pages show, in which order, and that looking writes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from copywriter.models import Draft, DraftStatus
from foundation.jobs.models import JobStatus
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import BREAKOUT, SCRIPT, make_draft, make_job, make_product
from tests.web.reviewing import HTMX, act, queue


def test_without_drafts_the_page_says_what_to_do(browser: Client, shop: Merchant) -> None:
    page = queue(browser, shop)
    assert "No drafts yet" in page
    assert "Choose products" in page
    assert "Nothing was refused" not in page


def test_what_the_filters_hide_is_not_said_to_be_done(browser: Client, shop: Merchant, draft: Draft) -> None:
    for narrowed in ("sure=high", "kind=faq", "sure=high&status=refused"):
        page = queue(browser, shop, f"?job={draft.job_id}&{narrowed}")
        assert "Nothing with these filters" in page
        assert "All reviewed" not in page
        assert "No drafts yet" not in page
        status = "status=refused&amp;" if "status" in narrowed else ""
        assert f'href="/m/{shop.slug}/drafts/?{status}job={draft.job_id}"' in page
        assert 'id="f-sure"' in page, "where the filter can be changed"


def test_a_draft_stands_beside_the_text_it_would_replace(browser: Client, shop: Merchant, draft: Draft) -> None:
    page = queue(browser, shop)
    assert "Old text: the oak bowl is made of wood." in page
    assert "What would change" in page
    assert "<ins>" in page
    assert "<del>" in page


def test_claims_name_the_field_that_holds_them(browser: Client, shop: Merchant) -> None:
    make_draft(shop, make_product(shop, "Tea towel", attributes={"Material": "Linen"}), "The tea towel is linen.")
    page = queue(browser, shop)
    assert '<mark class="claim" tabindex="0" data-label="Material" data-value="Linen" aria-description="' in page
    assert "style=" not in page[page.index("<main") :]


def test_what_was_left_out_and_what_is_missing_is_told(browser: Client, shop: Merchant, product: Product) -> None:
    removed = [{"text": "Made of gold.", "problem": "claim", "claims": [{"text": "gold", "source": None}]}]
    make_draft(shop, product, removed=removed)
    make_draft(shop, product, "", status=DraftStatus.REFUSED, reason="thin:material,size")
    page = queue(browser, shop)
    assert "1 sentence left out" in page
    assert "not in the data: gold" in page
    refused = queue(browser, shop, "?status=refused")
    assert "Too little is known: add material, size." in refused
    assert "Made of gold" not in refused


def test_tabs_count_and_jobs_narrow(browser: Client, shop: Merchant, drafts: list[Draft], draft: Draft) -> None:
    page = queue(browser, shop, f"?job={draft.job_id}", **HTMX)
    assert "Oak bowl" in page
    assert "Bowl 1" not in page
    assert '<span class="badge badge--info">1</span>' in page
    assert '<span class="badge badge--info">6</span>' in queue(browser, shop)
    assert "<html" not in page


def test_pages_go_both_ways(
    browser: Client, shop: Merchant, drafts: list[Draft], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copywriter.reviewing.queue.DRAFTS_A_PAGE", 2)
    from copywriter.reviewing import queue as queues
    from copywriter.reviewing.queue import Queue

    with merchant_scope(shop):
        first = queues.page(Queue(), 2)
        second = queues.page(Queue(after=drafts[1].pk), 2)
        last = queues.page(Queue(after=drafts[3].pk), 2)
        back = queues.page(Queue(before=drafts[2].pk), 2)
        newest = queues.page(Queue(status=DraftStatus.REJECTED), 2)
    assert [row.pk for row in first.drafts] == [drafts[0].pk, drafts[1].pk]
    assert (first.previous_url, first.next_url) == ("", f"?after={drafts[1].pk}")
    assert [row.pk for row in second.drafts] == [drafts[2].pk, drafts[3].pk]
    assert second.previous_url == f"?before={drafts[2].pk}"
    assert ([row.pk for row in last.drafts], last.next_url) == ([drafts[4].pk], "")
    assert [row.pk for row in back.drafts] == [drafts[0].pk, drafts[1].pk]
    assert (back.previous_url, back.next_url) == ("", f"?after={drafts[1].pk}")
    assert newest.drafts == []


def test_a_page_whose_drafts_are_all_decided_starts_again(browser: Client, shop: Merchant, draft: Draft) -> None:
    assert "Oak bowl" in queue(browser, shop, f"?after={draft.pk}")
    assert "Oak bowl" in queue(browser, shop, "?after=nonsense&job=%00&status=nonsense")


def test_while_a_job_writes_the_counts_are_asked_for_again(browser: Client, shop: Merchant, draft: Draft) -> None:
    assert "every 4s" not in queue(browser, shop)
    make_job(shop, JobStatus.RUNNING)
    assert "every 4s" in queue(browser, shop)
    tabs = queue(browser, shop, "?counts=1", **HTMX)
    assert 'id="review-tabs"' in tabs
    assert "Oak bowl" not in tabs


def test_many_cards_cost_as_many_queries_as_one(browser: Client, shop: Merchant, draft: Draft) -> None:
    with CaptureQueriesContext(connection) as one:
        queue(browser, shop)
    for number in range(12):
        make_draft(shop, make_product(shop, f"Bowl {number}"), job=draft.job)
    with CaptureQueriesContext(connection) as many:
        queue(browser, shop)
    assert len(many) <= len(one)


def test_one_draft_has_a_page_of_its_own(browser: Client, shop: Merchant, draft: Draft) -> None:
    assert "<html" in browser.get(f"/m/{shop.slug}/drafts/{draft.pk}/").content.decode()
    fragment = browser.get(f"/m/{shop.slug}/drafts/{draft.pk}/", headers=HTMX).content.decode()
    assert fragment.lstrip().startswith("<article")


def test_reading_never_writes(
    browser: Client, shop: Merchant, draft: Draft, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    paths = ["drafts/", "drafts/?status=refused", f"drafts/{draft.pk}/", f"drafts/{draft.pk}/edit/", "describe/?all=1"]
    paths += ["products/", f"products/{draft.product_id}/", "imports/", "exports/"]
    for path in paths:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(f"/m/{shop.slug}/{path}").status_code == 200
        written = [query["sql"] for query in caught if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        assert written == [], path
    for action in ("bulk/", "undo/", f"{draft.pk}/accept/", f"{draft.pk}/reject/", f"{draft.pk}/check/"):
        assert browser.get(f"/m/{shop.slug}/drafts/{action}").status_code == 405


def test_untrusted_text_is_harmless_in_the_queue(browser: Client, shop: Merchant) -> None:
    product = make_product(shop, SCRIPT, vendor=BREAKOUT, description=f"<p>{BREAKOUT}</p>{SCRIPT}", sku=BREAKOUT)
    removed = [{"text": SCRIPT, "problem": "claim", "claims": [{"text": BREAKOUT, "source": None}]}]
    draft = make_draft(shop, product, f"{SCRIPT} {BREAKOUT}", removed=removed)
    for path in ("drafts/", f"drafts/{draft.pk}/edit/", f"products/{product.pk}/", "products/", "describe/?all=1"):
        page = browser.get(f"/m/{shop.slug}/{path}").content.decode()
        body = page[page.index("<main") :]
        assert SCRIPT not in body, path
        assert "<img" not in body, path
    accepted = act(browser, shop, f"{draft.pk}/accept/", **HTMX).content.decode()
    assert SCRIPT not in accepted


def test_a_draft_that_says_less_than_the_current_text_is_marked(browser: Client, shop: Merchant) -> None:
    old = "Turned from English oak. Holds 2 litres and is dishwasher safe. Comes with a linen pouch."
    less = make_product(shop, "Oak bowl", attributes={"Material": "Oak"}, description=f"<p>{old}</p>")
    make_draft(shop, less, "The oak bowl is made of oak.")
    page = queue(browser, shop)
    assert "Leaves out what the current text says: English, 2 litres, dishwasher safe, linen, Turned, pouch" in page


@pytest.mark.parametrize("old", ["", "This bowl is oak.", "The Oak bowl: 30 cm wide, made of oak"])
def test_a_draft_that_says_as_much_is_not_marked(browser: Client, shop: Merchant, old: str) -> None:
    same = make_product(shop, "Oak bowl", attributes={"Material": "Oak", "Width": "30 cm"}, description=old)
    make_draft(shop, same, "The oak bowl is made of oak and 30 cm wide.")
    assert "Leaves out" not in queue(browser, shop)
