"""From ticked products to a queued job."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from copywriter.kinds import PRODUCT_KINDS
from copywriter.models import DraftStatus
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import make_draft, make_job, make_product

FACTS = {"Material": "oak", "Colour": "brown", "Width": "12 cm"}
HTMX = {"HX-Request": "true"}


pytestmark = pytest.mark.usefixtures("no_wake_ups")


def queued(shop: Merchant) -> list[str]:
    with merchant_scope(shop):
        job = Job.objects.filter(kind="copy.describe").latest("pk")
        return sorted(JobItem.objects.filter(job=job).values_list("key", flat=True))


def test_the_question_counts_and_names_the_ticked_products(browser: Client, shop: Merchant) -> None:
    bowl, towel = make_product(shop, "Bowl", description="Old"), make_product(shop, "Towel")
    answer = browser.get(f"/m/{shop.slug}/describe/?ids={bowl.pk}&ids={towel.pk}", headers=HTMX)
    page = answer.content.decode()
    assert "<dialog" in page
    assert "<html" not in page
    assert "Write for 2 products" in page
    assert "1 of them has a description already" in page
    assert "<html" in browser.get(f"/m/{shop.slug}/describe/?ids={bowl.pk}").content.decode()
    with merchant_scope(shop):
        assert not Job.objects.exists()


def test_confirming_queues_exactly_the_ticked_ones(browser: Client, shop: Merchant) -> None:
    bowl, towel = make_product(shop, "Bowl"), make_product(shop, "Towel")
    make_product(shop, "Vase")
    answer = browser.post(f"/m/{shop.slug}/describe/", {"ids": f"{bowl.pk},{towel.pk}"}, headers=HTMX)
    assert answer.headers["HX-Redirect"].startswith(f"/m/{shop.slug}/jobs/")
    assert queued(shop) == sorted([str(bowl.pk), str(towel.pk)])
    assert browser.get(answer.headers["HX-Redirect"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"all": "1"}, {"Bowl", "Towel", "Vase"}),
        ({"all": "1", "state": "without"}, {"Bowl", "Vase"}),
        ({"all": "1", "query": "bow"}, {"Bowl"}),
        ({"all": "1", "state": "refused"}, {"Vase"}),
    ],
)
def test_all_means_those_of_the_filter(
    browser: Client, shop: Merchant, query: dict[str, str], titles: set[str]
) -> None:
    rows = {title: make_product(shop, title) for title in ("Bowl", "Vase")}
    rows["Towel"] = make_product(shop, "Towel", description="Woven")
    make_draft(shop, rows["Vase"], "", status=DraftStatus.REFUSED, reason="thin:material")
    answer = browser.post(f"/m/{shop.slug}/describe/", query)
    assert answer.status_code == 302
    assert queued(shop) == sorted(str(rows[title].pk) for title in titles)


def test_nothing_selected_is_a_sentence(browser: Client, shop: Merchant) -> None:
    answer = browser.post(f"/m/{shop.slug}/describe/", {"ids": "x,,9999999999999999999"}, headers=HTMX)
    assert answer.status_code == 422
    assert "Nothing was selected" in answer.content.decode()
    assert "No product was selected" in browser.get(f"/m/{shop.slug}/describe/").content.decode()


def test_another_shops_products_are_not_queued(browser: Client, shop: Merchant, stranger: User) -> None:
    theirs = make_product(stranger.memberships.get().merchant, "Theirs")
    mine = make_product(shop, "Mine")
    assert "Theirs" not in browser.get(f"/m/{shop.slug}/describe/?ids={theirs.pk}").content.decode()
    assert browser.post(f"/m/{shop.slug}/describe/", {"ids": str(theirs.pk)}).status_code == 422
    browser.post(f"/m/{shop.slug}/describe/", {"ids": f"{theirs.pk},{mine.pk}"})
    assert queued(shop) == [str(mine.pk)]


def test_the_time_is_told_by_the_last_job(browser: Client, shop: Merchant) -> None:
    products = [make_product(shop, f"Bowl {n}", attributes=FACTS) for n in range(6)]
    path = f"/m/{shop.slug}/describe/?all=1"
    assert "this box also shows how long they take" in browser.get(path).content.decode()
    job = make_job(shop)
    started = timezone.now() - timedelta(hours=1)
    for product in products:
        make_draft(shop, product, job=job, tokens_out=100)
    with merchant_scope(shop):
        Job.objects.filter(pk=job.pk).update(started_at=started, status=JobStatus.DONE)
        JobItem.objects.bulk_create(
            JobItem(job=job, key=str(n), status=ItemStatus.DONE, finished_at=started + timedelta(seconds=30 * (n + 1)))
            for n in range(len(products))
        )
    page = browser.get(path).content.decode()
    assert "The time is estimated from your last run." in page
    assert "about 3 min" in page
    assert "writes about 600 tokens" in page
    one = browser.get(f"/m/{shop.slug}/describe/?ids={products[0].pk}").content.decode()
    assert "</strong> · less than a minute</p>" in one, "nothing is about less than a minute"


def test_the_estimate_is_drawn_by_itself(browser: Client, shop: Merchant) -> None:
    bowl = make_product(shop, "Bowl", attributes=FACTS)
    sent = {**WISHED, "ids": f"{bowl.pk},{bowl.pk + 999}", "kinds": ["title", "faq"]}
    page = browser.post(f"/m/{shop.slug}/describe/estimate/", sent, headers=HTMX).content.decode()
    assert "<html" not in page
    assert "4 texts" in page
    assert "products that were removed since" in page
    with merchant_scope(shop):
        assert not Job.objects.exists()
    empty = browser.post(f"/m/{shop.slug}/describe/estimate/", {"ids": str(bowl.pk), **WISHED}, headers=HTMX)
    assert "at least one kind of text" in empty.content.decode()


def test_a_language_that_the_model_does_not_write_is_refused(browser: Client, shop: Merchant, settings: Any) -> None:
    settings.COPY_LANGUAGES = ["en"]
    bowl = make_product(shop, "Bowl", attributes=FACTS)
    sent = {**WISHED, "ids": str(bowl.pk), "kinds": "title", "language": "de"}
    answer = browser.post(f"/m/{shop.slug}/describe/", sent, headers=HTMX)
    assert answer.status_code == 422
    assert "Deutsch" in answer.content.decode()
    assert "COPY_MODEL" in answer.content.decode()
    settings.COPY_LANGUAGES = []
    assert browser.post(f"/m/{shop.slug}/describe/", sent).status_code == 302
    assert params(shop)["language"] == "de"


@pytest.mark.parametrize(
    ("language", "written", "warned"),
    [("zh-hans", ["en"], True), ("en", ["en"], False), ("zh-hans", [], False)],
)
def test_a_shop_whose_language_the_model_does_not_write_is_told(
    browser: Client, shop: Merchant, settings: Any, language: str, written: list[str], warned: bool
) -> None:
    settings.COPY_LANGUAGES = written
    Merchant.objects.filter(pk=shop.pk).update(language=language)
    bowl = make_product(shop, "Bowl")
    page = browser.get(f"/m/{shop.slug}/describe/?ids={bowl.pk}", headers=HTMX).content.decode()
    assert ("Your catalog is in Simplified Chinese, but the bundled model writes English only" in page) == warned
    for form in ("/shops/new/", f"/m/{shop.slug}/settings/"):
        page = browser.get(form).content.decode()
        assert "Descriptions are written in this language" not in page
        assert ("The bundled model writes English only" in page) == (written == ["en"])


WISHED = {"wished": "1", "tone": "warm", "takes": "2"}


def params(shop: Merchant) -> dict[str, Any]:
    with merchant_scope(shop):
        return dict(Job.objects.filter(kind="copy.describe").latest("pk").params)


def test_kinds_tone_and_takes_can_be_chosen(browser: Client, shop: Merchant) -> None:
    bowl = make_product(shop, "Bowl")
    asked = browser.get(f"/m/{shop.slug}/describe/?ids={bowl.pk}").content.decode()
    assert 'value="description"' in asked
    assert asked.count('name="kinds"') == len(PRODUCT_KINDS)
    browser.post(f"/m/{shop.slug}/describe/", {"ids": str(bowl.pk), **WISHED, "kinds": ["faq", "title"]})
    assert params(shop) == {
        "selection": {"ids": [bowl.pk]}, "kinds": ["title", "faq"], "tone": "warm", "takes": 2
    }  # fmt: skip


@pytest.mark.parametrize(
    "wished",
    [{}, {"kinds": "sonnet"}, {"kinds": "title", "tone": "angry"}, {"kinds": "title", "takes": "99"}],
    ids=["none", "unknown kind", "unknown tone", "too many"],
)
def test_what_cannot_be_written_is_asked_again(browser: Client, shop: Merchant, wished: dict[str, str]) -> None:
    bowl = make_product(shop, "Bowl")
    answer = browser.post(f"/m/{shop.slug}/describe/", {"ids": str(bowl.pk), **WISHED, **wished}, headers=HTMX)
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    with merchant_scope(shop):
        assert not Job.objects.exists()
