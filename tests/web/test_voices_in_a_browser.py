"""Trying a voice in a browser: what was typed stays, the texts arrive by themselves, nothing breaks a rule of axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from copywriter import previewing
from copywriter.models import Voice
from copywriter.services.voices import PREVIEW
from foundation.inference.types import Request
from foundation.jobs.inline import run_here
from foundation.jobs.models import Job
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from tests.copywriter.scripted import ScriptedGenerator, truthful
from tests.web.chromium import chromium
from tests.web.goods import make_product

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_wake_ups")]
Open = Callable[[int, int, str], Page]


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(chrome: Browser, live_server: LiveServer, browser: Client) -> Iterator[Open]:
    """A member's page of a size and scheme; whatever the browser complains about fails the test."""
    contexts, complaints = [], list[str]()

    def open_page(width: int, height: int, scheme: str) -> Page:
        context = chrome.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        value = browser.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        page = context.new_page()
        # A form that is not valid is answered with 422, which the browser calls an error.
        page.on(
            "console",
            lambda said: complaints.append(said.text) if said.type == "error" and "422" not in said.text else 0,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def catalog(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    def warmly(facts: str, request: Request) -> str:
        text = truthful(facts, request)
        return text.replace("The ", "Your ", 1) if any(", warm," in m.content for m in request.messages) else text

    monkeypatch.setattr(previewing, "generator", lambda role: ScriptedGenerator(warmly))
    known = {"Material": "stoneware", "Colour": "blue", "Capacity": "350 ml"}
    for title, kind in (("Ceramic Mug", "Mugs"), ("Ceramic Jug", "Jugs"), ("Ceramic Bowl", "Bowls")):
        make_product(shop, title, vendor="Northwind", product_type=kind, attributes=known, description="Old text.")
    make_product(shop, "Oak Chair", vendor="Harbour")


def check(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    broken = [one["id"] for one in Axe().run(page).response["violations"]]
    assert broken == []


@pytest.mark.parametrize(("width", "height", "scheme"), [(1440, 1000, "light"), (390, 844, "dark")])
def test_a_voice_is_tried_and_saved(
    opened: Open, shop: Merchant, catalog: None, width: int, height: int, scheme: str
) -> None:
    page = opened(width, height, scheme)
    page.goto(f"/m/{shop.slug}/writing/voices/")
    check(page)
    page.get_by_role("link", name="Set a voice Northwind").click()
    page.get_by_label("Tone").select_option("warm")
    page.get_by_label("Words to avoid").fill("cheap\nluxury")
    page.get_by_label("Copy the description of a product").fill("ceramic jug")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_label("Example 1")).to_have_value("Old text.")
    check(page)
    page.get_by_role("button", name="Preview on three products").click()
    expect(page.get_by_text("Waiting for a worker.")).to_be_visible()
    with merchant_scope(shop):
        run_here(Job.objects.get(kind=PREVIEW), threads=1)
    expect(page.locator("#voice-preview article")).to_have_count(3)
    expect(page.locator("#voice-preview").get_by_text("In this voice")).to_have_count(3)
    expect(page.get_by_label("Words to avoid")).to_have_value("cheap\nluxury")
    assert "/writing/voices/preview/" in page.url
    check(page)
    page.reload()
    expect(page.get_by_label("Words to avoid")).to_have_value("cheap\nluxury")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. The next texts are written in this voice.")).to_be_visible()
    with merchant_scope(shop):
        assert Voice.objects.get().brand == "Northwind"
    page.get_by_role("button", name="Remove Northwind").click()
    page.locator("[data-confirm-yes]").click()
    expect(page.get_by_text("Removed. Texts that are there stay as they are.")).to_be_visible()
