from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from foundation.tenancy import services
from foundation.tenancy.models import Invitation, Membership, Role, User
from foundation.tenancy.services import TenancyError

pytestmark = pytest.mark.django_db


def person(email: str) -> User:
    return User.objects.create_user(email, "a-long-passphrase-9")


def test_a_new_shop_has_its_owner_and_an_address_of_its_own() -> None:
    owner = person("a@example.com")
    first, second = services.create_merchant("Blue Door", owner), services.create_merchant("Blue Door", owner)
    assert first.slug == "blue-door"
    assert second.slug.startswith("blue-door-")
    assert services.create_merchant("蓝门", owner).slug
    assert services.create_merchant("New", owner).slug != "new"
    assert Membership.objects.get(merchant=first).role == Role.OWNER


def test_an_invitation_is_for_one_address_once_and_a_week() -> None:
    owner, guest, stranger = person("a@example.com"), person("b@example.com"), person("c@example.com")
    shop = services.create_merchant("Shop", owner)
    _invitation, token = services.invite(shop, "B@Example.com", Role.STAFF, owner)
    assert token not in str(Invitation.objects.values_list())
    with pytest.raises(TenancyError, match=r"b@example\.com"):
        services.accept_invitation(token, stranger)
    assert services.accept_invitation(token, guest).role == Role.STAFF
    with pytest.raises(TenancyError):
        services.accept_invitation(token, guest)
    with pytest.raises(TenancyError, match="already belongs"):
        services.invite(shop, "b@example.com", Role.STAFF, owner)


def test_an_expired_or_replaced_invitation_is_worth_nothing() -> None:
    owner = person("a@example.com")
    shop = services.create_merchant("Shop", owner)
    _first, old = services.invite(shop, "b@example.com", Role.STAFF, owner)
    second, new = services.invite(shop, "b@example.com", Role.OWNER, owner)
    assert services.open_invitation(old) is None
    assert services.open_invitation(new) == second
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert services.open_invitation(new) is None


def test_a_shop_keeps_an_owner() -> None:
    owner, staff = person("a@example.com"), person("b@example.com")
    shop = services.create_merchant("Shop", owner)
    mine = Membership.objects.get(merchant=shop, user=owner)
    theirs = Membership.objects.create(merchant=shop, user=staff)
    for lose_the_owner in (
        lambda: services.remove_member(shop, mine.pk),
        lambda: services.change_role(shop, mine.pk, Role.STAFF),
    ):
        with pytest.raises(TenancyError):
            lose_the_owner()
    services.change_role(shop, theirs.pk, Role.OWNER)
    services.remove_member(shop, mine.pk)
    assert [m.user for m in shop.memberships.all()] == [staff]


def test_a_membership_of_another_shop_cannot_be_touched() -> None:
    owner, other = person("a@example.com"), person("b@example.com")
    shop, elsewhere = services.create_merchant("Shop", owner), services.create_merchant("Else", other)
    theirs = Membership.objects.get(merchant=elsewhere)
    services.remove_member(shop, theirs.pk)
    services.change_role(shop, theirs.pk, Role.STAFF)
    theirs.refresh_from_db()
    assert theirs.role == Role.OWNER


def test_settings_change_what_the_shop_is_called_and_not_where_it_is() -> None:
    shop = services.create_merchant("Blue Door", person("a@example.com"))
    services.change_settings(shop, name=" Green Door ", language="zh-hans")
    shop.refresh_from_db()
    assert (shop.name, shop.language, shop.slug) == ("Green Door", "zh-hans", "blue-door")


def test_a_removed_shop_takes_its_files_with_it(
    tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    shops = [services.create_merchant("Shop", person(f"{name}@example.com")) for name in "ab"]
    for shop in shops:
        (tmp_path / str(shop.pk) / "catalog").mkdir(parents=True)
        (tmp_path / str(shop.pk) / "catalog" / "file").touch()
    gone, kept = (shop.pk for shop in shops)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_shop(shops[0])
    assert not (tmp_path / str(gone)).exists()
    assert (tmp_path / str(kept) / "catalog" / "file").exists()
