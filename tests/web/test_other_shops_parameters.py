"""Ids and names of another shop where a form or an address may hold them: they name nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from catalog.models import Product
from copywriter.models import Draft, Preview, Voice
from foundation.jobs.models import Job
from foundation.tenancy.models import Membership, Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import make_product
from tests.web.reviewing import HTMX
from tests.web.shops import Stocked, stock

pytestmark = pytest.mark.django_db
THEIRS = ("Oak bowl", "Tea towel", "Harbour", "OB-S")


@pytest.fixture
def stocked(shop: Merchant, owner: User, staff: User) -> Stocked:
    return stock(shop, owner, staff)


@pytest.fixture
def mine(stranger: User) -> Merchant:
    """A shop with one product, whose owner tries what there is of the other one."""
    found = Membership.objects.get(user=stranger).merchant
    make_product(found, "Linen shirt", sku="LS", vendor="Dune", attributes={"Material": "linen"})
    return found


@pytest.fixture
def asked(stocked: Stocked, mine: Merchant, stranger: User, as_user: Callable[[User], Client]) -> Callable[..., object]:
    client = as_user(stranger)

    def ask(method: str, path: str, **data: str) -> tuple[int, str]:
        before = stocked.rows()
        send = client.get if method == "GET" else client.post
        answer = send(f"/m/{mine.slug}/{path}", data, headers=HTMX)
        assert stocked.rows() == before
        return answer.status_code, answer.content.decode()

    return ask


def test_addresses_that_name_another_shops_objects_show_none(
    asked: Callable[..., tuple[int, str]], stocked: Stocked
) -> None:
    ids = stocked.ids
    product, job, draft = str(ids["product"]), str(ids["draft_job"]), str(ids["draft"])
    for path, data in [
        ("describe/", {"ids": product}),
        ("describe/estimate/", {"ids": product}),
        ("describe/", {"all": "1", "file": str(ids["file"])}),
        ("campaigns/new/", {"ids": product}),
        ("campaigns/new/", {"ids": product, "part": "count", "wished": "1"}),
        ("campaigns/new/", {"categories": "Bowls", "part": "count", "wished": "1"}),
        ("drafts/", {"job": job}),
        ("drafts/", {"job": job, "order": "unsure", "after": draft}),
        ("drafts/passing/", {"job": job, "sure": "medium"}),
        ("quality/", {"kind": "title"}),
    ]:
        status, page = asked("GET", path, **data)
        assert status == 200, path
        assert [each for each in THEIRS if each in page] == [], path
    assert asked("GET", "campaigns/new/", like=job)[0] == 404
    assert asked("GET", "writing/voices/edit/", brand="Harbour")[0] == 404
    assert asked("GET", f"texts/{ids['preview_job']}/")[0] == 404


def test_forms_that_name_another_shops_objects_change_none(
    asked: Callable[..., tuple[int, str]], stocked: Stocked, mine: Merchant
) -> None:
    product, draft = str(stocked.ids["product"]), str(stocked.ids["draft"])
    voice = {"tone": "warm", "do": "preview"}
    for path, data, expected in [
        ("drafts/bulk/", {"ids": draft, "decision": "accept", "replace": "1", "people": "1"}, 200),
        ("drafts/bulk/", {"all": "1", "job": str(stocked.ids["draft_job"]), "decision": "reject"}, 200),
        ("drafts/undo/", {"undo": str(stocked.ids["accepted_draft"])}, 200),
        ("drafts/passing/", {"until": "9999999", "people": "1", "sure": "medium"}, 200),
        ("writing/voices/edit/", {**voice, "products": "OB-S"}, 422),
        ("writing/voices/edit/", {**voice, "products": "Oak bowl"}, 422),
        ("writing/voices/edit/", {"tone": "warm", "do": "copy", "copy_from": "Tea towel"}, 422),
        ("campaigns/new/", {"wished": "1", "kinds": "title", "takes": "1", "ids": product}, 422),
        ("campaigns/new/", {"wished": "1", "about": "categories", "takes": "1", "categories": "Bowls"}, 422),
        ("campaigns/new/", {"wished": "1", "kinds": "title", "takes": "1", "vendor": "Harbour"}, 422),
        ("describe/", {"wished": "1", "kinds": "title", "takes": "1", "ids": product}, 422),
    ]:
        status, page = asked("POST", path, **data)
        assert status == expected, (path, data)
        assert "The text before." not in page
    with merchant_scope(mine):
        assert not Draft.objects.exists()
        assert not Preview.objects.exists()
        assert not Voice.objects.exists()
        assert not Job.objects.exists()
        assert Product.objects.get().description == ""
