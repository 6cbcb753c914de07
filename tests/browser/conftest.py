"""One running product and one Chromium for all tests here; every page is watched for what must never happen.

Fixtures live as long as this package, not the session: playwright keeps an event loop in the main thread, in which
Django refuses the database to the tests of other packages.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.driving import Person
from tests.browser.exports import shops_export, shops_reviews
from tests.browser.main_job import Described, import_and_describe
from tests.browser.product import Product, models
from tests.browser.watching import Watch
from tests.services.folders import open_folder

HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them in one process: they share the product, and two would fight for the processor."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


def unable(reason: str) -> None:
    """A browser test that can't run fails where it must not be forgotten, and says why elsewhere."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="package")
def chromium_path() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found or not Path(found).exists():
        unable("Chromium is missing: apt-get install chromium, or name it with CHROMIUM=/path/to/it")
    assert found
    return found


@pytest.fixture(scope="package")
def product(chromium_path: str) -> Iterator[Product]:
    if not models().exists():
        unable(f"The bundled model was not built in {models()}: make setup")
    with open_folder() as data:
        running = Product.start(data)
        try:
            yield running
        finally:
            status = running.stop()
        assert status == 0, running.output()


@pytest.fixture(scope="package")
def chromium(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


def open_browser(product: Product, chromium: Browser, watch: Watch, **options: Any) -> Person:
    """A browser of somebody's own, watched. `options` are those of a playwright context."""
    options = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", **options}
    context = chromium.new_context(base_url=product.address, reduced_motion="reduce", **options)
    context.set_default_timeout(20_000)
    watch.over(context)
    return Person(context.new_page(), product)


@pytest.fixture
def watch() -> Iterator[Watch]:
    found = Watch()
    yield found
    assert found.problems == []


@pytest.fixture
def visit(product: Product, chromium: Browser, watch: Watch) -> Iterator[Callable[..., Person]]:
    opened = []

    def start(**options: Any) -> Person:
        person = open_browser(product, chromium, watch, **options)
        opened.append(person.page.context)
        return person

    yield start
    for context in opened:
        context.close()


@pytest.fixture(scope="package")
def described(product: Product, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Described]:
    """The first half of the main job, which several tests go on from."""
    watch = Watch()
    merchant = open_browser(product, chromium, watch)
    file = shops_export(tmp_path_factory.mktemp("export"))
    merchant.go("/")
    merchant.link("Create an account").click()
    merchant.sign_up("Tidewater Kitchen")
    merchant.upload_reviews(shops_reviews(file.parent), new=3)
    merchant.confirm_reviews(new=3)
    import_and_describe(merchant, file)
    assert watch.problems == []
    yield Described(merchant.email, merchant.slug, file, merchant.page.context.storage_state())
    merchant.page.context.close()
