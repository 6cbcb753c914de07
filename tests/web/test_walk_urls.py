"""Every address of the product, tried by everybody who may not have what is behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from foundation.tenancy.models import Merchant, User
from tests.web.addresses import GET, OTHER_ADDRESSES, POST, SHOP_ADDRESSES, SHOP_PREFIX, patterns
from tests.web.conftest import PASSWORD
from tests.web.shops import Stocked, stock

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]

EACH = [(name, method) for name in SHOP_ADDRESSES for method in (GET, POST)]
WITH_OBJECT = [name for name, address in SHOP_ADDRESSES.items() if address.slots]
WITH_IDS_IN_DATA = [name for name, address in SHOP_ADDRESSES.items() if address.names_objects_in_data]
OWNERS_ONLY = [(name, method) for name, address in SHOP_ADDRESSES.items() for method in address.owners_only]
ALLOWED = [(name, method) for name, address in SHOP_ADDRESSES.items() for method in address.methods]


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


class Walk:
    """Tries addresses one after the other, each on the same rows, and keeps every answer that is not as it should be.

    One test walks them all: making a shop for each of several hundred calls would take minutes.
    """

    def __init__(self, shop: Stocked, client: Client) -> None:
        self.shop, self.client, self.wrong = shop, client, list[str]()
        self.rows = shop.rows()

    def ask(self, name: str, method: str, slug: str = "", **headers: str) -> Any:
        with transaction.atomic():
            path, data = self.shop.path(name, slug), self.shop.data(name)
            answer = send(self.client, method, path, data, **headers)
            transaction.set_rollback(True)
        return answer

    def untouched(self, name: str, method: str, slug: str = "", **headers: str) -> Any:
        """As `ask`; whatever the answer, nothing of the shop may have changed."""
        with transaction.atomic():
            answer = send(self.client, method, self.shop.path(name, slug), self.shop.data(name), **headers)
            if self.shop.rows() != self.rows:
                self.wrong.append(f"{method} {name} changed the shop")
            transaction.set_rollback(True)
        return answer

    def expect(self, holds: bool, name: str, method: str, answer: Any) -> None:
        if not holds:
            self.wrong.append(f"{method} {name}: {answer.status_code} {answer.headers.get('Location', '')}")


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


@pytest.mark.parametrize("who", ["owner", "staff"])
def test_who_belongs_to_the_shop_reaches_it(
    stocked: Stocked, as_user: Login, request: pytest.FixtureRequest, who: str
) -> None:
    walk = Walk(stocked, as_user(request.getfixturevalue(who)))
    for name, method in ALLOWED:
        if who == "owner" or (name, method) not in OWNERS_ONLY:
            answer = walk.ask(name, method)
            walk.expect(answer.status_code in (200, 302), name, method, answer)
    assert walk.wrong == []


def test_what_is_read_changes_nothing(stocked: Stocked, owner: User, as_user: Login) -> None:
    walk = Walk(stocked, as_user(owner))
    for name, method in ALLOWED:
        if method == GET:
            walk.untouched(name, method)
    assert walk.wrong == []


def test_another_method_is_refused_not_served(stocked: Stocked, owner: User, as_user: Login) -> None:
    walk = Walk(stocked, as_user(owner))
    for name, method in EACH:
        if (name, method) not in ALLOWED:
            answer = walk.untouched(name, method)
            walk.expect(answer.status_code == 405, name, method, answer)
    assert walk.wrong == []


# --- who may not ---


@pytest.mark.parametrize("who", ["outsider", "stranger"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_nobody_else_reaches_a_shop(
    stocked: Stocked, as_user: Login, request: pytest.FixtureRequest, who: str, headers: dict[str, str]
) -> None:
    walk = Walk(stocked, as_user(request.getfixturevalue(who)))
    for name, method in EACH:
        answer = walk.untouched(name, method, **headers)
        silent = stocked.merchant.name not in answer.content.decode()
        walk.expect(answer.status_code == 404 and silent, name, method, answer)
    assert walk.wrong == []


def test_a_shops_object_does_not_exist_in_another_shop(
    stocked: Stocked, stranger: User, their_slug: str, as_user: Login
) -> None:
    walk = Walk(stocked, as_user(stranger))
    for name in WITH_OBJECT:
        for method in SHOP_ADDRESSES[name].methods:
            answer = walk.untouched(name, method, their_slug)
            walk.expect(answer.status_code == 404, name, method, answer)
    assert walk.wrong == []


@pytest.mark.parametrize("name", WITH_IDS_IN_DATA)
def test_ids_of_another_shop_in_a_form_mean_nothing(
    stocked: Stocked, stranger: User, their_slug: str, as_user: Login, name: str
) -> None:
    walk = Walk(stocked, as_user(stranger))
    for method in SHOP_ADDRESSES[name].methods:
        page = walk.untouched(name, method, their_slug, **{"HX-Request": "true"}).content.decode()
        assert "Oak bowl" not in page
        assert "Tea towel" not in page
    assert walk.wrong == []


def test_what_only_owners_may_do_does_not_exist_for_staff(stocked: Stocked, staff: User, as_user: Login) -> None:
    walk = Walk(stocked, as_user(staff))
    for name, method in OWNERS_ONLY:
        answer = walk.untouched(name, method)
        walk.expect(answer.status_code == 404, name, method, answer)
    assert walk.wrong == []


def test_a_visitor_is_sent_to_log_in(stocked: Stocked) -> None:
    walk = Walk(stocked, Client())
    for name, method in EACH:
        answer = walk.untouched(name, method)
        to_login = answer.headers.get("Location", "").startswith("/accounts/login/?next=/m/")
        walk.expect(answer.status_code == 302 and to_login, name, method, answer)
    assert walk.wrong == []


def test_a_shop_that_never_was_answers_as_one_that_is_not_yours(
    stocked: Stocked, stranger: User, as_user: Login
) -> None:
    walk = Walk(stocked, as_user(stranger))
    for name, method in EACH:
        theirs, nobodys = walk.ask(name, method), walk.ask(name, method, "never-was")
        same = (theirs.status_code, theirs.content) == (nobodys.status_code, nobodys.content)
        walk.expect(same, name, method, nobodys)
    assert walk.wrong == []


def test_an_account_has_only_its_own_pages(stocked: Stocked, outsider: User, as_user: Login) -> None:
    """Whoever has no shop sees nothing of one on the addresses that name none."""
    client = as_user(outsider)
    private = (f"/m/{stocked.merchant.slug}/", stocked.owner.email, stocked.staff.email)
    for name in OTHER_ADDRESSES:
        route = patterns()[name]
        if "<" not in route:
            with transaction.atomic():
                page = client.get(reverse(name), follow=True)
                transaction.set_rollback(True)
            assert page.status_code in (200, 404, 405), name
            assert not [each for each in private if each in page.content.decode()], name
