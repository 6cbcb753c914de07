"""The demo shop: its catalog file, and the command that makes it."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from catalog.models import Product, Variant
from ecomsite.demo import seeding
from foundation.tenancy.models import Membership, Merchant, User
from foundation.tenancy.scope import merchant_scope

FACTS = ("Vendor", "Type", "Tags", "Option2 Value", "Material", "Dimensions", "Features", "Ingredients", "Capacity")


def _rows() -> list[dict[str, str]]:
    with seeding.CATALOG.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _facts(row: dict[str, str]) -> int:
    return sum(bool(value) for name, value in row.items() if name.split(" (")[0] in FACTS)


def test_the_catalog_has_products_of_every_kind() -> None:
    products = [row for row in _rows() if row["Title"]]
    assert len(products) >= 36
    assert len({row["Handle"] for row in products}) == len(products)
    assert sum(_facts(row) <= 2 for row in products) >= 6
    assert sum(_facts(row) >= 4 for row in products) >= 30
    assert sum(not row["Body (HTML)"] for row in products) >= 30
    assert any(row["Body (HTML)"] for row in products)
    assert len({row["Vendor"] for row in products}) >= 10


def test_every_sku_of_the_catalog_is_its_own() -> None:
    skus = [row["Variant SKU"] for row in _rows() if row["Variant SKU"]]
    assert len(skus) == len(set(skus))


@pytest.mark.django_db
def test_the_demo_shop_is_made_once() -> None:
    call_command("seed_demo", stdout=StringIO())
    call_command("seed_demo", stdout=StringIO())
    owner = User.objects.get(email=seeding.EMAIL)
    shop = Merchant.objects.get(is_demo=True)
    assert owner.check_password(seeding.password())
    assert Membership.objects.get(user=owner, merchant=shop).is_owner
    with merchant_scope(shop):
        assert Product.objects.count() == sum(bool(row["Title"]) for row in _rows())
        assert Variant.objects.filter(product__key="fjella-merino-base-layer").count() == 8


@pytest.mark.django_db
def test_an_interrupted_seeding_is_finished_by_the_next() -> None:
    seeding.demo_shop(seeding.demo_owner())  # and then the power went
    call_command("seed_demo", stdout=StringIO())
    with merchant_scope(Merchant.objects.get(is_demo=True)):
        assert Product.objects.exists()
