"""Setting up the second factor, and logging in with it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import hotp_value

from tests.browser.accessibility import Look
from tests.browser.driving import PASSWORD, Person
from tests.browser.watching import Watch

Visit = Callable[..., Person]
PERIOD = 30


def code(secret: str) -> tuple[str, int]:
    """What the telephone shows now, and of which half minute it is."""
    counter = int(time.time()) // PERIOD
    return f"{hotp_value(secret, counter):06d}", counter


def confirm_password(person: Person) -> None:
    if "reauthenticate" in person.page.url:
        person.page.locator("#id_password").fill(PASSWORD)
        person.page.locator("main form button").first.click()


@pytest.mark.timeout(240)
def test_a_second_factor_is_set_up_and_asked_for(visit: Visit, watch: Watch) -> None:
    person = visit()
    person.sign_up("Safe Shop")
    page, look = person.page, Look(person.page)
    person.go("/accounts/2fa/")
    look.at("second factor off")
    person.go("/accounts/2fa/totp/activate/")
    confirm_password(person)
    look.at("second factor set-up", keep=True)
    secret = page.locator("#authenticator_secret").input_value()
    word, used = code(secret)
    page.locator("#id_code").fill(word)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/2fa/recovery-codes/**")
    look.at("recovery codes", keep=True)
    for path in ("2fa/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/"):
        person.go(f"/accounts/{path}")
        confirm_password(person)
        look.at(path)
    person.go("/accounts/2fa/reauthenticate/")
    look.at("2fa/reauthenticate/")
    page.context.clear_cookies()
    person.log_in()
    assert "/2fa/authenticate/" in page.url
    look.at("second factor asked for", keep=True)
    person.shop()
    assert "/2fa/authenticate/" in page.url  # the password alone opens nothing
    while code(secret)[1] == used:  # a code works once
        time.sleep(1)
    page.locator("#id_code").fill(code(secret)[0])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**/m/{person.slug}/")
    assert not look.wrong, look.report()
