"""Inviting, joining, changing roles, removing; and everything somebody might try who may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from foundation.tenancy import letters, services
from foundation.tenancy.models import Invitation, Membership, Merchant, Role, User
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


def invite(client: Client, shop: Merchant, email: str = "new@example.com", role: str = "staff") -> Any:
    return client.post(f"/m/{shop.slug}/team/invite/", {"email": email, "role": role})


def path_in(text: str) -> str:
    found = re.search(r"http://testserver(/invitations/[\w-]+/)", text)
    assert found is not None
    return found[1]


def test_an_invited_person_signs_up_and_joins(browser: Client, shop: Merchant) -> None:
    shown = path_in(invite(browser, shop).content.decode())
    assert path_in(mail.outbox[0].body) == shown
    assert mail.outbox[0].to == ["new@example.com"]
    client = Client()
    assert "Join Harbour Lane" in client.get(shown).content.decode()
    new = {"email": "new@example.com", "password1": "kiln and glaze 7", "password2": "kiln and glaze 7", "next": shown}
    assert client.post("/accounts/signup/", new).url == shown
    assert client.post(shown).url == f"/m/{shop.slug}/"
    assert Membership.objects.get(merchant=shop, user__email="new@example.com").role == Role.STAFF


def test_the_link_is_shown_once(browser: Client, shop: Merchant) -> None:
    shown = path_in(invite(browser, shop).content.decode())
    again = browser.get(f"/m/{shop.slug}/team/").content.decode()
    assert shown not in again
    assert "new@example.com" in again
    assert not Invitation.objects.filter(token_hash__contains=shown.split("/")[2]).exists()


def test_a_second_invitation_ends_the_first(browser: Client, shop: Merchant) -> None:
    first = path_in(invite(browser, shop).content.decode())
    second = path_in(invite(browser, shop).content.decode())
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


def test_a_letter_that_cannot_be_sent_leaves_the_link(browser: Client, shop: Merchant, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    page = invite(browser, shop).content.decode()
    assert "could not be sent" in page
    assert path_in(page)


def test_a_letter_that_only_became_a_file_was_not_sent(
    browser: Client, shop: Merchant, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = letters.FILES, tmp_path
    page = invite(browser, shop).content.decode()
    assert "could not be sent" in page
    assert path_in(page) in next(tmp_path.iterdir()).read_text()


def test_an_invitation_is_for_one_address(browser: Client, shop: Merchant, stranger: User, as_user: Login) -> None:
    link = path_in(invite(browser, shop).content.decode())
    other = as_user(stranger)
    assert "Log out" in other.get(link).content.decode()
    other.post(link)
    assert not Membership.objects.filter(merchant=shop, user=stranger).exists()
    assert Invitation.objects.filter(email="new@example.com").exists()


def test_an_invitation_works_once(browser: Client, shop: Merchant, as_user: Login) -> None:
    link = path_in(invite(browser, shop).content.decode())
    guest = as_user(User.objects.create_user("new@example.com", PASSWORD))
    guest.post(link)
    services.remove_member(shop, Membership.objects.get(user__email="new@example.com").pk)
    assert guest.get(link).status_code == 404
    assert guest.post(link).status_code == 404
    assert guest.get(f"/m/{shop.slug}/").status_code == 404


def test_an_expired_or_withdrawn_invitation_does_nothing(browser: Client, shop: Merchant, as_user: Login) -> None:
    guest = as_user(User.objects.create_user("new@example.com", PASSWORD))
    link = path_in(invite(browser, shop).content.decode())
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert guest.post(link).status_code == 404
    link = path_in(invite(browser, shop).content.decode())
    browser.post(f"/m/{shop.slug}/team/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert guest.post(link).status_code == 404
    assert not Membership.objects.filter(merchant=shop, user__email="new@example.com").exists()


def test_accepting_without_an_account_asks_to_log_in(browser: Client, shop: Merchant) -> None:
    link = path_in(invite(browser, shop).content.decode())
    assert Client().post(link).url == f"/accounts/login/?next={link}"


@pytest.mark.parametrize("email", ["", "not an address", "owner@example.com", "OWNER@example.com"])
def test_a_useless_invitation_is_refused_with_a_reason(browser: Client, shop: Merchant, email: str) -> None:
    response = invite(browser, shop, email)
    assert response.status_code == 422
    assert "id_email_error" in response.content.decode()
    assert not Invitation.objects.exists()


def test_nobody_is_invited_to_a_role_that_does_not_exist(browser: Client, shop: Merchant) -> None:
    assert invite(browser, shop, role="superuser").status_code == 422
    assert not Invitation.objects.exists()


def test_the_shops_name_cannot_smuggle_headers_into_the_letter(browser: Client, shop: Merchant) -> None:
    Merchant.objects.filter(pk=shop.pk).update(name="Nice\nBcc: victim@example.com")
    assert invite(browser, shop).status_code == 200
    assert mail.outbox[0].subject == "You are invited to Nice Bcc: victim@example.com"
    assert mail.outbox[0].bcc == []


def test_to_staff_the_team_page_does_not_exist(shop: Merchant, owner: User, staff: User, as_user: Login) -> None:
    client = as_user(staff)
    own = Membership.objects.get(user=staff).pk
    boss = Membership.objects.get(user=owner).pk
    services.invite(shop, "third@example.com", "staff", owner)
    base = f"/m/{shop.slug}"
    assert client.get(f"{base}/team/").status_code == 404
    assert f'href="{base}/team/"' not in client.get(f"{base}/settings/").content.decode()
    for path, data in [
        ("team/invite/", {"email": "friend@example.com", "role": "owner"}),
        (f"team/{own}/role/", {"role": "owner"}),
        (f"team/{boss}/remove/", {}),
        (f"team/invitations/{Invitation.objects.get().pk}/withdraw/", {}),
        ("settings/", {"name": "Mine now", "language": "en"}),
    ]:
        assert client.post(f"{base}/{path}", data).status_code == 404, path
    assert Membership.objects.get(pk=own).role == Role.STAFF
    assert Membership.objects.filter(pk=boss).exists()
    assert Invitation.objects.count() == 1
    assert Merchant.objects.get(pk=shop.pk).name == "Harbour Lane"


def test_an_owner_changes_roles_and_removes(browser: Client, shop: Merchant, staff: User, as_user: Login) -> None:
    membership = Membership.objects.get(user=staff)
    browser.post(f"/m/{shop.slug}/team/{membership.pk}/role/", {"role": "owner"})
    membership.refresh_from_db()
    assert membership.is_owner
    browser.post(f"/m/{shop.slug}/team/{membership.pk}/role/", {"role": "emperor"})
    membership.refresh_from_db()
    assert membership.is_owner
    browser.post(f"/m/{shop.slug}/team/{membership.pk}/remove/")
    assert as_user(staff).get(f"/m/{shop.slug}/").status_code == 404


def test_an_owner_of_one_shop_has_no_hand_in_another(browser: Client, shop: Merchant, stranger: User) -> None:
    theirs = Membership.objects.get(user=stranger)
    browser.post(f"/m/{shop.slug}/team/{theirs.pk}/remove/")
    browser.post(f"/m/{shop.slug}/team/{theirs.pk}/role/", {"role": "staff"})
    theirs.refresh_from_db()
    assert theirs.is_owner


def test_the_last_owner_can_neither_leave_nor_step_down(browser: Client, shop: Merchant, owner: User) -> None:
    own = Membership.objects.get(user=owner)
    left = browser.post(f"/m/{shop.slug}/leave/", follow=True)
    assert "A shop needs an owner" in left.content.decode()
    browser.post(f"/m/{shop.slug}/team/{own.pk}/role/", {"role": "staff"})
    browser.post(f"/m/{shop.slug}/team/{own.pk}/remove/")
    assert Membership.objects.get(user=owner).is_owner


def test_an_owner_who_steps_down_is_not_sent_to_a_page_they_lost(
    browser: Client, shop: Merchant, owner: User, staff: User
) -> None:
    Membership.objects.filter(user=staff).update(role=Role.OWNER)
    own = Membership.objects.get(user=owner)
    response = browser.post(f"/m/{shop.slug}/team/{own.pk}/role/", {"role": "staff"}, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == f"/m/{shop.slug}/"


def test_staff_leave_by_themselves(shop: Merchant, staff: User, as_user: Login) -> None:
    client = as_user(staff)
    assert client.post(f"/m/{shop.slug}/leave/", follow=True).redirect_chain[-1][0] == "/shops/new/"
    assert client.get(f"/m/{shop.slug}/").status_code == 404


def test_settings_are_saved_and_refused(browser: Client, shop: Merchant) -> None:
    path = f"/m/{shop.slug}/settings/"
    browser.post(path, {"name": "New Name", "language": "zh-hans"})
    shop.refresh_from_db()
    assert (shop.name, shop.language) == ("New Name", "zh-hans")
    refused = browser.post(path, {"name": "", "language": "tlh"})
    assert refused.status_code == 422
    assert "· New Name</title>" in refused.content.decode()
