"""Every page that an address of the product leads to, looked at by axe, in light and dark, on a phone and a desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from playwright.sync_api import Route, expect

from tests.browser.accessibility import Look
from tests.browser.driving import PASSWORD, Person
from tests.browser.main_job import Described
from tests.browser.watching import Watch
from tests.web.addresses import patterns

Visit = Callable[..., Person]

POSTED, PIECE, FILE = "is only posted to", "answers with a piece of a page", "answers with a file"
BY_SECOND_FACTOR = "looked at in test_second_factor.py"
NO_PAGE = {
    "copywriter:comment": POSTED,
    "copywriter:remove_comment": POSTED,
    "copywriter:estimate": "a part of the page of a new campaign, looked at there",
    "healthz": "answers with JSON",
    "set_language": POSTED,
    "account_confirm_login_code": "needs login by code, which is switched off",
    "account_set_password": "leads on, as every account here has a password",
    "mfa_authenticate": BY_SECOND_FACTOR,
    "mfa_reauthenticate": BY_SECOND_FACTOR,
    "mfa_activate_totp": BY_SECOND_FACTOR,
    "mfa_deactivate_totp": BY_SECOND_FACTOR,
    "mfa_view_recovery_codes": BY_SECOND_FACTOR,
    "mfa_generate_recovery_codes": BY_SECOND_FACTOR,
    "mfa_download_recovery_codes": FILE,
    "tenancy:invite": "looked at as its answer, the team's page with the link",
    "tenancy:withdraw": POSTED,
    "tenancy:change_role": POSTED,
    "tenancy:remove": POSTED,
    "tenancy:leave": POSTED,
    "jobs:row": PIECE,
    "jobs:cancel": POSTED,
    "jobs:retry": POSTED,
    "catalog:restore": POSTED,
    "catalog:reread": POSTED,
    "catalog:count": PIECE,
    "catalog:confirm": POSTED,
    "catalog:discard": POSTED,
    "catalog:issues_csv": FILE,
    "catalog:download": FILE,
    "copywriter:texts_csv": FILE,
    "copywriter:bulk": POSTED,
    "copywriter:undo": POSTED,
    "copywriter:check": POSTED,
    "copywriter:try_text": POSTED,
    "copywriter:accept": POSTED,
    "copywriter:reject": POSTED,
    "copywriter:voice_delete": POSTED,
    "reviews:match": POSTED,
    "reviews:remove": POSTED,
    "reviews:remove_author": POSTED,
    "reviews:reread": POSTED,
    "reviews:count": PIECE,
    "reviews:confirm": POSTED,
    "reviews:discard": POSTED,
    "reviews:undo": POSTED,
    "reviews:issues_csv": FILE,
    "copywriter:voice_preview": "looked at as the answer of the voice's form",
}
WITH_PICTURE = {
    "home",
    "dashboard",
    "account_login",
    "account_signup",
    "tenancy:team",
    "tenancy:settings",
    "catalog:product_list",
    "catalog:product_detail",
    "catalog:import_list",
    "catalog:import_detail",
    "catalog:export",
    "copywriter:draft_list",
    "copywriter:edit",
    "copywriter:texts",
    "copywriter:teach",
    "copywriter:quality",
    "jobs:job_list",
    "jobs:job",
    "reviews:review_list",
    "reviews:review_detail",
    "reviews:import_detail",
}
VISITORS = {
    "home": "/",
    "account_login": "/accounts/login/",
    "account_signup": "/accounts/signup/",
    "account_inactive": "/accounts/inactive/",
    "account_email_verification_sent": "/accounts/confirm-email/",
    "account_confirm_email": "/accounts/confirm-email/outdated/",
    "account_reset_password": "/accounts/password/reset/",
    "account_reset_password_done": "/accounts/password/reset/done/",
    "account_reset_password_from_key_done": "/accounts/password/reset/key/done/",
}
MEMBERS = {
    "tenancy:shop_new": "/shops/new/",
    "account_email": "/accounts/email/",
    "account_change_password": "/accounts/password/change/",
    "account_reauthenticate": "/accounts/reauthenticate/",
    "account_logout": "/accounts/logout/",
    "mfa_index": "/accounts/2fa/",
}


def of_shop(merchant: Person) -> dict[str, str]:
    """Address name → path, of the pages of the described shop, with its newest objects."""
    ask, slug = merchant.product.value, merchant.slug
    shop = ask("SELECT id FROM tenancy_merchant WHERE slug = %s", slug)
    newest = "SELECT max(id) FROM {} WHERE merchant_id = %s"
    job = {"job_id": ask(newest.format("jobs_job"), shop)}
    product = {"pk": ask("SELECT id FROM catalog_product WHERE merchant_id = %s AND title = 'Harbour Teapot'", shop)}
    draft = {"pk": ask(newest.format("copywriter_draft") + " AND status = 'pending'", shop)}
    written = {"job_id": ask("SELECT max(job_id) FROM copywriter_draft WHERE merchant_id = %s", shop)}
    file = {"pk": ask(newest.format("catalog_catalogfile") + " AND status = 'published'", shop)}
    review = {"pk": ask(newest.format("reviews_review") + " AND author_id IS NOT NULL", shop)}
    reviews = {"pk": ask(newest.format("reviews_reviewfile") + " AND status = 'published'", shop)}
    slots: dict[str, dict[str, int]] = {
        "dashboard": {},
        "jobs:job_list": {},
        "jobs:job": job,
        "catalog:product_list": {},
        "catalog:product_detail": product,
        "catalog:import_list": {},
        "catalog:import_detail": file,
        "catalog:export_list": {},
        "catalog:export": file,
        "copywriter:describe": {},
        "copywriter:texts": written,
        "copywriter:undo_run": written,
        "copywriter:texts_of": product,
        "copywriter:accept_passing": {},
        "copywriter:teach": {},
        "copywriter:rules": {},
        "copywriter:voice_list": {},
        "copywriter:voice_edit": {},
        "copywriter:quality": {},
        "copywriter:campaign_list": {},
        "copywriter:campaign_new": {},
        "copywriter:draft_list": {},
        "copywriter:draft_detail": draft,
        "copywriter:edit": draft,
        "reviews:review_list": {},
        "reviews:review_new": {},
        "reviews:review_detail": review,
        "reviews:import_list": {},
        "reviews:import_detail": reviews,
        "tenancy:settings": {},
        "tenancy:team": {},
    }
    paths = {name: reverse(name, kwargs={"slug": slug, **more}) for name, more in slots.items()}
    paths["copywriter:describe"] += "?all=1"
    return paths


def _reviews(folder: Path) -> Path:
    """Two that can be taken and one that can't."""
    file = folder / "more.csv"
    file.write_text("Review,Rating,Date\nMore of this.,5,2024-05-01\nLess of that.,2,2024-05-02\n,5,2024-05-03\n")
    return file


