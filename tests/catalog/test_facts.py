from __future__ import annotations

from catalog import services
from catalog.facts import product_facts
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
    services.set_description(Product.objects.get(key="A-2"), "Made of gold.", Origin.MODEL)
    assert "description" not in facts("A-2")


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
