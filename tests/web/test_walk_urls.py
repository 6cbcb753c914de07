"""Every address of the product, tried by everybody who may not have what is behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.tenancy.models import Merchant, User
from tests.web.addresses import GET, OTHER_ADDRESSES, POST, SHOP_ADDRESSES, SHOP_PREFIX, patterns
from tests.web.conftest import PASSWORD
from tests.web.shops import Stocked, stock

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]

BOTH = pytest.mark.parametrize("method", [GET, POST])
EACH = pytest.mark.parametrize("name", SHOP_ADDRESSES)
WITH_OBJECT = [name for name, address in SHOP_ADDRESSES.items() if address.slots]
WITH_IDS_IN_DATA = [name for name, address in SHOP_ADDRESSES.items() if address.names_objects_in_data]
OWNERS_ONLY = [(name, method) for name, address in SHOP_ADDRESSES.items() for method in address.owners_only]
ALLOWED = [(name, method) for name, address in SHOP_ADDRESSES.items() for method in address.methods]


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def stocked(shop: Merchant, owner: User, staff: User) -> Stocked:
    return stock(shop, owner, staff)


@pytest.fixture
def their_slug(stranger: User) -> str:
    return str(stranger.memberships.get().merchant.slug)


@pytest.fixture
def outsider(db: None) -> User:
    """Somebody with an account and no shop."""
    return User.objects.create_user("outsider@example.com", PASSWORD)


def send(client: Client, method: str, path: str, data: dict[str, Any], **headers: str) -> Any:
    return client.get(path, headers=headers) if method == GET else client.post(path, data, headers=headers)


# --- the tables know every address ---


def test_every_address_of_a_shop_says_how_it_is_tried() -> None:
    under_a_shop = {name for name, route in patterns().items() if route.startswith(SHOP_PREFIX)}
    assert under_a_shop == set(SHOP_ADDRESSES)


def test_every_other_address_says_why_it_needs_no_shop() -> None:
    others = {name for name, route in patterns().items() if not route.startswith(SHOP_PREFIX)}
    assert others == set(OTHER_ADDRESSES)


def test_every_part_of_an_address_is_filled_with_an_object() -> None:
    for name, route in patterns().items():
        if route.startswith(SHOP_PREFIX):
            parts = {part.partition(">")[0].partition(":")[2] for part in route.split("<")[1:]} - {"slug"}
            assert parts == set(SHOP_ADDRESSES[name].slots), name


# --- the same calls work for whose shop it is: else what follows would prove nothing ---


@pytest.mark.parametrize(("name", "method"), ALLOWED)
def test_the_owner_reaches_it(stocked: Stocked, owner: User, as_user: Login, name: str, method: str) -> None:
    answer = send(as_user(owner), method, stocked.path(name), stocked.data(name))
    assert answer.status_code in (200, 302), (answer.status_code, answer.content[:500])


@EACH
@BOTH
def test_another_method_is_refused_not_served(
    stocked: Stocked, owner: User, as_user: Login, name: str, method: str
) -> None:
    if method in SHOP_ADDRESSES[name].methods:
        return
    before = stocked.rows()
    assert send(as_user(owner), method, stocked.path(name), stocked.data(name)).status_code == 405
    assert stocked.rows() == before


# --- who may not ---


@EACH
@BOTH
@pytest.mark.parametrize("who", ["outsider", "stranger"])
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "fragment"])
def test_nobody_else_reaches_a_shop(
    stocked: Stocked,
    as_user: Login,
    request: pytest.FixtureRequest,
    name: str,
    method: str,
    who: str,
    htmx: bool,
) -> None:
    client = as_user(request.getfixturevalue(who))
    before = stocked.rows()
    headers = {"HX-Request": "true"} if htmx else {}
    answer = send(client, method, stocked.path(name), stocked.data(name), **headers)
    assert answer.status_code == 404
    assert stocked.merchant.name not in answer.content.decode()
    assert stocked.rows() == before


@pytest.mark.parametrize("name", WITH_OBJECT)
@BOTH
def test_a_shops_object_does_not_exist_in_another_shop(
    stocked: Stocked, stranger: User, their_slug: str, as_user: Login, name: str, method: str
) -> None:
    before = stocked.rows()
    answer = send(as_user(stranger), method, stocked.path(name, their_slug), stocked.data(name))
    assert answer.status_code == (404 if method in SHOP_ADDRESSES[name].methods else 405)
    assert stocked.rows() == before


@pytest.mark.parametrize("name", WITH_IDS_IN_DATA)
def test_ids_of_another_shop_in_a_form_mean_nothing(
    stocked: Stocked, stranger: User, their_slug: str, as_user: Login, name: str
) -> None:
    before = stocked.rows()
    client = as_user(stranger)
    answer = send(client, POST, stocked.path(name, their_slug), stocked.data(name), **{"HX-Request": "true"})
    assert answer.status_code in (200, 422)
    assert "Oak bowl" not in answer.content.decode()
    assert "Tea towel" not in answer.content.decode()
    if GET in SHOP_ADDRESSES[name].methods:
        assert "Oak bowl" not in client.get(stocked.path(name, their_slug)).content.decode()
    assert stocked.rows() == before


@pytest.mark.parametrize(("name", "method"), OWNERS_ONLY)
def test_what_only_owners_may_do_does_not_exist_for_staff(
    stocked: Stocked, staff: User, as_user: Login, name: str, method: str
) -> None:
    before = stocked.rows()
    assert send(as_user(staff), method, stocked.path(name), stocked.data(name)).status_code == 404
    assert stocked.rows() == before


@pytest.mark.parametrize(("name", "method"), [pair for pair in ALLOWED if pair not in OWNERS_ONLY])
def test_staff_reach_everything_else(stocked: Stocked, staff: User, as_user: Login, name: str, method: str) -> None:
    answer = send(as_user(staff), method, stocked.path(name), stocked.data(name))
    assert answer.status_code in (200, 302), (answer.status_code, answer.content[:500])


@EACH
@BOTH
def test_a_visitor_is_sent_to_log_in(stocked: Stocked, name: str, method: str) -> None:
    before = stocked.rows()
    answer = send(Client(), method, stocked.path(name), stocked.data(name))
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/?next=/m/")
    assert stocked.rows() == before


@EACH
@BOTH
def test_a_shop_that_never_was_answers_as_one_that_is_not_yours(
    stocked: Stocked, stranger: User, as_user: Login, name: str, method: str
) -> None:
    client = as_user(stranger)
    theirs = send(client, method, stocked.path(name), stocked.data(name))
    nobodys = send(client, method, stocked.path(name, "never-was"), stocked.data(name))
    assert (theirs.status_code, theirs.content) == (nobodys.status_code, nobodys.content)


def test_an_account_without_a_shop_leads_to_creating_one(outsider: User, as_user: Login) -> None:
    assert as_user(outsider).get(reverse("home")).url == reverse("tenancy:shop_new")
