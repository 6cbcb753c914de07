"""Every address of a shop, tried by everybody who may not: a 404, never a 403, and nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from catalog.models import CatalogFile, DescriptionVersion, Product
from copywriter.models import Draft
from foundation.jobs.models import Job, JobItem, JobStatus
from foundation.tenancy import services
from foundation.tenancy.models import Invitation, Membership, Merchant, Role, User
from foundation.tenancy.scope import merchant_scope
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
REFUSED = 404


def _patterns(entries: list[Any], namespace: str = "", prefix: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    for entry in entries:
        if isinstance(entry, URLResolver):
            inner = ":".join(filter(None, [namespace, entry.namespace]))
            yield from _patterns(entry.url_patterns, inner, prefix + str(entry.pattern))
        else:
            yield ":".join(filter(None, [namespace, entry.name or ""])), prefix + str(entry.pattern), entry


def shop_addresses() -> dict[str, set[str]]:
    """By name: the arguments of every address under a shop."""
    found = {}
    for name, route, pattern in _patterns(get_resolver().url_patterns):
        if route.startswith("m/<slug:slug>/"):
            assert name, f"{route} needs a name"
            found[name] = set(pattern.pattern.converters) | {"slug"}
    return found


ADDRESSES = shop_addresses()


@pytest.fixture
def things(shop: Merchant, owner: User, make_job: Callable[..., Job]) -> dict[str, dict[str, int]]:
    """One of everything that belongs to the shop: by the part of a name, its arguments."""
    job = make_job(shop, JobStatus.FAILED, done=1, failed=1)
    with merchant_scope(shop):
        file = CatalogFile(original_name="x.csv", path="x", size=1, sha256="x", status="published")
        file.save()
        product = Product(key="vase", title="Vase", description="A vase.")
        product.save()
        version = DescriptionVersion(product=product, text="An older vase.", origin="import")
        version.save()
        draft = Draft(product=product, job=job, text="A new vase.", original_text="A new vase.")
        draft.save()
    services.invite(shop, "guest@example.com", "staff", owner)
    person = Membership.objects.create(
        merchant=shop, user=User.objects.create_user("p@example.com", PASSWORD), role=Role.STAFF
    )
    file_ids, draft_ids = {"pk": file.pk}, {"pk": draft.pk}
    return {
        "catalog:product_detail": {"pk": product.pk},
        "catalog:restore": {"pk": product.pk, "version": version.pk},
        "catalog:*": file_ids,
        "copywriter:*": draft_ids,
        "jobs:*": {"job_id": job.pk},
        "tenancy:withdraw": {"invitation_id": Invitation.objects.get().pk},
        "tenancy:*": {"membership_id": person.pk},
    }


def _arguments(name: str, things: dict[str, dict[str, int]]) -> dict[str, Any]:
    wanted = ADDRESSES[name] - {"slug"}
    if not wanted:
        return {}
    given = things.get(name) or things[name.split(":")[0] + ":*"]
    assert set(given) == wanted, f"{name} takes {wanted}: add it to the fixture `things`"
    return given


def _answers(client: Client, address: str) -> set[int]:
    """Of both methods and of htmx; a method that the view does not take answers 405 before it looks at anything."""
    answers = {
        client.get(address).status_code,
        client.get(address, headers={"HX-Request": "true"}).status_code,
        client.post(address, {"role": "owner", "text": "mine"}).status_code,
    }
    return answers - {405}


def _snapshot() -> list[Any]:
    rows: list[Any] = [list(model.unscoped.order_by("pk").values()) for model in (Job, JobItem, Product, Draft)]
    rows += [list(model.unscoped.order_by("pk").values()) for model in (CatalogFile, DescriptionVersion)]
    return [*rows, list(Membership.objects.order_by("pk").values()), list(Invitation.objects.values())]


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_a_shop_does_not_exist_for_others(
    name: str, things: dict[str, dict[str, int]], shop: Merchant, stranger: User, as_user: Login
) -> None:
    address = reverse(name, kwargs={"slug": shop.slug, **_arguments(name, things)})
    nobody = User.objects.create_user("nobody@example.com", PASSWORD)
    before = _snapshot()
    for user in (stranger, nobody):
        assert _answers(as_user(user), address) == {REFUSED}
    visitor = Client().get(address)
    assert (visitor.status_code, visitor.headers.get("Location")) == (302, f"/accounts/login/?next={address}")
    assert _snapshot() == before


@pytest.mark.parametrize("name", sorted(name for name, arguments in ADDRESSES.items() if arguments != {"slug"}))
def test_a_thing_of_one_shop_does_not_exist_in_another(
    name: str, things: dict[str, dict[str, int]], stranger: User, as_user: Login
) -> None:
    other = Merchant.objects.get(memberships__user=stranger)
    address = reverse(name, kwargs={"slug": other.slug, **_arguments(name, things)})
    before = _snapshot()
    assert _answers(as_user(stranger), address) == {REFUSED}
    assert _snapshot() == before
