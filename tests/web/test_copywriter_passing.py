"""Accepting all drafts that pass and taking a run back, as the pages do it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from catalog import services as catalog_services
from catalog.models import Product
from copywriter.models import Draft
from foundation.jobs.models import Job
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import fresh, make_draft, make_product
from tests.web.reviewing import HTMX, act, queue, status


@pytest.fixture
def sure(shop: Merchant, product: Product, drafts: list[Draft]) -> list[Draft]:
    """Three of five, and one of a product with a description, of the same job."""
    with merchant_scope(shop):
        Draft.objects.filter(pk__in=[draft.pk for draft in drafts[:3]]).update(confidence=85)
        Draft.objects.filter(pk=drafts[3].pk).update(confidence=60)
    return [*drafts[:3], make_draft(shop, product, job=drafts[0].job, confidence=99)]


def test_the_queue_is_narrowed_by_confidence(browser: Client, shop: Merchant, sure: list[Draft]) -> None:
    page = queue(browser, shop, "?sure=medium")
    assert "Bowl 3" in page
    assert "Bowl 1" not in page
    for option in ("Sure (4)", "Fairly sure (1)", "Unsure (1)"):
        assert option in page
    assert "Accept the one that passes" in page, "where somebody narrowed to them"
    asked = browser.get(f"/m/{shop.slug}/drafts/passing/?sure=medium", headers=HTMX).content.decode()
    assert "at least 50" in asked
    assert "reads clumsily" in asked
    assert "drafts/passing/" not in queue(browser, shop, "?sure=low")
    assert "Accept the 4 that pass" in queue(browser, shop, "?sure=high")
    assert "Accept the 4 that pass" in queue(browser, shop, f"?job={sure[0].job_id}")
    assert "Bowl 1" in queue(browser, shop, "?sure=nonsense&order=nonsense")


def test_where_none_is_sure_the_key_leads_to_the_fairly_sure(
    browser: Client, shop: Merchant, sure: list[Draft]
) -> None:
    assert "fairly sure one" not in queue(browser, shop)
    with merchant_scope(shop):
        Draft.objects.filter(confidence__gte=80).update(confidence=70)
    page = queue(browser, shop)
    assert "drafts/passing/" not in page
    link = re.search(r'<a class="btn btn--small" href="([^"]*sure=medium[^"]*)" data-key="p"', page)
    assert link
    assert "Show the 5 fairly sure ones" in page
    assert "Accept the 5 that pass" in queue(browser, shop, link[1])
    with merchant_scope(shop):
        Draft.objects.update(confidence=20)
    assert "fairly sure one" not in queue(browser, shop)


def test_the_least_sure_come_first_and_pages_go_both_ways(shop: Merchant, sure: list[Draft]) -> None:
    from copywriter.reviewing import queue as queues
    from copywriter.reviewing.queue import Queue

    with merchant_scope(shop):
        whole = [(draft.confidence, draft.pk) for draft in queues.page(Queue(order="unsure"), 10).drafts]
        assert whole == sorted(whole)
        assert [sureness for sureness, _pk in whole] == [0, 60, 85, 85, 85, 99]
        second = queues.page(Queue(order="unsure", after=whole[2][1]), 2)
        assert [draft.pk for draft in second.drafts] == [pk for _sureness, pk in whole[3:5]]
        first = queues.page(Queue(order="unsure", before=whole[2][1]), 2)
        assert [draft.pk for draft in first.drafts] == [pk for _sureness, pk in whole[:2]]
        assert queues.page(Queue(order="unsure", after=10**12), 10).drafts != []


def ask(browser: Client, shop: Merchant, query: str = "") -> tuple[str, dict[str, str]]:
    answer = browser.get(f"/m/{shop.slug}/drafts/passing/{query}", headers=HTMX)
    assert answer.status_code == 200
    page = answer.content.decode()
    return page, dict(re.findall(r'<input type="hidden" name="(until|job|kind|sure)" value="([^"]*)"', page))


def test_all_that_pass_are_accepted_after_a_question_and_undone_together(
    browser: Client, shop: Merchant, sure: list[Draft], drafts: list[Draft], product: Product
) -> None:
    page, sent = ask(browser, shop)
    assert "4 drafts pass" in page
    assert "1 of these products already has a description" in page
    assert "that a person wrote" not in page
    late = make_draft(shop, make_product(shop, "Late"), confidence=99)
    answer = act(browser, shop, "passing/", sent, **HTMX)
    assert "4 drafts accepted" in answer.content.decode()
    assert "dialog:close" in answer.headers["HX-Trigger"]
    assert [status(shop, row) for row in [*sure, *drafts[3:], late]] == ["accepted"] * 4 + ["pending"] * 3
    undo = re.search(r'name="undo" value="([^"]+)"', answer.content.decode())
    assert undo is not None
    act(browser, shop, "undo/", {"undo": undo[1]}, **HTMX)
    assert fresh(shop, product).description == "Old text: the oak bowl is made of wood."


def test_what_a_person_wrote_goes_only_with_the_tick(
    browser: Client, shop: Merchant, sure: list[Draft], product: Product, owner: User
) -> None:
    with merchant_scope(shop):
        catalog_services.set_description(product, "By hand.", "person", owner)
        again = make_draft(shop, product, "The oak bowl.", confidence=99)
        Draft.objects.filter(pk=sure[3].pk).delete()
    page, sent = ask(browser, shop)
    assert "Also replace 1 description that a person wrote" in page
    act(browser, shop, "passing/", sent, **HTMX)
    assert (fresh(shop, product).description, status(shop, again)) == ("By hand.", "pending")
    page, sent = ask(browser, shop)
    assert "Also replace 1 description" in page
    act(browser, shop, "passing/", {**sent, "until": again.pk, "people": "1"}, **HTMX)
    assert fresh(shop, product).description == "The oak bowl."


def test_ticked_drafts_leave_a_persons_text_too_unless_asked(
    browser: Client, shop: Merchant, product: Product, owner: User
) -> None:
    with merchant_scope(shop):
        catalog_services.set_description(product, "By hand.", "person", owner)
    draft = make_draft(shop, product)
    sent = {"decision": "accept", "ids": str(draft.pk)}
    assert "Also replace 1 description that a person wrote" in act(browser, shop, "bulk/", sent).content.decode()
    left = act(browser, shop, "bulk/", {**sent, "replace": "1"}, **HTMX).content.decode()
    assert "it would replace a text that a person wrote" in left
    act(browser, shop, "bulk/", {**sent, "replace": "1", "people": "1"}, **HTMX)
    assert status(shop, draft) == "accepted"


@pytest.mark.usefixtures("no_wake_ups")
def test_very_many_become_a_job(
    browser: Client, shop: Merchant, sure: list[Draft], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("views_passing", "views_runs"):
        monkeypatch.setattr(f"copywriter.{module}.MOST_AT_ONCE", 2)
    _page, sent = ask(browser, shop)
    answer = act(browser, shop, "passing/", sent)
    with merchant_scope(shop):
        job = Job.objects.get(kind="copy.decide")
        assert job.items.count() == 4
    assert answer.headers["Location"] == f"/m/{shop.slug}/jobs/{job.pk}/"
    assert act(browser, shop, "passing/", sent).headers["Location"] == answer.headers["Location"], "one at a time"
    assert "Accept all drafts that pass" in browser.get(answer.headers["Location"]).content.decode()
    with merchant_scope(shop):
        Draft.objects.filter(pk__in=[row.pk for row in sure]).update(status="accepted")
    answer = browser.post(f"/m/{shop.slug}/texts/{sure[0].job_id}/undo/")
    assert "Undo run" in browser.get(answer.headers["Location"]).content.decode()


def test_a_run_is_taken_back_after_a_question(
    browser: Client, shop: Merchant, sure: list[Draft], product: Product, owner: User
) -> None:
    act(browser, shop, f"{sure[0].pk}/accept/", {f"draft-{sure[0].pk}-text": "Better."})
    act(browser, shop, f"{sure[3].pk}/accept/")
    url = f"/m/{shop.slug}/texts/{sure[0].job_id}/undo/"
    page = browser.get(url, headers=HTMX).content.decode()
    assert "2 texts of job" in page
    assert "1 of them stays, because a person changed it since" in page
    answer = browser.post(url)
    assert answer.headers["Location"] == f"/m/{shop.slug}/drafts/?job={sure[0].job_id}"
    said = browser.get(answer.headers["Location"]).content.decode()
    assert "1 text taken back. 1 kept because a person changed it." in said
    assert [status(shop, row) for row in sure] == ["accepted", "pending", "pending", "pending"]
    assert fresh(shop, product).description == "Old text: the oak bowl is made of wood."
    assert "nothing to take back" in browser.get(f"/m/{shop.slug}/texts/{_nothing(shop)}/undo/").content.decode()


def _nothing(shop: Merchant) -> int:
    return make_draft(shop, make_product(shop, "Nothing")).job_id


def test_what_another_shop_has_neither_counts_nor_goes(
    browser: Client, shop: Merchant, stranger: User, sure: list[Draft]
) -> None:
    other = stranger.memberships.get().merchant
    theirs = make_draft(other, make_product(other, "Theirs"), confidence=99)
    assert "4 drafts pass" in ask(browser, shop)[0]
    act(browser, shop, "passing/", {"until": theirs.pk, "people": "1", "job": theirs.job_id})
    assert status(other, theirs) == "pending"
    assert browser.post(f"/m/{shop.slug}/texts/{theirs.job_id}/undo/").status_code == 404
    assert act(browser, shop, "passing/", {"until": "x"}, **HTMX).status_code == 422