def look_at(look: Look, pages: dict[str, str], prefix: str = "") -> None:
    for name, path in pages.items():
        look.page.goto(path)
        expect(look.page.locator("[aria-busy=true], .htmx-request")).to_have_count(0)
        look.at(f"{prefix}{name}", keep=name in WITH_PICTURE)


@pytest.fixture
def owner(visit: Visit, described: Described) -> Person:
    merchant = visit(storage_state=described.state)
    merchant.email, merchant.slug = described.email, described.slug
    return merchant


def test_every_address_is_looked_at_or_says_why_not(owner: Person) -> None:
    known = {*VISITORS, *MEMBERS, *of_shop(owner), *NO_PAGE, "tenancy:invitation", "account_reset_password_from_key"}
    assert known == set(patterns())


def test_pages_of_a_visitor(visit: Visit, watch: Watch) -> None:
    watch.expected |= {404, 405}
    look = Look(visit().page)
    look_at(look, VISITORS)
    assert not look.wrong, look.report()


def test_pages_of_an_account(owner: Person) -> None:
    look = Look(owner.page)
    look_at(look, MEMBERS)
    assert not look.wrong, look.report()


def test_pages_of_a_shop(owner: Person) -> None:
    look = Look(owner.page)
    look_at(look, of_shop(owner))
    assert not look.wrong, look.report()


