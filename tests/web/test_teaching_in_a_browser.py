"""The page of a training as a browser shows it: it counts by itself, its curve follows, axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from copywriter.training.place import Figures, Place
from foundation.jobs.models import Job, JobStatus
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from tests.browser.accessibility import Look
from tests.copywriter import own_goods
from tests.web.chromium import chromium
from tests.web.training import trained

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_wake_ups"),
]


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(chrome: Browser, live_server: LiveServer, browser: Client, settings: Any, tmp_path: Path) -> Iterator[Page]:
    settings.DATA_DIR = tmp_path / "data"
    context = chrome.new_context(base_url=live_server.url, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    name = site.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def test_from_nothing_to_a_taught_model(page: Page, shop: Merchant) -> None:
    look, here = Look(page), f"/m/{shop.slug}/teach/"
    page.goto(here)
    expect(page.get_by_role("heading", name="No descriptions yet")).to_be_visible()
    look.at("nothing to learn")
    with merchant_scope(shop):
        own_goods.make(51)
        own_goods.make(2, first=60, origin="model")
    page.goto(here)
    page.get_by_role("button", name="Start learning").click()
    expect(page.get_by_text("A training is queued or running.")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel Teach the model your texts")).to_be_visible()
    look.at("a queued training")
    with merchant_scope(shop):
        Job.objects.update(status=JobStatus.CANCELLED)
    running = trained(shop, JobStatus.RUNNING, slices=12)
    page.goto(here)
    curve = page.get_by_role("img", name="The loss on what it learns went from 1.95 to 1.40.")
    expect(curve).to_be_visible()
    look.at("a running training", keep=True)
    figures = Figures.of(Place.of(running).run)
    assert figures is not None
    figures.losses["13"] = [1.3, 1]
    figures.write(Place.of(running).run)
    expect(page.get_by_role("img", name="went from 1.95 to 1.30.")).to_be_visible()  # it asked again by itself
    with merchant_scope(shop):
        Job.objects.update(status=JobStatus.CANCELLED)
    trained(shop)
    page.goto(here)
    expect(page.get_by_text("COPY_ADAPTER=")).to_be_visible()
    look.at("a finished training", keep=True)
    assert not look.wrong, look.report()
