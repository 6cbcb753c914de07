"""The review queue: looking at drafts, editing them, deciding about them, and taking decisions back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog import services as catalog_services
from catalog.models import DescriptionVersion, Product
from copywriter.models import Draft, DraftStatus
from foundation.jobs.models import JobStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import BREAKOUT, SCRIPT, fresh, make_draft, make_job, make_product

HTMX = {"HX-Request": "true"}


@pytest.fixture
def product(shop: Merchant) -> Product:
    return make_product(
        shop, "Oak bowl", attributes={"Material": "Oak"}, description="Old text: the oak bowl is made of wood."
    )


@pytest.fixture
def draft(shop: Merchant, product: Product) -> Draft:
    return make_draft(shop, product)


@pytest.fixture
def drafts(shop: Merchant) -> list[Draft]:
    job = make_job(shop)
    return [make_draft(shop, make_product(shop, f"Bowl {n}"), f"The Bowl {n} is a bowl.", job) for n in range(5)]


def queue(browser: Client, shop: Merchant, query: str = "", **headers: str) -> str:
    answer = browser.get(f"/m/{shop.slug}/drafts/{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def act(browser: Client, shop: Merchant, action: str, data: object = None, **headers: str) -> object:
    return browser.post(f"/m/{shop.slug}/drafts/{action}", data or {}, headers=headers)


def status(shop: Merchant, draft: Draft) -> str:
    return fresh(shop, draft).status


# looking


def test_without_drafts_the_page_says_what_to_do(browser: Client, shop: Merchant) -> None:
    page = queue(browser, shop)
    assert "No drafts yet" in page
    assert "Choose products" in page
    assert "Nothing was refused" not in page


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
    monkeypatch.setattr("copywriter.queue.DRAFTS_A_PAGE", 2)
    from copywriter import queue as queues
    from copywriter.queue import Queue

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


# deciding


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
    page = act(browser, shop, "bulk/", {"decision": "accept", "ids": [draft.pk]}, **HTMX).content.decode()
    assert "1 draft still waits" in page
    assert fresh(shop, product).description == "By hand."


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


# many at once


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
    act(browser, shop, "bulk/", {"decision": "accept", "ids": [draft.pk, other.pk]}, **HTMX)
    act(browser, shop, "undo/", {"undo": f"{draft.pk},{other.pk}"}, **HTMX)
    assert {status(shop, row) for row in (draft, other)} == {"pending"}
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


# nobody else's


def test_another_shops_drafts_do_not_exist(browser: Client, shop: Merchant, stranger: User, draft: Draft) -> None:
    other = stranger.memberships.get().merchant
    theirs = make_draft(other, make_product(other, "Theirs"))
    for action in ("", "edit/"):
        assert browser.get(f"/m/{shop.slug}/drafts/{theirs.pk}/{action}").status_code == 404
        assert browser.get(f"/m/{other.slug}/drafts/{theirs.pk}/{action}").status_code == 404
    for action in ("accept/", "reject/", "edit/", "check/"):
        assert act(browser, shop, f"{theirs.pk}/{action}").status_code == 404
    act(browser, shop, "bulk/", {"decision": "accept", "ids": [theirs.pk, draft.pk]}, **HTMX)
    assert (status(other, theirs), status(shop, draft)) == ("pending", "accepted")
    with merchant_scope(other):
        Draft.objects.filter(pk=theirs.pk).update(status=DraftStatus.REJECTED)
    act(browser, shop, "undo/", {"undo": theirs.pk}, **HTMX)
    assert status(other, theirs) == "rejected"
    assert "Theirs" not in queue(browser, shop)


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
