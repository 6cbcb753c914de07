"""What only a browser shows of the frame: scripts, policy, widths, both colour schemes, the rules of axe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.chromium import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MakeJob = Callable[..., Job]
PUBLIC = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nothing/"]
PRIVATE = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/shops/new/",
    "/m/harbour-lane/",
    "/m/harbour-lane/jobs/",
    "/m/harbour-lane/team/",
    "/m/harbour-lane/settings/",
    "/m/harbour-lane/products/",
    "/m/harbour-lane/imports/",
    "/m/harbour-lane/exports/",
    "/m/harbour-lane/drafts/",
]
VIEWS = [(1440, 900, "light"), (390, 844, "dark")]  # each width and each scheme once


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def _context(chrome: Browser, live_server: LiveServer, client: Client | None, **options: object) -> BrowserContext:
    context = chrome.new_context(base_url=live_server.url, **options)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    if client is not None:
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    return context


@pytest.fixture
def page(chrome: Browser, live_server: LiveServer, browser: Client) -> Iterator[Page]:
    """A member's page; whatever the browser complains about fails the test."""
    context = _context(chrome, live_server, browser, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize(("width", "height", "scheme"), VIEWS)
def test_no_page_breaks_a_rule_of_axe_or_is_wider_than_the_screen(
    chrome: Browser,
    live_server: LiveServer,
    browser: Client,
    shop: Merchant,
    make_job: MakeJob,
    width: int,
    height: int,
    scheme: str,
) -> None:
    for status in JobStatus.values:
        make_job(shop, status, done=3, failed=1, left=2)
    found = []
    job = make_job(shop, JobStatus.RUNNING, done=1, failed=2, left=3)
    for client, paths in ((None, PUBLIC), (browser, [*PRIVATE, f"/m/harbour-lane/jobs/{job.pk}/"])):
        # axe is injected as an inline script, which the policy rightly refuses
        options = {"viewport": {"width": width, "height": height}, "color_scheme": scheme, "bypass_csp": True}
        context = _context(chrome, live_server, client, **options)
        page = context.new_page()
        for path in paths:
            page.goto(path)
            for violation in Axe().run(page).response["violations"]:
                found.append((path, violation["id"], violation["nodes"][0]["html"][:200]))
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append((path, "wider than the screen", str(width)))
        context.close()
    assert found == []


def test_every_page_runs_under_the_policy_without_a_complaint(page: Page, make_job: MakeJob, shop: Merchant) -> None:
    make_job(shop, JobStatus.RUNNING, done=1, left=1)
    for path in PRIVATE:
        page.goto(path)
        page.wait_for_load_state("networkidle")


def test_a_running_row_follows_its_job_and_stops_when_it_ends(page: Page, shop: Merchant, make_job: MakeJob) -> None:
    job = make_job(shop, JobStatus.RUNNING, done=1, left=3)
    page.goto(f"/m/{shop.slug}/jobs/")
    expect(page.get_by_text("1 done")).to_be_visible()
    with merchant_scope(shop):
        JobItem.objects.filter(job=job).update(status=ItemStatus.DONE)
    expect(page.get_by_text("4 done")).to_be_visible()
    with merchant_scope(shop):
        Job.objects.filter(pk=job.pk).update(status=JobStatus.DONE)
    expect(page.locator("#toasts .toast--success")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(2500)
    assert asked == []


def test_cancel_changes_the_row_in_place_and_says_so(page: Page, shop: Merchant, make_job: MakeJob) -> None:
    make_job(shop, JobStatus.RUNNING, done=1, left=3)
    page.goto(f"/m/{shop.slug}/jobs/")
    page.get_by_role("button", name="Cancel").first.click()
    expect(page.locator(".toast")).to_contain_text("What was finished stays")
    expect(page.locator("li.job .badge")).to_have_text("Cancelled")
    expect(page.get_by_role("button", name="Retry")).to_be_visible()


def test_going_back_brings_the_whole_page_back(page: Page, shop: Merchant, make_job: MakeJob) -> None:
    for _n in range(21):
        make_job(shop, JobStatus.DONE, done=1)
    page.goto(f"/m/{shop.slug}/jobs/")
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile(r"\?before=\d+$"))
    expect(page.locator("li.job")).to_have_count(1)
    page.get_by_role("link", name="Settings").click()
    page.go_back()
    expect(page.locator("nav.sidebar")).to_be_visible()
    page.go_back()
    expect(page.locator("nav.sidebar")).to_be_visible()
    expect(page.locator("li.job")).to_have_count(20)


def test_what_cannot_be_taken_back_is_asked_in_the_products_own_dialog(page: Page, shop: Merchant, staff: User) -> None:
    page.goto(f"/m/{shop.slug}/team/")
    row = page.locator("li", has_text="staff@example.com")
    row.get_by_role("button", name="Remove").click()
    dialog = page.locator("#confirm")
    expect(dialog).to_contain_text("Remove staff@example.com from this shop?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(row).to_be_visible()
    row.get_by_role("button", name="Remove").click()
    dialog.get_by_role("button", name="Remove").click()
    expect(page.locator(".toast")).to_contain_text("can no longer open this shop")
    expect(row).to_have_count(0)


def test_colours_are_chosen_and_kept(page: Page, shop: Merchant) -> None:
    page.goto(f"/m/{shop.slug}/")
    page.locator("summary[aria-label=Colours]").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(17, 20, 19)"


def test_the_language_is_switched_in_the_header(page: Page, shop: Merchant) -> None:
    page.goto(f"/m/{shop.slug}/jobs/")
    page.locator("summary[aria-label=Language]").click()
    page.get_by_role("button", name="简体中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("任务")
    assert page.url.endswith(f"/m/{shop.slug}/jobs/")


def test_the_keyboard_reaches_every_place_and_can_be_switched_off(page: Page, shop: Merchant) -> None:
    page.goto(f"/m/{shop.slug}/")
    page.keyboard.press("g")
    page.keyboard.press("j")
    page.wait_for_url(f"**/m/{shop.slug}/jobs/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_timeout(500)
    assert page.url.endswith("/jobs/")


def test_typing_never_triggers_a_shortcut(page: Page, shop: Merchant) -> None:
    page.goto(f"/m/{shop.slug}/settings/")
    page.locator("#id_name").fill("")
    page.locator("#id_name").type("gj?")
    expect(page.locator("#id_name")).to_have_value("gj?")
    assert page.url.endswith("/settings/")


def test_the_first_tab_leads_to_the_content(page: Page, shop: Merchant) -> None:
    page.goto(f"/m/{shop.slug}/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_menu_closes_on_escape_and_gives_the_focus_back(page: Page, shop: Merchant) -> None:
    page.goto(f"/m/{shop.slug}/")
    account = page.locator("summary[aria-label='Your account']")
    account.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()
    expect(account).to_be_focused()