def test_states_of_a_shops_pages(owner: Person, described: Described, tmp_path: Path) -> None:
    """What the same addresses show at other times: a preview, an open dialog, other tabs, nothing found."""
    look, page = Look(owner.page), owner.page
    owner.shop()
    owner.upload(described.file, products=6)
    look.at("preview of a shop's export", keep=True)
    plain = tmp_path / "plain.csv"
    plain.write_text("Name;Article;Colour;Note\nCup;C1;blue;x\nBowl;B1;green;y\n")
    owner.upload(plain, products=2)
    look.at("preview of a plain file", keep=True)
    owner.upload_reviews(_reviews(tmp_path), new=2)
    look.at("preview of a file of reviews", keep=True)
    owner.shop("reviews/?stars=1&language=xx")
    look.at("no review found")
    for tab in ("accepted", "rejected", "refused"):
        owner.shop(f"drafts/?status={tab}")
        look.at(f"{tab} drafts")
    owner.shop("products/?query=nothing+is+called+this")
    look.at("no product found")
    owner.shop("products/")
    page.locator("[data-bulk-all]").check()
    look.at("ticked products", keep=True)
    owner.button("Write texts", page.locator(".bulkbar")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look.at("question before writing", keep=True)
    owner.shop()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    look.at("keyboard shortcuts")
    page.keyboard.press("Escape")
    for summary in page.locator("header details.menu summary").all():
        summary.click()
        look.at("an open menu")
    assert not look.wrong, look.report()


def test_pages_of_an_empty_shop(visit: Visit) -> None:
    merchant = visit()
    merchant.sign_up("Nothing Yet")
    look = Look(merchant.page)
    slug = {"slug": merchant.slug}
    empty = ("dashboard", "catalog:product_list", "catalog:import_list", "catalog:export_list")
    names = (
        *empty,
        "copywriter:draft_list",
        "jobs:job_list",
        "copywriter:describe",
        "copywriter:teach",
        "copywriter:quality",
        "reviews:review_list",
        "reviews:import_list",
    )
    look_at(look, {name: reverse(name, kwargs=slug) for name in names}, prefix="empty ")
    assert not look.wrong, look.report()


def test_pages_of_an_invitation_and_a_forgotten_password(visit: Visit, watch: Watch) -> None:
    merchant = visit()
    merchant.sign_up("Inviting")
    merchant.place("team/")
    merchant.page.locator("#id_email").fill("guest@example.com")
    merchant.button("Send invitation").click()
    look = Look(merchant.page)
    link = merchant.page.locator("#invitation-link").input_value()
    look.at("an invitation's link", keep=True)
    guest = visit()
    look = Look(guest.page, look.wrong)
    look_at(look, {"tenancy:invitation": link})
    watch.expected.add(404)
    look_at(look, {"invitation that is gone": "/invitations/gone/"})
    guest.go("/accounts/password/reset/")
    guest.page.locator("#id_email").fill(merchant.email)
    guest.page.locator("main form button").first.click()
    guest.page.wait_for_url("**/done/")
    letter = merchant.product.letter_to(merchant.email)
    found = re.search(r"http://\S+/accounts/password/reset/key/\S+", letter)
    assert found is not None
    look_at(look, {"account_reset_password_from_key": found[0]})
    guest.page.locator("#id_password1").fill(PASSWORD + "0")
    guest.page.locator("#id_password2").fill(PASSWORD + "0")
    guest.page.locator("main form button").first.click()
    guest.page.wait_for_url(re.compile("done/"))
    merchant.page.context.clear_cookies()
    merchant.log_in(password=PASSWORD + "0")
    assert not look.wrong, look.report()


def test_pages_that_say_what_went_wrong(visit: Visit, owner: Person, watch: Watch) -> None:
    watch.expected |= {400, 403, 404, 422, 429, 500}
    visitor = visit()
    look = Look(owner.page)
    look_at(look, {"missing page": "/nothing/here/", "another shop": "/m/never-was/"})
    owner.shop("settings/")
    owner.page.context.clear_cookies()
    owner.page.locator("main form button[type=submit]").first.click()
    expect(owner.page.locator("h1")).to_contain_text("expired")
    look.at("an expired form")
    look = Look(visitor.page, look.wrong)
    visitor.go("/accounts/signup/")
    visitor.button("Sign up").click()
    expect(visitor.page.locator("[aria-invalid=true]").first).to_be_visible()
    look.at("sign-up with mistakes", keep=True)
    visitor.go("/accounts/login/")
    for _attempt in range(9):
        visitor.page.locator("#id_login").fill("guessing@example.com")
        visitor.page.locator("#id_password").fill("not the password")
        visitor.button("Log in", visitor.page.locator("main")).click()
        if not visitor.page.locator("#id_login").count():
            break
    expect(visitor.page.locator("h1")).to_contain_text("Too many")
    look.at("too many attempts")
    # These two can't be provoked from outside a working product: its own page is served in their place.
    for name in ("400", "500"):
        body = render_to_string(f"{name}.html", {"error_id": "abcdefghij"})
        visitor.page.route(f"**/error-{name}/", partial(_answer, body))
        look_at(look, {f"error {name}": f"/error-{name}/"})
    assert not look.wrong, look.report()


def _answer(body: str, route: Route) -> None:
    route.fulfill(content_type="text/html", body=body)
