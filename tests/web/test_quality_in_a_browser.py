"""The plots of the quality page as a browser draws them: in both schemes, by keyboard, after a filter, on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from foundation.tenancy.models import Merchant
from tests.browser.accessibility import Look
from tests.web.chromium import chromium
from tests.web.measured import weeks_of_work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COLOURS = """(canvas) => {
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const seen = new Set();
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3] === 255) seen.add(`rgb(${pixels[at]}, ${pixels[at + 1]}, ${pixels[at + 2]})`);
  }
  return [...seen];
}"""
COLOUR_OF_LINE = "(line) => getComputedStyle(line).color"


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(chrome: Browser, live_server: LiveServer, browser: Client, shop: Merchant) -> Iterator[Page]:
    context = chrome.new_context(base_url=live_server.url, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    name = site.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def scheme(page: Page, name: str) -> None:
    page.evaluate("(name) => { document.documentElement.dataset.theme = name }", name)


def plotted(page: Page) -> Any:
    return page.locator("[data-plot] canvas")


def test_plots_are_drawn_in_the_colours_of_their_lines(page: Page, shop: Merchant) -> None:
    weeks_of_work(shop)
    page.goto(f"/m/{shop.slug}/quality/")
    expect(plotted(page)).to_have_count(10)
    seen = {}
    for name in ("light", "dark"):
        scheme(page, name)
        line = page.locator(".plot-key__line").nth(1).evaluate(COLOUR_OF_LINE)  # drawn over the first
        for number in range(10):
            colours = plotted(page).nth(number).evaluate(COLOURS)
            assert len(colours) > 3, f"plot {number} is empty in {name}"
        assert line in plotted(page).first.evaluate(COLOURS)
        seen[name] = line
    assert seen["light"] != seen["dark"]


def test_axe_finds_nothing_with_and_without_figures(page: Page, shop: Merchant) -> None:
    look = Look(page)
    page.goto(f"/m/{shop.slug}/quality/")
    look.at("no figures yet")
    weeks_of_work(shop)
    page.goto(f"/m/{shop.slug}/quality/")
    expect(plotted(page)).to_have_count(10)
    look.at("figures of the texts", keep=True)
    assert not look.wrong, look.report()


def test_a_filter_draws_anew_and_back_brings_all(page: Page, shop: Merchant) -> None:
    weeks_of_work(shop)
    page.goto(f"/m/{shop.slug}/quality/")
    before = page.locator(".plot-key").first.locator("li")
    expect(before).to_have_count(2)
    page.get_by_label("Kind of text").select_option("title")
    expect(before).to_have_count(1)
    expect(plotted(page)).to_have_count(8)
    assert "kind=title" in page.url
    page.go_back()
    expect(before).to_have_count(2)
    expect(plotted(page)).to_have_count(10)


def test_arrow_keys_read_the_points(page: Page, shop: Merchant) -> None:
    weeks_of_work(shop, 3)
    page.goto(f"/m/{shop.slug}/quality/")
    figure = page.get_by_role("figure", name="Sentences taken out")
    told = figure.get_by_role("status")
    figure.get_by_role("group").focus()
    page.keyboard.press("Home")
    expect(told).to_contain_text("8%")
    page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("7%")
    page.keyboard.press("End")
    expect(told).to_contain_text("6%")


def test_a_plot_is_as_wide_as_its_place(page: Page, shop: Merchant) -> None:
    weeks_of_work(shop, 2)
    page.goto(f"/m/{shop.slug}/quality/")
    expect(plotted(page).first).to_be_visible()
    for width in (390, 1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function(
            "() => { const [place] = document.querySelectorAll('[data-plot]');"
            " return Math.abs(place.querySelector('.uplot').offsetWidth - place.clientWidth) <= 1 }"
        )
