"""What a merchant does, in the interface's own words: every label is looked up in the language the page is in."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, ngettext, override, pgettext
from playwright.sync_api import Locator, Page, expect

from tests.browser.product import Product

PASSWORD = "kiln and glaze 7"
ENGLISH, CHINESE = "en", "zh-hans"
JOB_MS = 150_000


@dataclass
class Person:
    page: Page
    product: Product
    language: str = ENGLISH
    email: str = ""
    slug: str = ""

    # --- words ---

    def says(self, text: str, context: str = "", **values: Any) -> str:
        """An English text of the sources in the language of this person's pages."""
        with override(self.language):
            return (pgettext(context, text) if context else gettext(text)) % values

    def counts(self, one: str, many: str, n: int) -> str:
        """A text with `{{ n }}` in a template, which gettext knows as `%(n)s`."""
        with override(self.language):
            return ngettext(one, many, n) % {"n": n}

    def button(self, text: str, within: Page | Locator | None = None, **values: Any) -> Locator:
        return (within or self.page).get_by_role("button", name=self.says(text, **values), exact=True)

    def link(self, text: str, within: Page | Locator | None = None, context: str = "") -> Locator:
        return (within or self.page).get_by_role("link", name=self.says(text, context=context), exact=True)

    # --- getting about ---

    def go(self, path: str) -> None:
        self.page.goto(path)

    def shop(self, path: str = "") -> None:
        self.go(f"/m/{self.slug}/{path}")

    def place(self, path: str) -> None:
        """A place of the sidebar."""
        self.page.locator(f'.sidebar a[href="/m/{self.slug}/{path}"]').click()

    def switch_to(self, language: str) -> None:
        self.page.locator("header details.menu", has=self.page.locator("[name=language]")).locator("summary").click()
        self.page.locator(f'button[name=language][value="{language}"]').click()
        self.page.wait_for_load_state()
        self.language = language
        tag = "zh-Hans" if language == CHINESE else language
        expect(self.page.locator("html")).to_have_attribute("lang", tag)

    # --- the main job ---

    def sign_up(self, shop: str) -> None:
        self.email = f"person-{uuid.uuid4().hex[:8]}@example.com"
        if "/accounts/signup/" not in self.page.url:
            self.go("/accounts/signup/")
        self.page.locator("#id_email").fill(self.email)
        self.page.locator("#id_password1").fill(PASSWORD)
        self.page.locator("#id_password2").fill(PASSWORD)
        self.button("Sign up").click()
        self.page.locator("#id_name").fill(shop)
        self.button("Create shop").click()
        self.page.wait_for_url(re.compile(r"/m/[-\w]+/$"))
        self.slug = self.page.url.rstrip("/").rpartition("/")[2]

    def log_in(self, email: str = "", password: str = PASSWORD) -> None:
        self.email = email or self.email
        self.go("/accounts/login/")
        self.page.locator("#id_login").fill(self.email)
        self.page.locator("#id_password").fill(password)
        self.button("Log in", self.page.locator("main")).click()
        self.page.wait_for_url(re.compile(r"/m/|/2fa/"))
        if "/m/" in self.page.url:
            self.slug = self.page.url.split("/m/")[1].partition("/")[0]

    def upload(self, file: Path, products: int) -> None:
        """From the list of imports to the preview that has counted the file's products."""
        self.place("imports/")
        self.page.locator("#id_file").set_input_files(file)
        self.page.wait_for_url(re.compile(r"/imports/\d+/$"))
        words = self.counts("Import %(n)s product", "Import %(n)s products", products)
        expect(self.page.get_by_role("button", name=words)).to_be_visible()

    def upload_reviews(self, file: Path, new: int) -> None:
        """From the list of files of reviews to the preview that has counted them."""
        self.shop("reviews/import/")
        self.page.locator("#id_file").set_input_files(file)
        self.page.wait_for_url(re.compile(r"/reviews/import/\d+/$"))
        expect(self.page.locator("#confirm-bar strong")).to_have_text(
            self.counts("%(n)s new review", "%(n)s new reviews", new)
        )

    def confirm_reviews(self, new: int) -> None:
        self.page.locator("#confirm-bar button").click()
        label = self.page.locator(".stat", has_text=self.says("New reviews"))
        expect(label.locator(".stat__value")).to_have_text(str(new), timeout=60_000)

    def confirm(self, new: int) -> None:
        """Imports what the preview shows, and waits for the result."""
        self.page.locator("#confirm-bar button").click()
        label = self.page.locator(".stat", has_text=self.says("New products"))
        expect(label.locator(".stat__value")).to_have_text(str(new), timeout=60_000)

    def describe(self, titles: list[str]) -> int:
        """Ticks products in the list and queues their descriptions; the job's id, whose page is then open."""
        self.place("products/")
        for title in titles:
            self.row(title).get_by_role("checkbox").check()
        self.button("Write texts", self.page.locator(".bulkbar")).click()
        dialog = self.page.get_by_role("dialog", name=self.says("Write texts"))
        n = len(titles)
        words = self.counts("Write for %(n)s product", "Write for %(n)s products", n)
        dialog.get_by_role("button", name=words).click()
        self.page.wait_for_url(re.compile(r"/jobs/\d+/$"))
        return int(self.page.url.rstrip("/").rpartition("/")[2])

    def row(self, title: str) -> Locator:
        """A product's row of the list that is open."""
        name = self.page.get_by_role("link", name=title, exact=True)
        return self.page.locator("#product-list [data-row]").filter(has=name)

    def wait_for_job(self) -> None:
        """On a job's page, without reloading it."""
        done = self.page.locator("#job .badge").first
        expect(done).to_have_text(re.compile(self.says("Done")), timeout=JOB_MS)

    def cards(self) -> Locator:
        return self.page.locator("article.draft")

    def title_of(self, card: Locator) -> str:
        return card.locator("h2").inner_text().strip()
