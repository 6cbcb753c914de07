"""The page on which a shop has the model learn its texts."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from copywriter.training.job import KIND, start
from copywriter.training.place import SLICES, Place
from foundation.jobs.models import Job, JobItem, JobStatus
from foundation.tenancy import services
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.copywriter import own_goods
from tests.web.training import trained

pytestmark = pytest.mark.usefixtures("no_wake_ups")
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _data(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def page(shop: Merchant) -> str:
    return f"/m/{shop.slug}/teach/"


@pytest.fixture
def texts(shop: Merchant) -> None:
    with merchant_scope(shop):
        own_goods.make(52)
        own_goods.make(3, first=60, extra="")
        own_goods.make(1, first=70, origin="model")


def text(client: Client, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_reached_from_the_drafts(browser: Client, shop: Merchant, page: str) -> None:
    assert f'href="{page}"' in text(browser, f"/m/{shop.slug}/drafts/")


def test_the_texts_are_looked_at_once_the_page_is_there(browser: Client, page: str, texts: None) -> None:
    whole = text(browser, page)
    assert f'hx-get="{page}?part=count"' in whole
    assert "Start learning" not in whole
    part = text(browser, f"{page}?part=count", **HTMX)
    assert "<html" not in part
    assert "55 of 56 descriptions can be learnt from." in part
    assert "written by a language model" in part
    assert "This takes about" in part
    assert "That is a guess" in part
    assert "Start learning" in part
    assert "55 of 56 descriptions can be learnt from." in text(browser, page)  # remembered


def test_without_scripts_the_same_address_counts(browser: Client, page: str, texts: None) -> None:
    whole = text(browser, f"{page}?part=count")
    assert "<html" in whole
    assert "55 of 56 descriptions can be learnt from." in whole


def test_without_texts_it_says_where_they_come_from(browser: Client, shop: Merchant, page: str) -> None:
    part = text(browser, f"{page}?part=count", **HTMX)
    assert "No descriptions yet" in part
    assert f'href="/m/{shop.slug}/imports/"' in part
    assert "Start learning" not in part


def test_too_few_texts_are_told_and_refused(browser: Client, shop: Merchant, page: str) -> None:
    with merchant_scope(shop):
        own_goods.make(3)
    part = text(browser, f"{page}?part=count", **HTMX)
    assert "At least 50 are needed." in part
    assert "Start learning" not in part
    answer = browser.post(page, follow=True)
    assert "Only 3 of your descriptions can be learnt from, and 50 are needed." in answer.content.decode()
    with merchant_scope(shop):
        assert not Job.objects.exists()


def test_an_owner_starts_it(browser: Client, shop: Merchant, owner: User, page: str, texts: None) -> None:
    answer = browser.post(page)
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    with merchant_scope(shop):
        job = Job.objects.get(kind=KIND)
        assert (job.status, job.queue, job.created_by) == (JobStatus.QUEUED, "bulk", owner)
        assert JobItem.objects.filter(job=job).count() == SLICES
    shown = text(browser, page)
    assert f"/m/{shop.slug}/jobs/{job.pk}/cancel/" in shown
    assert "Start learning" not in shown
    assert "A training is queued or running." in shown


def test_twice_is_refused_with_a_sentence(browser: Client, shop: Merchant, page: str, texts: None) -> None:
    browser.post(page)
    answer = browser.post(page, follow=True)
    assert "This is already queued or running." in answer.content.decode()
    with merchant_scope(shop):
        assert Job.objects.filter(kind=KIND).count() == 1


def test_staff_see_it_and_do_not_start_it(
    shop: Merchant, staff: User, as_user: Callable[[User], Client], page: str, texts: None
) -> None:
    client = as_user(staff)
    part = text(client, f"{page}?part=count", **HTMX)
    assert "An owner of the shop can start it." in part
    assert "Start learning" not in part
    assert client.post(page).status_code == 404


def test_staff_neither_cancel_nor_retry_it(
    shop: Merchant, owner: User, staff: User, as_user: Callable[[User], Client], texts: None
) -> None:
    with merchant_scope(shop):
        job = start(owner)
    for verb in ("cancel", "retry"):
        path = f"/m/{shop.slug}/jobs/{job.pk}/{verb}/"
        client = as_user(staff)
        here = text(client, f"/m/{shop.slug}/jobs/{job.pk}/")
        assert "Teach" in here or "earn" in here
        assert path not in here
        assert client.post(path).status_code == 404
        job.refresh_from_db()
        assert job.status == (JobStatus.QUEUED if verb == "cancel" else JobStatus.CANCELLED)
        client = as_user(owner)
        assert path in text(client, f"/m/{shop.slug}/jobs/{job.pk}/")
        assert client.post(path).status_code == 302
    job.refresh_from_db()
    assert job.status == JobStatus.QUEUED


def test_a_visitor_logs_in_and_a_stranger_sees_nothing(
    shop: Merchant, stranger: User, as_user: Callable[[User], Client], page: str
) -> None:
    assert Client().get(page).headers["Location"].startswith("/accounts/login/")
    assert as_user(stranger).get(page).status_code == 404
    assert as_user(stranger).post(page).status_code == 404


def test_another_shops_training_is_not_shown(shop: Merchant, stranger: User, as_user: Callable[[User], Client]) -> None:
    trained(shop)
    theirs = stranger.memberships.get().merchant
    shown = text(as_user(stranger), f"/m/{theirs.slug}/teach/")
    assert "COPY_ADAPTER" not in shown
    assert "<polyline" not in shown


def test_a_running_training_shows_its_curve_and_asks_again(browser: Client, shop: Merchant, page: str) -> None:
    trained(shop, JobStatus.RUNNING, slices=12)
    part = text(browser, f"{page}?part=progress", **HTMX)
    assert f'hx-get="{page}?part=progress"' in part
    svg = ET.fromstring(
        part[part.index('<svg class="curve__plot"') : part.index("</svg>", part.index("<polyline")) + 6]
    )
    points = [tuple(map(float, point.split(","))) for point in svg.find("polyline").get("points").split()]  # type: ignore[union-attr]
    assert len(points) == 12
    assert [x for x, _y in points] == sorted(x for x, _y in points)
    assert [y for _x, y in points] == sorted(y for _x, y in points)  # down: the loss falls
    assert len(svg.findall("circle")) == 1
    told = "The loss on what it learns went from 1.95 to 1.40. On texts that it does not learn from it is 1.70."
    assert svg.get("aria-label") == told
    assert f'<p class="small">{told}</p>' in part
    assert "COPY_ADAPTER" not in part


def test_before_the_first_parts_there_is_no_curve(browser: Client, shop: Merchant, page: str) -> None:
    trained(shop, JobStatus.RUNNING, slices=1)
    part = text(browser, f"{page}?part=progress", **HTMX)
    assert "<polyline" not in part
    assert "The curve appears here" in part


def test_a_finished_training_says_how_to_use_it(browser: Client, shop: Merchant, page: str, settings: Any) -> None:
    job = trained(shop)
    shown = text(browser, page)
    assert f"COPY_ADAPTER={Place.of(job).adapter}</code>" in shown
    assert "1.813" in shown
    assert "1.313" in shown
    assert "4 texts of yours that it did not learn from" in shown
    assert "part=progress" not in shown
    settings.INFERENCE_ROLES = {"copy": {**settings.INFERENCE_ROLES["copy"], "adapter": Place.of(job).adapter}}
    assert "In use" in text(browser, page)


def test_a_training_that_has_ended_draws_the_whole_page_anew(browser: Client, shop: Merchant, page: str) -> None:
    trained(shop, JobStatus.CANCELLED)
    assert browser.get(f"{page}?part=progress", headers=HTMX).headers["HX-Refresh"] == "true"


def test_a_training_that_is_no_better_says_so(browser: Client, shop: Merchant, page: str) -> None:
    place = Place.of(trained(shop))
    path = place.adapter / "figures.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "after": 1.9}))
    assert "better keep the model in use" in text(browser, page)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "[1]", '{"x": 1}', '{"losses": {"1": [NaN, 1], "2": [1, 1], "3": [2, 1]}}']
)
def test_damaged_figures_are_none(browser: Client, shop: Merchant, page: str, content: str) -> None:
    place = Place.of(trained(shop))
    for folder in (place.adapter, place.run):
        folder.mkdir(exist_ok=True)
        (folder / "figures.json").write_text(content, encoding="utf-8")
    assert "nan" not in text(browser, page).replace("finance", "")


def test_while_a_second_one_learns_the_first_ones_adapter_stays(browser: Client, shop: Merchant, page: str) -> None:
    first = trained(shop)
    trained(shop, JobStatus.RUNNING, slices=3)
    shown = text(browser, page)
    assert f"COPY_ADAPTER={Place.of(first).adapter}</code>" in shown
    assert "from 1.95 to 1.85" in shown


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(JobStatus.FAILED, "The last training failed: It needs more memory."), (JobStatus.CANCELLED, "was cancelled")],
)
def test_what_became_of_the_last_one_is_told(
    browser: Client, shop: Merchant, page: str, status: str, sentence: str
) -> None:
    trained(shop, status, slices=4, error="It needs more memory.")
    assert sentence in text(browser, page)


def test_another_model_cannot_be_taught(browser: Client, page: str, texts: None, settings: Any) -> None:
    settings.INFERENCE_ROLES = {"copy": {**settings.INFERENCE_ROLES["copy"], "model": "/models/big"}}
    shown = text(browser, f"{page}?part=count")
    assert "Only the bundled model can be taught here." in shown
    assert "Start learning" not in shown
    assert "Only the bundled model can be taught here" in browser.post(page, follow=True).content.decode()


def test_a_measured_training_tells_the_time(browser: Client, shop: Merchant, page: str, texts: None) -> None:
    trained(shop)
    assert "So fast was the last training." in text(browser, f"{page}?part=count", **HTMX)


def test_a_removed_shops_texts_go_with_it(shop: Merchant, django_capture_on_commit_callbacks: Any) -> None:
    place = Place.of(trained(shop))
    assert place.adapter.is_dir()
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_shop(shop)
    assert not place.shop.exists()
