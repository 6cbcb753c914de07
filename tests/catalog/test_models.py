from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from catalog.models import CatalogFile, Product, Variant
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import OutsideScope, merchant_scope
from foundation.tenancy.services import create_merchant


def a_file() -> CatalogFile:
    return CatalogFile.objects.create(original_name="a.csv", path="1/a", size=1, sha256="0" * 64)


def test_products_are_closed_without_a_scope(db: None) -> None:
    with pytest.raises(OutsideScope):
        Product.objects.exists()


def test_a_key_is_unique_within_its_shop_only(shop: Merchant, owner: User) -> None:
    Product.objects.create(key="a", title="A")
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.create(key="a", title="B")
    with merchant_scope(create_merchant("Other", owner)):
        Product.objects.create(key="a", title="C")


def test_the_database_refuses_a_variant_under_another_shops_product(shop: Merchant, owner: User) -> None:
    product = Product.objects.create(key="a", title="A")
    with merchant_scope(create_merchant("Other", owner)), pytest.raises(IntegrityError), transaction.atomic():
        Variant.objects.create(product_id=product.pk, key="v")


def test_a_json_default_of_the_database_is_an_object(shop: Merchant) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalog_product (merchant_id, key, title, created_at, updated_at)"
            " VALUES (%s, 'k', 't', now(), now())",
            [shop.pk],
        )
    assert Product.objects.get(key="k").attributes == {}


def test_a_deleted_file_leaves_its_products(shop: Merchant) -> None:
    file = a_file()
    Product.objects.create(key="a", title="A", file_id=file.pk)
    assert Product.objects.get(key="a").file == file
    file.delete()
    assert Product.objects.get(key="a").file is None
