"""The pictures of the documentation: the demo shop after its first job, as a merchant sees it.

python -m tests.browser.pictures        writes docs/images/
"""

from __future__ import annotations

import shutil
import sys
import time

from playwright.sync_api import sync_playwright

from ecomsite.services.layout import REPOSITORY
from tests.browser.conftest import FLAGS
from tests.browser.driving import Person
from tests.browser.product import Product
from tests.services.folders import open_folder

FOLDER = REPOSITORY / "docs" / "images"
SIZE = {"width": 1440, "height": 900}
JOB_SECONDS = 900
ACCEPTED = 3


def wait_for_drafts(product: Product) -> None:
    """Until the demo's own job has ended. Raises `TimeoutError`."""
    end = time.monotonic() + JOB_SECONDS
    while product.value("SELECT count(*) FROM jobs_job WHERE kind = 'copy.describe' AND status = 'done'") == 0:
        if time.monotonic() > end:
            raise TimeoutError(f"the demo's job has not ended after {JOB_SECONDS} s")
        time.sleep(2)


def take(person: Person) -> None:
    page = person.page
    person.log_in(*person.product.demo)
    person.shop("drafts/")
    for left in range(ACCEPTED):
        page.locator("article.draft").first.get_by_role("button", name="Accept").click()
        page.locator("#undo", has_text="accepted").wait_for()
        page.wait_for_timeout(300 + left)
    for name, path in (("dashboard", ""), ("review", "drafts/")):
        person.shop(path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{name}.png")


def main() -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Error: Chromium is missing: apt-get install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open_folder() as data, sync_playwright() as playwright:
        product = Product.start(data, demo=True)
        try:
            wait_for_drafts(product)
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            context = browser.new_context(base_url=product.address, viewport=SIZE, locale="en-GB")  # type: ignore[arg-type]
            take(Person(context.new_page(), product))
            browser.close()
        finally:
            product.stop()
    return 0


if __name__ == "__main__":
    from django import setup

    setup()
    sys.exit(main())
