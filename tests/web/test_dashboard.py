"""What waits for the merchant, the numbers, and the next step of an empty shop."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import CatalogFile, Product
from copywriter.jobs import KIND as DESCRIBE
from copywriter.models import Draft
from foundation.jobs.models import Job, JobStatus
from foundation.tenancy import services
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope

pytestmark = pytest.mark.django_db
MakeJob = Callable[..., Job]
HTMX = {"HX-Request": "true"}


def dashboard(browser: Client, shop: Merchant) -> str:
    return browser.get(f"/m/{shop.slug}/").content.decode()


def test_an_empty_shop_is_told_to_upload_its_catalog(browser: Client, shop: Merchant) -> None:
    page = dashboard(browser, shop)
    assert "Upload your catalog" in page
    assert f'href="/m/{shop.slug}/imports/"' in page
    assert "Needs your attention" not in page


def test_drafts_and_refusals_wait_with_their_commonest_reason(
    browser: Client, shop: Merchant, make_job: MakeJob
) -> None:
    job = make_job(shop, JobStatus.DONE, done=5)
    drafts = [("pending", ""), ("pending", ""), ("refused", "thin:material"), ("refused", "thin:material")]
    drafts.append(("refused", "engine"))
    with merchant_scope(shop):
        for n, (status, reason) in enumerate(drafts):
            product = Product(key=f"k{n}", title=f"Vase {n}", description="x" if n == 0 else "")
            product.save()
            Draft(product=product, job=job, status=status, reason=reason, text="A vase.").save()
    page = dashboard(browser, shop)
    assert "2 drafts wait for your review" in page
    assert "3 products could not be described" in page
    assert "<h2>Needs your attention</h2></div>" in page, "a number there would count kinds, not drafts"
    assert "Most often: Too little is known: add material." in page
    assert re.findall(r'stat__value">([\d,]+)<', page) == ["5", "4", "2", "0"]
    assert '<span class="count" id="waiting" title="waiting for you">2</span>' in page


def test_files_that_wait_or_went_wrong_are_named(browser: Client, shop: Merchant) -> None:
    with merchant_scope(shop):
        CatalogFile(original_name="new.csv", path="x", size=1, sha256="x", status="ready").save()
        CatalogFile(
            original_name="old.xlsx",
            path="x",
            size=1,
            sha256="x",
            status="published",
            published_at=timezone.now(),
            counts={"errors": 4877},
        ).save()
    page = dashboard(browser, shop)
    assert "“new.csv” waits for your confirmation" in page
    assert "“old.xlsx” has rows with errors" in page
    assert "4,877 rows could not be imported." in page


def test_a_failed_job_says_why_and_leads_to_it(browser: Client, shop: Merchant, make_job: MakeJob) -> None:
    job = make_job(shop, JobStatus.FAILED, failed=2, error="The model is missing.")
    with merchant_scope(shop):
        Job.objects.update(finished_at=timezone.now())
    page = dashboard(browser, shop)
    assert page.count("The model is missing.") == 2
    assert f'href="/m/{shop.slug}/jobs/{job.pk}/"' in page


def test_while_the_first_drafts_are_written_nobody_is_told_to_choose_products(
    browser: Client, shop: Merchant, make_job: MakeJob
) -> None:
    job = make_job(shop, JobStatus.RUNNING, left=1)
    with merchant_scope(shop):
        Product(key="k", title="Vase").save()
        assert "Choose products" in dashboard(browser, shop)
        Job.objects.filter(pk=job.pk).update(kind=DESCRIBE)
    page = dashboard(browser, shop)
    assert "Descriptions are being written." in page
    assert "Choose products" not in page


def test_another_shop_counts_for_nothing(browser: Client, shop: Merchant, stranger: User, make_job: MakeJob) -> None:
    other = services.create_merchant("Third", stranger)
    make_job(other, JobStatus.FAILED, failed=1, error="Not yours.")
    with merchant_scope(other):
        Product(key="k", title="Secret").save()
    assert "Upload your catalog" in dashboard(browser, shop)


def test_it_asks_again_only_while_something_runs_and_only_news_are_sent(
    browser: Client, shop: Merchant, make_job: MakeJob
) -> None:
    job = make_job(shop, JobStatus.RUNNING, done=1, left=1)
    address = re.search(r'id="overview"[^>]+hx-get="([^"]+)"', dashboard(browser, shop))
    assert address is not None
    assert browser.get(address[1], headers=HTMX).status_code == 204
    with merchant_scope(shop):
        Job.objects.filter(pk=job.pk).update(status=JobStatus.DONE)
    fresh = browser.get(address[1], headers=HTMX)
    assert fresh.status_code == 200
    assert not re.search(r'id="overview"[^>]+hx-get', fresh.content.decode())


def test_the_numbers_cost_a_fixed_number_of_queries(
    browser: Client, shop: Merchant, make_job: MakeJob, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _n in range(5):
        make_job(shop, JobStatus.DONE, done=3)
    with django_assert_max_num_queries(19):  # type: ignore[attr-defined]
        dashboard(browser, shop)
