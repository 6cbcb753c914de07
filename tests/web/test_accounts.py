"""Sign up, log in, log out, passwords, the second factor, and what happens to those who guess."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.utils import timezone

from foundation.tenancy import letters
from foundation.tenancy.models import Membership, Merchant, User
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def log_in(client: Client, email: str, password: str, **extra: Any) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password}, **extra)


def test_a_new_person_signs_up_and_ends_in_their_own_shop() -> None:
    client = Client()
    new = {"email": "mara@example.com", "password1": "kiln and glaze 7", "password2": "kiln and glaze 7"}
    signed_up = client.post("/accounts/signup/", new, follow=True)
    assert signed_up.redirect_chain[-1][0] == "/shops/new/"
    created = client.post("/shops/new/", {"name": "Mara’s Pots", "language": "en"}, follow=True)
    merchant = Merchant.objects.get()
    assert created.redirect_chain[-1][0] == f"/m/{merchant.slug}/"
    assert Membership.objects.get(merchant=merchant).is_owner
    assert "Upload a catalog" in created.content.decode()


def test_a_name_without_latin_letters_still_gets_an_address(browser: Client) -> None:
    browser.post("/shops/new/", {"name": "陶瓷小店", "language": "zh-hans"})
    assert browser.get(f"/m/{Merchant.objects.get(name='陶瓷小店').slug}/").status_code == 200


def test_an_empty_shop_name_is_refused_with_a_reason(browser: Client) -> None:
    response = browser.post("/shops/new/", {"name": " ", "language": "en"})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()


def test_weak_passwords_are_refused() -> None:
    response = Client().post("/accounts/signup/", {"email": "a@b.co", "password1": "12345", "password2": "12345"})
    assert not User.objects.filter(email="a@b.co").exists()
    assert "id_password1_error" in response.content.decode()


def test_logging_in_returns_to_the_page_that_asked_for_it(owner: User, shop: Merchant) -> None:
    client = Client()
    asked = client.get(f"/m/{shop.slug}/jobs/")
    assert asked.url == f"/accounts/login/?next=/m/{shop.slug}/jobs/"
    there = client.post(asked.url, {"login": owner.email, "password": PASSWORD, "next": f"/m/{shop.slug}/jobs/"})
    assert there.url == f"/m/{shop.slug}/jobs/"


def test_logging_in_never_leads_to_another_site(owner: User, shop: Merchant) -> None:
    response = Client().post(
        "/accounts/login/", {"login": owner.email, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert response.status_code == 302
    assert response.url == "/"


def test_logging_out_ends_the_session(browser: Client, shop: Merchant) -> None:
    browser.post("/accounts/logout/")
    assert browser.get(f"/m/{shop.slug}/").status_code == 302


def test_a_forgotten_password_is_replaced_by_letter(owner: User, shop: Merchant) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": owner.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert link is not None
    form = client.get(link[1], follow=True)
    target = form.redirect_chain[-1][0]
    client.post(target, {"password1": "another long secret", "password2": "another long secret"})
    assert log_in(Client(), owner.email, "another long secret").status_code == 302
    assert log_in(Client(), owner.email, PASSWORD).status_code == 200


def test_asking_for_an_unknown_address_tells_nothing(owner: User) -> None:
    known = Client().post("/accounts/password/reset/", {"email": owner.email})
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_letter_that_only_becomes_a_file_is_not_called_sent(owner: User, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = letters.FILES, tmp_path
    assert "This server sends no e-mail" in Client().get("/accounts/password/reset/").content.decode()
    for address in (owner.email, "nobody@example.com"):
        page = Client().post("/accounts/password/reset/", {"email": address}, follow=True).content.decode()
        assert "it is the newest file in <code>var/mail</code>" in page
        assert "sent you" not in page
    assert any("/accounts/password/reset/key/" in letter.read_text() for letter in tmp_path.iterdir())


def test_a_letter_that_is_sent_is_called_sent(owner: User) -> None:
    page = Client().post("/accounts/password/reset/", {"email": owner.email}, follow=True).content.decode()
    assert "We have sent you a letter." in page
    assert "var/mail" not in page


def test_guessing_a_password_is_paused_even_for_the_right_one(owner: User, settings: Any) -> None:
    client = Client()
    for attempt in range(settings.AXES_FAILURE_LIMIT):
        # neither capitals nor spaces give a fresh set of attempts
        response = log_in(client, ["owner@example.com", "Owner@Example.com", " OWNER@example.com"][attempt % 3], "no")
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()
    assert log_in(client, owner.email, PASSWORD).status_code == 429


def test_the_pause_ends(owner: User, settings: Any) -> None:
    from axes.models import AccessAttempt

    client = Client()
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        log_in(client, owner.email, "no")
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1))
    assert log_in(client, owner.email, PASSWORD).status_code == 302


def test_one_address_guessing_at_many_names_is_stopped(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()  # the limit is per minute, which a busy machine may need for these twenty
    still = SimpleNamespace(time=lambda: now, monotonic=time.monotonic, sleep=time.sleep)
    monkeypatch.setattr("allauth.core.internal.ratelimit.time", still)
    client = Client()
    for n in range(20):
        log_in(client, f"person{n}@example.com", "no")
    assert log_in(client, owner.email, PASSWORD).status_code != 302


def _totp(secret: str) -> str:
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"


def _activate(client: Client) -> str:
    page = client.get("/accounts/2fa/totp/activate/", follow=True)
    if page.redirect_chain:  # asked for the password first
        page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = str(page.context["form"].secret)
    client.post("/accounts/2fa/totp/activate/", {"code": _totp(secret)})
    return secret


@pytest.fixture
def logged_in(owner: User, shop: Merchant) -> Client:
    client = Client()
    log_in(client, owner.email, PASSWORD)
    return client


def test_the_second_factor_is_asked_for_and_a_wrong_code_refused(
    logged_in: Client, owner: User, shop: Merchant
) -> None:
    secret = _activate(logged_in)
    from django.core.cache import cache

    cache.clear()  # the code that switched it on may not be used a second time within its 30 seconds
    client = Client()
    asked = log_in(client, owner.email, PASSWORD)
    assert asked.url.startswith("/accounts/2fa/authenticate/")
    assert client.get(f"/m/{shop.slug}/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert client.get(f"/m/{shop.slug}/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": _totp(secret)})
    assert client.get(f"/m/{shop.slug}/").status_code == 200


def test_a_recovery_code_works_once(logged_in: Client, owner: User, shop: Merchant) -> None:
    _activate(logged_in)
    page = logged_in.get("/accounts/2fa/recovery-codes/", follow=True)
    codes = page.context["unused_codes"]
    assert len(codes) >= 5

    def try_code() -> int:
        client = Client()
        log_in(client, owner.email, PASSWORD)
        client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        return client.get(f"/m/{shop.slug}/").status_code

    assert try_code() == 200
    assert try_code() == 302


ACCOUNT_PAGES = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/shops/new/",
]


@pytest.mark.parametrize("path", ACCOUNT_PAGES)
def test_account_pages_stand_in_the_products_frame(browser: Client, path: str) -> None:
    page = browser.get(path).content.decode()
    assert '<header class="topbar">' in page
    assert "css/tokens.css" in page


def test_a_person_without_a_shop_is_led_to_create_one(owner: User, as_user: Callable[[User], Client]) -> None:
    assert as_user(owner).get("/").url == "/shops/new/"


def test_the_start_leads_to_the_shop_of_the_last_visit(browser: Client, owner: User, shop: Merchant) -> None:
    from foundation.tenancy import services

    second = services.create_merchant("Second", owner)
    assert browser.get("/").url == f"/m/{shop.slug}/"
    browser.get(f"/m/{second.slug}/")
    assert browser.get("/").url == f"/m/{second.slug}/"
