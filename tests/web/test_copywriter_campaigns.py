"""From a choice of products or categories to a job, and the list of what was written so."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from copywriter.models import Draft
from foundation.evidence import check, to_json
from foundation.jobs.models import Job, JobItem, JobStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import make_draft, make_job, make_product
from tests.web.reviewing import HTMX, act, queue

pytestmark = pytest.mark.usefixtures("no_wake_ups")
SENT = {"wished": "1", "takes": "1", "kinds": ["social", "email_subject"]}


@pytest.fixture
def stock(shop: Merchant) -> dict[str, int]:
    rows = {
        "Oak bowl": {"product_type": "Bowls", "vendor": "Harbour"},
        "Pine bowl": {"product_type": "Bowls", "vendor": "Oakfield", "description": "There is one."},
        "Linen towel": {"product_type": "Towels", "vendor": "Harbour"},
        "Vase": {},
    }
    return {title: make_product(shop, title, **fields).pk for title, fields in rows.items()}


def newest(shop: Merchant) -> tuple[Job, set[str]]:
    with merchant_scope(shop):
        job = Job.objects.latest("pk")
        return job, set(JobItem.objects.filter(job=job).values_list("key", flat=True))


def start(browser: Client, shop: Merchant, **sent: Any) -> tuple[Job, set[str]]:
    answer = browser.post(f"/m/{shop.slug}/campaigns/new/", {**SENT, **sent})
    assert answer.status_code == 302, answer.content.decode()
    job, keys = newest(shop)
    assert answer.headers["Location"] == f"/m/{shop.slug}/texts/{job.pk}/"
    return job, keys


@pytest.mark.parametrize(
    ("chosen", "titles"),
    [
        ({}, {"Oak bowl", "Pine bowl", "Linen towel", "Vase"}),
        ({"categories": ["Bowls"]}, {"Oak bowl", "Pine bowl"}),
        ({"categories": ["Bowls", "Towels"], "vendor": "Harbour"}, {"Oak bowl", "Linen towel"}),
        ({"categories": ["Bowls"], "without_description": "on"}, {"Oak bowl"}),
        ({"without_description": "on"}, {"Oak bowl", "Linen towel", "Vase"}),
    ],
)
def test_products_are_counted_and_queued_as_chosen(
    browser: Client, shop: Merchant, stock: dict[str, int], chosen: dict[str, Any], titles: set[str]
) -> None:
    counted = browser.get(f"/m/{shop.slug}/campaigns/new/", {"part": "count", **SENT, **chosen}, headers=HTMX)
    assert f">{len(titles)} product" in counted.content.decode()
    job, keys = start(browser, shop, **chosen)
    assert job.kind == "copy.describe"
    assert keys == {str(stock[title]) for title in titles}


def test_everything_that_was_wished_is_in_the_job_and_can_be_wished_again(
    browser: Client, shop: Merchant, stock: dict[str, int]
) -> None:
    wished = {"name": "Spring", "tone": "warm", "takes": "2", "audience": "gardeners", "occasion": "Mother's Day"}
    job, _keys = start(browser, shop, **wished, categories=["Bowls"])
    assert job.params == {
        "selection": {"categories": ["Bowls"]}, "kinds": ["social", "email_subject"], "tone": "warm", "takes": 2,
        "audience": "gardeners", "occasion": "Mother's Day", "name": "Spring",
    }  # fmt: skip
    again = browser.get(f"/m/{shop.slug}/campaigns/new/?like={job.pk}").content.decode()
    for value in ('value="Spring"', 'value="gardeners"', 'value="Mother&#x27;s Day"', 'value="warm" selected'):
        assert value in again
    for value in ("products", "Bowls", "social", "email_subject"):
        assert re.search(rf'value="{value}"[^>]* checked', again), value
    shown = browser.get(f"/m/{shop.slug}/campaigns/").content.decode()
    assert "Campaign “Spring”" in shown
    assert "Social post · E-mail subject" in shown
    assert f'href="/m/{shop.slug}/texts/{job.pk}/"' in shown


def test_what_a_campaign_takes_is_told_before_it_starts(browser: Client, shop: Merchant) -> None:
    facts = {"Material": "Oak", "Size": "22 cm", "Weight": "300 g"}
    for n in range(3):
        make_product(shop, f"Bowl {n}", product_type="Bowls" if n else "Trays", attributes=facts)
    page = f"/m/{shop.slug}/campaigns/new/"
    assert "<strong>3 texts</strong>" in browser.get(page).content.decode(), "a description of each"
    counted = browser.get(page, {**SENT, "part": "count", "categories": ["Bowls"]}).content.decode()
    assert "2 products" in counted
    assert "<strong>4 texts</strong>" in counted
    empty = browser.get(page, {"wished": "1", "takes": "1", "part": "count"}).content.decode()
    assert "at least one kind of text" in empty
    of_categories = browser.get(page, {**SENT, "part": "count", "about": "categories"}).content.decode()
    assert "2 categories" in of_categories
    assert "1 text</strong>" in of_categories, "there are two bowls, and one towel is no category"
    assert "Skipped:" in of_categories


def test_only_what_may_stay_empty_is_called_optional(browser: Client, shop: Merchant, stock: dict[str, int]) -> None:
    page = browser.get(f"/m/{shop.slug}/campaigns/new/").content.decode()
    assert "<legend>What to write</legend>" in page
    assert "<legend>What to write about</legend>" in page
    assert 'For whom <span class="muted">(optional)</span>' in page


def test_ticked_products_stay_those(browser: Client, shop: Merchant, stock: dict[str, int]) -> None:
    pk = stock["Vase"]
    asked = browser.get(f"/m/{shop.slug}/campaigns/new/?ids={pk}").content.decode()
    assert f'name="ids" value="{pk}"' in asked
    assert ">1 product<" in asked
    assert start(browser, shop, ids=str(pk))[1] == {str(pk)}


def test_categories_are_written_about_as_a_whole(browser: Client, shop: Merchant, stock: dict[str, int]) -> None:
    job, keys = start(browser, shop, about="categories", kinds=[])
    assert (job.kind, keys) == ("copy.category", {"Bowls", "Towels"})
    job, keys = start(browser, shop, about="categories", categories=["Bowls"])
    assert (keys, job.params) == ({"Bowls"}, {"selection": {"categories": ["Bowls"]}})
    assert "Write category texts: Bowls" in browser.get(f"/m/{shop.slug}/campaigns/").content.decode()


@pytest.mark.parametrize("sent", [{"kinds": []}, {"categories": ["Nothing"]}, {"occasion": "x" * 99}])
def test_what_cannot_be_read_is_asked_again(
    browser: Client, shop: Merchant, stock: dict[str, int], sent: dict[str, Any]
) -> None:
    answer = browser.post(f"/m/{shop.slug}/campaigns/new/", {**SENT, **sent})
    assert answer.status_code == 422
    with merchant_scope(shop):
        assert not Job.objects.exists()


def test_without_products_there_is_nothing_to_write(browser: Client, shop: Merchant) -> None:
    assert browser.post(f"/m/{shop.slug}/campaigns/new/", SENT).status_code == 422
    assert "No campaigns yet" in browser.get(f"/m/{shop.slug}/campaigns/").content.decode()


def test_another_shops_jobs_and_products_do_not_exist_here(browser: Client, shop: Merchant, stranger: User) -> None:
    theirs = stranger.memberships.get().merchant
    job, product = make_job(theirs), make_product(theirs, "Theirs", product_type="Theirs", vendor="Theirs")
    assert browser.get(f"/m/{shop.slug}/campaigns/new/?like={job.pk}").status_code == 404
    assert "Theirs" not in browser.get(f"/m/{shop.slug}/campaigns/new/").content.decode()
    assert browser.post(f"/m/{shop.slug}/campaigns/new/", {**SENT, "ids": str(product.pk)}).status_code == 422


def test_the_list_and_the_table_follow_a_job_until_it_ends(browser: Client, shop: Merchant) -> None:
    job = make_job(shop, JobStatus.RUNNING)
    with merchant_scope(shop):
        JobItem.objects.create(job=job, key=str(make_product(shop).pk))
    for path in (f"/m/{shop.slug}/campaigns/", f"/m/{shop.slug}/texts/{job.pk}/"):
        moving = browser.get(path, headers=HTMX).content.decode()
        assert "hx-trigger=" in moving
        version = moving.split("?v=")[1].split('"')[0].split("&amp;")[0]
        assert browser.get(f"{path}?v={version}", headers=HTMX).status_code == 204
    with merchant_scope(shop):
        Job.objects.filter(pk=job.pk).update(status=JobStatus.DONE)
    for path in (f"/m/{shop.slug}/campaigns/", f"/m/{shop.slug}/texts/{job.pk}/"):
        assert "hx-trigger=" not in browser.get(path, headers=HTMX).content.decode()


@pytest.fixture
def category_draft(shop: Merchant, stock: dict[str, int]) -> Draft:
    job = make_job(shop)
    with merchant_scope(shop):
        Job.objects.filter(pk=job.pk).update(kind="copy.category", params={"selection": {"all": True}})
        text = "The Bowls collection is by Harbour and Oakfield."
        values = {"text": text, "original_text": text, "evidence": to_json(check(text, ()))}
        return Draft.objects.create(job=job, category="Bowls", kind="category", **values)


def test_every_page_bears_a_category_s_draft(browser: Client, shop: Merchant, category_draft: Draft) -> None:
    here, pk, job = f"/m/{shop.slug}", category_draft.pk, category_draft.job_id
    assert "Bowls" in queue(browser, shop)
    for path in (
        f"drafts/{pk}/", f"drafts/{pk}/edit/", f"texts/{job}/", f"jobs/{job}/", "jobs/", "", "products/", "campaigns/"
    ):  # fmt: skip
        assert browser.get(f"{here}/{path}").status_code == 200, path
    assert b"Bowls" in b"".join(browser.get(f"{here}/texts/{job}/texts.csv").streaming_content)  # type: ignore[arg-type]
    act(browser, shop, f"{pk}/accept/", **HTMX)
    act(browser, shop, "undo/", {"undo": str(pk)})
    act(browser, shop, "bulk/", {"ids": str(pk), "decision": "accept"})
    with merchant_scope(shop):
        category_draft.refresh_from_db()
    assert category_draft.status == "accepted"


def test_a_claim_of_the_campaign_says_where_it_comes_from(browser: Client, shop: Merchant) -> None:
    job = make_job(shop)
    with merchant_scope(shop):
        Job.objects.filter(pk=job.pk).update(params={"kinds": ["social"], "occasion": "Mother's Day"})
        job.refresh_from_db()
    draft = make_draft(shop, make_product(shop), "", job, kind="social", evidence={})
    with merchant_scope(shop):
        Draft.objects.filter(pk=draft.pk).update(text="The oak bowl is suitable for Mother's Day.")
    shown = browser.get(f"/m/{shop.slug}/drafts/{draft.pk}/").content.decode()
    assert 'data-label="Campaign · Occasion" data-value="Mother&#x27;s Day"' in shown
    assert "claim--bad" not in shown
