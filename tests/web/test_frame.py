"""What every page keeps: the policy, fragment or page, toasts, languages, error pages, health."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from foundation.jobs.models import Job, JobStatus
from foundation.tenancy.models import Merchant, User

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SHOP_PAGES = ["", "jobs/", "team/", "settings/", "products/", "imports/", "exports/"]
PUBLIC_PAGES = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
INLINE = re.compile(r"""<style|\sstyle=|\son\w+=|javascript:|hx-on|<script(?![^>]*\bsrc=)(?![^>]*application/json)""")


@pytest.mark.parametrize("path", [*PUBLIC_PAGES, "/accounts/2fa/", "/accounts/email/", "/nothing/here/"])
def test_pages_outside_a_shop_keep_the_policy(browser: Client, path: str) -> None:
    client = Client() if path in PUBLIC_PAGES else browser
    _keeps_policy(client.get(path))


@pytest.mark.parametrize("path", SHOP_PAGES)
def test_pages_of_a_shop_keep_the_policy(browser: Client, shop: Merchant, path: str) -> None:
    _keeps_policy(browser.get(f"/m/{shop.slug}/{path}"))


def _keeps_policy(response: Any) -> None:
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy + ";"
    page = response.content.decode()
    assert INLINE.search(page) is None, INLINE.search(page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


@pytest.mark.parametrize("path", ["", "jobs/"])
def test_htmx_gets_the_fragment_and_everybody_else_the_page(browser: Client, shop: Merchant, path: str) -> None:
    address = f"/m/{shop.slug}/{path}"
    assert "<html" in browser.get(address).content.decode()
    assert "<html" not in browser.get(address, headers=HTMX).content.decode()
    restored = browser.get(address, headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()
    boosted = browser.get(address, headers={**HTMX, "HX-Boosted": "true"})
    assert "<html" in boosted.content.decode()


def test_a_fragment_says_that_its_answer_depends_on_htmx(browser: Client, shop: Merchant) -> None:
    assert "HX-Request" in browser.get(f"/m/{shop.slug}/jobs/")["Vary"]


def test_a_message_is_a_toast_on_a_page_and_an_event_on_a_fragment(
    browser: Client, shop: Merchant, make_job: Callable[..., Job]
) -> None:
    job = make_job(shop, JobStatus.RUNNING, left=1)
    fragment = browser.post(f"/m/{shop.slug}/jobs/{job.pk}/cancel/", headers=HTMX)
    toast = json.loads(fragment["HX-Trigger"])["toast"]["messages"]
    assert [each["level"] for each in toast] == ["success"]
    assert "data-level" not in browser.get(f"/m/{shop.slug}/jobs/").content.decode().split("<template")[0]
    page = browser.post(f"/m/{shop.slug}/settings/", {"name": "Same", "language": "en"}, follow=True)
    assert 'data-level="success"' in page.content.decode()


def test_a_fragment_after_the_session_ended_brings_the_login_page_as_a_page(shop: Merchant) -> None:
    address = f"/m/{shop.slug}/jobs/"
    answer = Client().get(address + "1/row/", headers={**HTMX, "HX-Current-URL": f"http://testserver{address}"})
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == f"/accounts/login/?next=%2Fm%2F{shop.slug}%2Fjobs%2F"


@pytest.mark.parametrize("current", ["http://evil.example/x", "http://testserver//evil.example/", "nonsense"])
def test_that_redirect_never_leaves_the_site(shop: Merchant, current: str) -> None:
    answer = Client().get(f"/m/{shop.slug}/jobs/", headers={**HTMX, "HX-Current-URL": current})
    assert answer["HX-Redirect"] == "/accounts/login/?next=%2F"


# --- languages ---


def test_the_language_switch_is_kept_and_returns_to_the_page(client: Client) -> None:
    switched = client.post("/language/", {"language": "zh-hans", "next": "/accounts/login/"})
    assert switched.url == "/accounts/login/"
    page = client.get("/accounts/login/").content.decode()
    assert '<html lang="zh-Hans">' in page
    assert "登录" in page


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", "https:evil.example"],
)
def test_the_language_switch_never_leaves_the_site(client: Client, target: str) -> None:
    assert client.post("/language/", {"language": "en", "next": target}).url == "/"


def test_the_language_of_the_device_is_the_first_choice(client: Client) -> None:
    assert 'lang="zh-Hans"' in client.get("/", headers={"Accept-Language": "zh-CN,zh;q=0.9"}).content.decode()


# --- errors ---


def test_a_missing_page_is_plain_for_visitors_and_members(browser: Client) -> None:
    for client in (Client(), browser):
        response = client.get("/nothing/here/")
        assert response.status_code == 404
        assert "There is nothing here" in response.content.decode()


def test_a_shop_that_does_not_exist_looks_like_one_that_is_not_yours(
    browser: Client, stranger: User, as_user: Callable[[User], Client]
) -> None:
    theirs = browser.get("/m/other-shop/")
    nobodys = browser.get("/m/never-was/")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content


def test_an_unexpected_error_shows_the_id_that_is_in_the_log(
    browser: Client, shop: Merchant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("ecomsite.dashboard.of", broken)
    browser.raise_request_exception = False
    with caplog.at_level(logging.ERROR, logger="ecomsite.errors"):
        response = browser.get(f"/m/{shop.slug}/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "secret detail" not in page
    shown = re.search(r"<code>(\w{10})</code>", page)
    assert shown is not None
    record = next(record for record in caplog.records if record.name == "ecomsite.errors")
    assert shown[1] in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


def test_a_form_from_elsewhere_is_refused_with_a_page(shop: Merchant, owner: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.post(f"/m/{shop.slug}/leave/")
    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


def test_a_foreign_host_name_gets_a_plain_page(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["shop.example"]
    response = client.get("/healthz", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_errors_have_no_empty_texts() -> None:
    from django.template.loader import render_to_string

    for name in ("400", "403", "403_csrf", "404", "429", "500"):
        page = render_to_string(f"{name}.html", {"error_id": "abcdefghij"})
        assert re.search(r"<h1>\w.+</h1>", page), name


# --- health and what is public ---


def test_health_is_public_json(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from foundation.jobs.health import Health

    monkeypatch.setattr("ecomsite.views.health", lambda: Health(database=True, broker=True))
    well = client.get("/healthz")
    assert (well.status_code, well.json()["ok"]) == (200, True)
    assert "no-store" in well["Cache-Control"]
    monkeypatch.setattr("ecomsite.views.health", lambda: Health(problems=["The database does not answer."]))
    ill = client.get("/healthz")
    assert (ill.status_code, ill.json()["ok"]) == (503, False)


ENTRY = "needed before one can log in"
PUBLIC = {
    "home": "the landing page; a member is sent on",
    "healthz": "asked by supervisors and load balancers; counts only",
    "set_language": "the switch stands on the login page too",
    "tenancy:invitation": "an invited person may have no account yet; the token is the secret",
    "account_login": ENTRY,
    "account_logout": "leads a visitor to the login page; does nothing else for them",
    "account_signup": ENTRY,
    "account_inactive": ENTRY,
    "account_email_verification_sent": ENTRY,
    "account_confirm_email": "the letter may be opened on another device; the key is the secret",
    "account_reset_password": ENTRY,
    "account_reset_password_done": ENTRY,
    "account_reset_password_from_key": "the letter may be opened on another device; the key is the secret",
    "account_reset_password_from_key_done": ENTRY,
    "mfa_authenticate": "the second step of logging in",
    "account_confirm_login_code": "a step of logging in; sends a visitor without one back to the start of it",
}


def _views(patterns: list[Any], namespace: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(filter(None, [namespace, entry.namespace]))
            found |= _views(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern):
            found[":".join(filter(None, [namespace, entry.name or str(entry.pattern)]))] = entry.callback
    return found


def test_every_public_view_has_its_reason() -> None:
    public = {
        name for name, view in _views(get_resolver().url_patterns).items() if not getattr(view, "login_required", True)
    }
    assert public == set(PUBLIC)
