"""The live list: rows that own their polling, cancel and retry, and what failed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.timezone import localtime

from copywriter.models import Draft, DraftStatus
from foundation.jobs import guilt
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.jobs.presentation import SHOWN_FAILURES
from foundation.tenancy import services
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web import goods

pytestmark = pytest.mark.django_db
MakeJob = Callable[..., Job]
HTMX = {"HX-Request": "true"}


def poll(page: str) -> str | None:
    found = re.search(r'hx-get="([^"]+)" hx-trigger="every 2s"', page)
    return found[1].replace("&amp;", "&") if found else None


def test_an_empty_list_says_what_to_do_next(browser: Client, shop: Merchant) -> None:
    assert "No jobs yet" in browser.get(f"/m/{shop.slug}/jobs/").content.decode()


def test_a_running_row_shows_its_numbers_and_asks_again(browser: Client, shop: Merchant, make_job: MakeJob) -> None:
    make_job(shop, JobStatus.RUNNING, done=3, failed=1, left=6)
    page = browser.get(f"/m/{shop.slug}/jobs/").content.decode()
    for words in ("3 done", "1 failed", "6 left", 'value="4" max="10"'):
        assert words in page
    assert poll(page) is not None


def test_a_poll_without_news_is_empty_and_with_news_brings_the_row(
    browser: Client, shop: Merchant, make_job: MakeJob
) -> None:
    job = make_job(shop, JobStatus.RUNNING, done=3, left=7)
    address = poll(browser.get(f"/m/{shop.slug}/jobs/").content.decode())
    assert address is not None
    assert browser.get(address, headers=HTMX).status_code == 204
    with merchant_scope(shop):
        JobItem.objects.filter(job=job, status=ItemStatus.PENDING).update(status=ItemStatus.DONE)
    row = browser.get(address, headers=HTMX)
    assert "10 done" in row.content.decode()
    assert poll(row.content.decode()) not in (None, address)


def test_a_paused_job_says_for_what_and_since_when_and_can_be_cancelled(
    browser: Client, shop: Merchant, make_job: MakeJob
) -> None:
    job = make_job(shop, JobStatus.RUNNING, done=3, left=7)
    address = poll(browser.get(f"/m/{shop.slug}/jobs/").content.decode())
    assert address is not None
    guilt.pause(job.pk, "The model server does not answer.")
    job.refresh_from_db(from_queryset=Job.unscoped.all())
    assert job.paused_since is not None
    since = f"Paused since {date_format(localtime(job.paused_since), 'DATETIME_FORMAT')}."
    for page in (browser.get(address, headers=HTMX), browser.get(f"/m/{shop.slug}/jobs/{job.pk}/")):
        text = page.content.decode()
        assert f"The model server does not answer. {since}" in text
        assert "note--bad" not in text
        assert "icon--spin" not in text
        assert "Waiting" in text
        assert poll(text) is not None
    page = browser.post(f"/m/{shop.slug}/jobs/{job.pk}/cancel/", headers=HTMX).content.decode()
    assert "does not answer" not in page


def test_the_last_row_stops_polling_and_says_how_it_ended(browser: Client, shop: Merchant, make_job: MakeJob) -> None:
    job = make_job(shop, JobStatus.RUNNING, done=9, failed=1)
    address = poll(browser.get(f"/m/{shop.slug}/jobs/").content.decode())
    assert address is not None
    with merchant_scope(shop):
        Job.objects.filter(pk=job.pk).update(status=JobStatus.DONE)
    row = browser.get(address, headers=HTMX)
    assert "hx-trigger" not in row.content.decode()
    assert "data-polling" not in row.content.decode()
    assert '"level": "warning"' in row["HX-Trigger"]


@pytest.mark.parametrize("status", [JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED])
def test_an_ended_row_does_not_poll(browser: Client, shop: Merchant, make_job: MakeJob, status: str) -> None:
    make_job(shop, status, done=1, failed=1)
    assert poll(browser.get(f"/m/{shop.slug}/jobs/").content.decode()) is None


def test_cancel_and_retry_by_htmx_and_without(browser: Client, shop: Merchant, make_job: MakeJob) -> None:
    job = make_job(shop, JobStatus.RUNNING, done=1, failed=2, left=3)
    base = f"/m/{shop.slug}/jobs/{job.pk}"
    cancelled = browser.post(f"{base}/cancel/", headers=HTMX)
    assert "Cancelled" in cancelled.content.decode()
    assert "What was finished stays" in cancelled["HX-Trigger"]
    job.refresh_from_db(from_queryset=Job.unscoped.all())
    assert job.status == JobStatus.CANCELLED
    assert browser.post(f"{base}/retry/").url == f"{base}/"
    job.refresh_from_db(from_queryset=Job.unscoped.all())
    assert job.status == JobStatus.QUEUED
    assert JobItem.unscoped.filter(job=job, status=ItemStatus.DONE).count() == 1


def test_what_cannot_be_done_is_said(browser: Client, shop: Merchant, make_job: MakeJob) -> None:
    job = make_job(shop, JobStatus.DONE, done=2)
    base = f"/m/{shop.slug}/jobs/{job.pk}"
    assert '"level": "error"' in browser.post(f"{base}/cancel/", headers=HTMX)["HX-Trigger"]
    assert '"level": "error"' in browser.post(f"{base}/retry/", headers=HTMX)["HX-Trigger"]


def test_acting_from_the_jobs_own_page_brings_that_page_back(
    browser: Client, shop: Merchant, make_job: MakeJob
) -> None:
    job = make_job(shop, JobStatus.FAILED, failed=2)
    answer = browser.post(f"/m/{shop.slug}/jobs/{job.pk}/retry/", headers={**HTMX, "HX-Target": "job"})
    assert answer.content.decode().strip().startswith('<div id="job"')


def test_one_job_lists_what_failed_and_why_page_by_page(browser: Client, shop: Merchant, make_job: MakeJob) -> None:
    job = make_job(shop, JobStatus.DONE, done=1, failed=SHOWN_FAILURES + 3)
    page = browser.get(f"/m/{shop.slug}/jobs/{job.pk}/").content.decode()
    assert page.count("no material") == SHOWN_FAILURES
    following = re.search(r'href="([^"]+after=\d+)"', page)
    assert following is not None
    assert browser.get(following[1]).content.decode().count("no material") == 3


def test_filters_and_pages(browser: Client, shop: Merchant, make_job: MakeJob) -> None:
    for _n in range(21):
        make_job(shop, JobStatus.DONE, done=1)
    make_job(shop, JobStatus.FAILED, failed=1)
    first = browser.get(f"/m/{shop.slug}/jobs/?status=done").content.decode()
    assert first.count('id="job-title-') == 20
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    assert browser.get(following[1].replace("&amp;", "&")).content.decode().count('id="job-title-') == 1
    assert browser.get(f"/m/{shop.slug}/jobs/?status=failed").content.decode().count('id="job-title-') == 1


@pytest.mark.parametrize("query", ["?before=abc", "?before=99999999999999999999", "?status=%00", "?before=²"])
def test_nonsense_in_the_address_is_no_error(browser: Client, shop: Merchant, query: str) -> None:
    assert browser.get(f"/m/{shop.slug}/jobs/{query}").status_code == 200


def test_another_shops_job_does_not_exist(browser: Client, shop: Merchant, stranger: User, make_job: MakeJob) -> None:
    theirs = make_job(services.create_merchant("Third", stranger), JobStatus.RUNNING, left=1)
    for path in ("", "row/"):
        assert browser.get(f"/m/{shop.slug}/jobs/{theirs.pk}/{path}").status_code == 404
    for verb in ("cancel", "retry"):
        assert browser.post(f"/m/{shop.slug}/jobs/{theirs.pk}/{verb}/").status_code == 404
    theirs.refresh_from_db(from_queryset=Job.unscoped.all())
    assert theirs.status == JobStatus.RUNNING


def test_a_failure_reason_is_text_never_markup(browser: Client, shop: Merchant, make_job: MakeJob) -> None:
    job = make_job(shop, JobStatus.FAILED, failed=1, error="<script>alert(1)</script>")
    JobItem.unscoped.filter(job=job).update(error="<img src=x onerror=alert(1)>")
    for path in (f"jobs/{job.pk}/", "jobs/", ""):
        page = browser.get(f"/m/{shop.slug}/{path}").content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


class _Kind:
    kind, queue, chunk_size, icon = "test.kind", "bulk", 4, "sparkles"

    def plan(self, params: dict[str, Any]) -> list[str]:
        return ["a"]

    def process(self, job: Job, items: Any, stop: Any) -> Any:
        return iter(())

    def title(self, job: Job) -> str:
        return f"Write {job.pk}"

    def results(self, job: Job) -> tuple[str, str]:
        return ("See drafts", "/there/")

    def item_labels(self, keys: list[str]) -> dict[str, str]:
        return {key: f"Vase {key}" for key in keys}


def test_a_kind_names_its_jobs_items_and_results(
    browser: Client, shop: Merchant, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    from foundation.jobs import registry

    monkeypatch.setitem(registry._kinds, "test.kind", _Kind())  # type: ignore[arg-type]
    job = make_job(shop, JobStatus.DONE, done=1, failed=1)
    page = browser.get(f"/m/{shop.slug}/jobs/{job.pk}/").content.decode()
    for words in (f"Write {job.pk}", "Vase failed-0", "See drafts", 'href="/there/"'):
        assert words in page
    assert "#sparkles" in browser.get(f"/m/{shop.slug}/jobs/").content.decode()


def test_a_description_job_says_how_many_drafts_and_how_many_refusals(browser: Client, shop: Merchant) -> None:
    job = goods.make_job(shop, JobStatus.RUNNING)
    for n in range(5):
        product = goods.make_product(shop, f"Bowl {n}")
        fields = {"status": DraftStatus.REFUSED, "reason": "thin:material"} if n > 1 else {}
        goods.make_draft(shop, product, job=job, **fields)
        with merchant_scope(shop):
            JobItem(job=job, key=str(product.pk), status=ItemStatus.DONE).save()
    for address in (f"/m/{shop.slug}/jobs/", f"/m/{shop.slug}/jobs/{job.pk}/"):
        page = browser.get(address).content.decode()
        assert "2 drafts, 3 refused" in page
        assert "5 done" not in page
    row = poll(browser.get(f"/m/{shop.slug}/jobs/").content.decode())
    assert row is not None
    with merchant_scope(shop):
        Draft.objects.filter(job=job, status=DraftStatus.PENDING).first().delete()
    assert "1 draft, 3 refused" in browser.get(row, headers=HTMX).content.decode()


def test_an_import_says_how_many_products_it_brought(browser: Client, shop: Merchant, owner: User) -> None:
    file = goods.import_file(shop, owner, goods.PLAIN_CSV)
    with merchant_scope(shop):
        JobItem.objects.update(status=ItemStatus.DONE)
    assert file.counts["products"] == 2
    page = browser.get(f"/m/{shop.slug}/jobs/").content.decode()
    assert "2 products" in page
    assert "1 done" not in page


@pytest.mark.parametrize(
    ("selection", "about"),
    [
        ({"ids": [8, 9]}, "2 chosen products"),
        ({"ids": ["bowl"]}, "“Oak bowl”"),
        ({"all": True}, "all products"),
        ({"without_description": True}, "all without a description"),
        ({"filter": {"query": "oak", "vendor": "Harbour", "status": "draft"}}, "“oak” · Harbour · Draft"),
        ({"filter": {"vendor": "Harbour", "without_description": "1"}}, "Harbour · without a description"),
    ],
)
def test_a_description_job_is_named_by_what_it_is_about(
    browser: Client, shop: Merchant, selection: dict[str, Any], about: str
) -> None:
    product = goods.make_product(shop)
    chosen = {"ids": [product.pk]} if selection == {"ids": ["bowl"]} else selection
    job, _other = goods.make_job(shop), goods.make_job(shop)
    with merchant_scope(shop):
        Job.objects.filter(pk=job.pk).update(params={"selection": chosen})
    job.refresh_from_db(from_queryset=Job.unscoped.all())
    when = date_format(localtime(job.created_at), "SHORT_DATETIME_FORMAT")
    rows = browser.get(f"/m/{shop.slug}/jobs/").content.decode()
    assert f"Write descriptions: {about}</a>" in rows
    assert when in rows
    assert (
        f"<title>Write descriptions: {about} · {when}" in browser.get(f"/m/{shop.slug}/jobs/{job.pk}/").content.decode()
    )
    assert f"#{job.pk} · {about} · {when}</option>" in browser.get(f"/m/{shop.slug}/drafts/").content.decode()


def test_a_job_of_other_kinds_is_not_said_to_write_descriptions(browser: Client, shop: Merchant) -> None:
    job = goods.make_job(shop)
    with merchant_scope(shop):
        Job.objects.filter(pk=job.pk).update(params={"selection": {"all": True}, "kinds": ["description", "social"]})
    rows = browser.get(f"/m/{shop.slug}/jobs/").content.decode()
    assert "Write texts: all products</a>" in rows
    assert "Write descriptions" not in rows
