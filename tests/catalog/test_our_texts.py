"""What an export gave away and an import brings back stays whose it was."""

from __future__ import annotations

import pytest

from catalog import services
from catalog.facts import product_facts
from catalog.models import DescriptionVersion, Origin, Product
from foundation.tenancy.models import Merchant, User
from tests.catalog.factories import PLAIN, SHOPIFY, exported, take_in
from tests.catalog.workbooks import workbook

TEXT = 'A 5 < 6 "big" mug – soft & warm.\n\nWash by hand.\nDry it.'


def described(product: Product) -> tuple[str, str, int | None]:
    product.refresh_from_db(from_queryset=Product.objects.all())
    return product.description, product.description_origin, product.described_by_id


def facts(product: Product) -> dict[str, str]:
    return {fact.source: fact.value for fact in product_facts(product)}


@pytest.mark.parametrize("text", [TEXT, "=SUM(1) of it", "'quoted' stool"])
@pytest.mark.parametrize(
    ("data", "key"),
    [
        (SHOPIFY.encode(), "oak-stool"),
        (PLAIN.encode("cp1252"), "A-3"),
        ("sku,title,description\n1,杯子,旧\n".encode("gb18030"), "1"),
        (workbook([["sku", "title", "description"], ["1", "One", "old"]]), "1"),
    ],
)
def test_a_models_text_stays_a_models_text(shop: Merchant, owner: User, data: bytes, key: str, text: str) -> None:
    file = take_in(data)
    product = Product.objects.get(key=key)
    services.set_description(product, text, Origin.MODEL, owner)
    again = take_in(exported(file))
    assert described(product) == (text, Origin.MODEL, owner.pk)
    assert (again.counts["changed"], DescriptionVersion.objects.filter(product=product).count()) == (0, 1)
    assert exported(again) == exported(file)


def test_what_the_encoding_lacked_does_not_make_it_the_shops(shop: Merchant) -> None:
    file = take_in("sku,title,description\n1,Größe,old\n".encode("cp1252"))
    product = services.set_description(Product.objects.get(), "Łódź ✓ 5 cm", Origin.MODEL)
    take_in(exported(file))
    assert described(product) == ("Łódź ✓ 5 cm", Origin.MODEL, None)


def test_an_earlier_text_of_the_models_comes_back_as_the_models(shop: Merchant, owner: User) -> None:
    file = take_in(SHOPIFY)
    product = services.set_description(Product.objects.get(key="mug"), "Made of <gold>.", Origin.MODEL, owner)
    gone = exported(file)
    services.set_description(product, "By hand.", Origin.PERSON)
    take_in(gone)
    assert described(product) == ("Made of <gold>.", Origin.MODEL, owner.pk)
    newest = DescriptionVersion.objects.filter(product=product).latest("pk")
    assert (newest.text, newest.origin) == ("By hand.", Origin.PERSON)


def test_another_text_is_the_shops(shop: Merchant) -> None:
    file = take_in(SHOPIFY)
    product = services.set_description(Product.objects.get(key="mug"), "Made of gold.", Origin.MODEL)
    take_in(exported(file).replace(b"Made of gold.", b"Made of clay."))
    assert described(product) == ("<p>Made of clay.</p>", Origin.IMPORT, None)
    assert facts(product)["description"] == "Made of clay."


def test_the_shops_own_text_still_comes_back(shop: Merchant) -> None:
    file = take_in(SHOPIFY)
    product = services.set_description(Product.objects.get(key="oak-stool"), "Made of gold.", Origin.MODEL)
    take_in(exported(file))
    take_in(SHOPIFY)
    assert described(product) == ("<p>A stool.</p>", Origin.IMPORT, None)
