from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from catalog import services
from catalog.facts import for_facts, product_facts
from catalog.models import Origin, Product
from catalog.text import as_html, harmless, plain
from foundation.tenancy.models import Merchant
from tests.catalog.factories import PLAIN, SHOPIFY, take_in


def facts(key: str) -> dict[str, str]:
    return {fact.source: fact.value for fact in product_facts(Product.objects.get(key=key))}


def test_a_product_with_variants_says_its_options_and_prices(shop: Merchant) -> None:
    take_in(SHOPIFY)
    assert facts("wool-scarf") == {
        "title": "Wool Scarf",
        "product_type": "Scarf",
        "vendor": "Loom",
        "option:Color": "Red, Blue",
        "option:Size": "S, L",
        "tags": "wool",
        "price": "29.90–31.90",
    }


def test_a_plain_product_says_its_attributes(shop: Merchant) -> None:
    take_in(PLAIN)
    assert facts("A-2") == {
        "title": "Wool scarf",
        "attribute:Material": "wool",
        "price": "1299.50",
        "description": "Warm",
    }


def test_a_description_by_a_model_proves_nothing(shop: Merchant) -> None:
    take_in(PLAIN)
    services.set_description(Product.objects.get(key="A-1"), "Made of gold.", Origin.MODEL)
    assert "description" not in facts("A-1")


def test_the_shops_last_own_text_stays_a_fact_under_a_models(shop: Merchant) -> None:
    take_in(PLAIN)
    product = Product.objects.get(key="A-2")
    services.set_description(product, "Made of gold.", Origin.MODEL)
    services.set_description(product, "Made of silver.", Origin.MODEL)
    assert facts("A-2")["description"] == "Warm"
    services.set_description(product, "<p>Warm &amp; by hand.</p>", Origin.PERSON)
    assert facts("A-2")["description"] == "Warm & by hand."
    services.set_description(product, "Made of gold.", Origin.MODEL)
    assert facts("A-2")["description"] == "Warm & by hand."


def test_what_the_shop_emptied_is_no_fact_any_more(shop: Merchant) -> None:
    take_in("sku,title,description\n1,One,Old\n")
    take_in("sku,title,description\n1,One,\n")
    services.set_description(Product.objects.get(), "Made of gold.", Origin.MODEL)
    assert "description" not in facts("1")


def test_the_facts_of_many_products_cost_no_query_each(
    shop: Merchant, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    take_in(PLAIN)
    for product in Product.objects.all():
        services.set_description(product, "Made of gold.", Origin.MODEL)
        services.set_description(product, "By hand: " + product.key, Origin.PERSON)
        services.set_description(product, "Made of silver.", Origin.MODEL)
    with django_assert_num_queries(3):
        products = list(Product.objects.order_by("key").prefetch_related(*for_facts()))
        found = [product_facts(product, list(product.variants.all()))[-1].value for product in products]
    assert found == ["By hand: A-1", "By hand: A-2", "By hand: A-3"]


def test_html_is_read_as_text() -> None:
    assert plain("<p>One &amp; two<br>three</p><script>x()</script><ul><li>a</li><li>b</li></ul>") == (
        "One & two\nthree\na\nb"
    )
    assert plain("5 < 6 and 7 > 2") == "5 < 6 and 7 > 2"
    assert plain("Line\\none") == "Line\none"


def test_text_becomes_paragraphs_with_nothing_live_in_them() -> None:
    assert as_html("a <b>\nc\n\nd & e") == "<p>a &lt;b&gt;<br>c</p><p>d &amp; e</p>"
    assert harmless("=1+1") == "'=1+1"
    assert harmless("1=1") == "1=1"
