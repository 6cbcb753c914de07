from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from catalog.models import Product
from foundation.jobs.models import Job
from foundation.jobs.queues import Queue
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import create_merchant

MakeProduct = Callable[..., Product]


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("owner@example.org", "correct horse battery")


@pytest.fixture
def shop(owner: User) -> Iterator[Merchant]:
    merchant = create_merchant("Shop", owner)
    with merchant_scope(merchant):
        yield merchant


@pytest.fixture
def make_product(shop: Merchant) -> MakeProduct:
    """A product with enough facts to write about, unless told otherwise."""

    def make(title: str = "Ceramic Coffee Mug", **fields: object) -> Product:
        given = {
            "vendor": "Northwind",
            "attributes": {"Material": "stoneware", "Colour": "blue", "Capacity": "350 ml", "Weight": "0.4 kg"},
            **fields,
        }
        return Product.objects.create(key=f"{title}-{Product.objects.count()}", title=title, **given)

    return make


@pytest.fixture
def job(shop: Merchant) -> Job:
    return Job.objects.create(kind="copy.describe", queue=Queue.BULK)
