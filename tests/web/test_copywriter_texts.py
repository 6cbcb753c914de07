"""A job's texts as a table and as a file, and drafts of other kinds than descriptions in the review."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from copywriter.models import Draft, DraftStatus
from copywriter.reviewing.table import HEADER, PRODUCTS_A_PAGE
from foundation.jobs.models import Job
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import make_draft, make_job, make_product
from tests.web.reviewing import HTMX, act, queue

pytestmark = pytest.mark.usefixtures("no_wake_ups")
TEXT = "Oak bowl by hand"


@pytest.fixture
def job(shop: Merchant) -> Job:
    """Of titles and ad headlines, with one text each of two products; one more was refused."""
    made = make_job(shop)
    with merchant_scope(shop):
        Job.objects.filter(pk=made.pk).update(params={"kinds": ["title", "ad_headline"]})
    bowl, vase = make_product(shop, "Oak bowl", sku="B-1"), make_product(shop, "Vase")
    make_draft(shop, bowl, "=HYPERLINK(1)", made, kind="ad_headline")
    make_draft(shop, bowl, "Oak bowl", made, kind="title")
    make_draft(shop, vase, "", made, kind="title", status=DraftStatus.REFUSED, reason="thin:material")
    made.refresh_from_db()
    return made


def test_a_row_a_product_a_column_a_kind(browser: Client, shop: Merchant, job: Job) -> None:
    shown = browser.get(f"/m/{shop.slug}/texts/{job.pk}/").content.decode()
    assert shown.count('<th scope="row">') == 2
    head = shown[shown.index("<thead>") : shown.index("</thead>")]
    assert head.index("Title") < head.index("Ad headline")
    assert "Refused" in shown
    assert shown.count('data-label="Ad headline"') == 2, "where a phone shows no head"
    assert f'href="/m/{shop.slug}/texts/{job.pk}/texts.csv"' in shown


def test_pages_of_the_table_hold_every_product_once(browser: Client, shop: Merchant) -> None:
    made = make_job(shop)
    count = 2 * PRODUCTS_A_PAGE + 1
    for n in range(count):
        make_draft(shop, make_product(shop, f"Bowl no. {n}"), job=made)
    path, seen = f"/m/{shop.slug}/texts/{made.pk}/", list[str]()
    shown = browser.get(path).content.decode()
    while True:
        seen += [part.split("<")[0] for part in shown.split('">') if part.startswith("Bowl no.")]
        if 'rel="next"' not in shown:
            break
        query = shown[shown.index('rel="next" href="') + 17 :].split('"')[0]
        shown = browser.get(path + query).content.decode()
    assert seen == [f"Bowl no. {n}" for n in range(count)]
    query = shown[shown.index('rel="prev" href="') + 17 :].split('"')[0]
    back = browser.get(path + query).content.decode()
    assert f"Bowl no. {PRODUCTS_A_PAGE}<" in back
    assert f"Bowl no. {2 * PRODUCTS_A_PAGE}<" not in back


def test_the_file_holds_every_text_and_no_formula(browser: Client, shop: Merchant, job: Job) -> None:
    answer = browser.get(f"/m/{shop.slug}/texts/{job.pk}/texts.csv")
    told = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    header, title, headline = csv.reader(io.StringIO(told))
    assert tuple(header) == HEADER
    assert title[1:7] == ["B-1", "Oak bowl", "title", "1", "pending", "Oak bowl"]
    assert headline[6] == "'=HYPERLINK(1)"


def test_a_job_without_texts_says_when_they_come(browser: Client, shop: Merchant) -> None:
    assert "No text yet" in browser.get(f"/m/{shop.slug}/texts/{make_job(shop).pk}/").content.decode()


def test_another_shops_job_is_not_found(browser: Client, shop: Merchant, stranger: User) -> None:
    theirs = make_job(stranger.memberships.get().merchant)
    assert browser.get(f"/m/{shop.slug}/texts/{theirs.pk}/").status_code == 404
    assert browser.get(f"/m/{shop.slug}/texts/{theirs.pk}/texts.csv").status_code == 404


def test_accepting_another_kind_leaves_the_product_as_it_is(browser: Client, shop: Merchant) -> None:
    bowl = make_product(shop, "Oak bowl", description="As it was")
    draft = make_draft(shop, bowl, "Oak bowl, round", kind="title")
    shown = queue(browser, shop)
    assert "15 of 80" in shown
    assert "Current description" not in shown
    act(browser, shop, f"{draft.pk}/accept/", **HTMX)
    with merchant_scope(shop):
        draft.refresh_from_db()
        bowl.refresh_from_db()
    assert draft.status == DraftStatus.ACCEPTED
    assert bowl.description == "As it was"
    act(browser, shop, "undo/", {"undo": str(draft.pk)})
    with merchant_scope(shop):
        draft.refresh_from_db()
    assert draft.status == DraftStatus.PENDING


def test_an_edit_that_the_channel_would_cut_is_not_kept(browser: Client, shop: Merchant) -> None:
    draft = make_draft(shop, make_product(shop), "Oak bowl", kind="ad_headline")
    for action in ("edit", "accept"):
        answer = browser.post(
            f"/m/{shop.slug}/drafts/{draft.pk}/{action}/", {f"draft-{draft.pk}-text": "Oak bowl " * 5}, headers=HTMX
        )
        assert answer.status_code == 422
        assert "44 of at most 30" in answer.content.decode()
        assert "Oak bowl Oak bowl" in answer.content.decode(), "what was typed stays"
    with merchant_scope(shop):
        assert Draft.objects.get(pk=draft.pk).text == "Oak bowl"


def test_the_queue_can_be_narrowed_to_a_kind(browser: Client, shop: Merchant, job: Job) -> None:
    make_draft(shop, make_product(shop, "Lamp"))
    everything = queue(browser, shop)
    assert "Lamp" in everything
    titles = queue(browser, shop, "?kind=title")
    assert "Lamp" not in titles
    assert 'value="title" selected' in titles
    assert queue(browser, shop, "?kind=sonnet").count("<article") == everything.count("<article")
