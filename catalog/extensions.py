"""What apps above the catalog add to its pages. They register in `AppConfig.ready()`; the catalog knows none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from catalog.models import Product
from foundation.tenancy.http import ShopRequest


@dataclass(frozen=True, slots=True)
class Mark:
    """A badge beside a product in the list. `tone` is one of ok, info, warn, bad or ""."""

    label: str
    tone: str = ""
    url: str = ""


class Extension(Protocol):
    """`panel_template` is shown on a product's page, `bulk_template` in the bar under ticked products.

    Both get what `panel(product)` / `bulk()` return. `choices` are more states to filter the list by.
    """

    name: str
    panel_template: str
    bulk_template: str

    def choices(self) -> Sequence[tuple[str, str]]: ...
    def narrow(self, products: QuerySet[Product], choice: str) -> QuerySet[Product]: ...
    def marks(self, slug: str, products: Sequence[Product]) -> Mapping[int, Mark]: ...
    def panel(self, product: Product) -> dict[str, Any]: ...


_extensions: dict[str, Extension] = {}


def register(extension: Extension) -> None:
    _extensions[extension.name] = extension


def choices() -> list[tuple[str, str]]:
    return [choice for extension in _extensions.values() for choice in extension.choices()]


def knows(state: str) -> bool:
    return any(state == value for value, _label in choices())


def narrow(products: QuerySet[Product], state: str) -> QuerySet[Product]:
    """The products of which `state`, one of `choices()`, is true."""
    for extension in _extensions.values():
        if any(state == value for value, _label in extension.choices()):
            products = extension.narrow(products, state)
    return products


def marks(slug: str, products: Sequence[Product]) -> dict[int, list[Mark]]:
    """By product id; one query an extension, however many products."""
    found: dict[int, list[Mark]] = {}
    for extension in _extensions.values():
        for pk, mark in extension.marks(slug, products).items():
            found.setdefault(pk, []).append(mark)
    return found


def panels(request: ShopRequest, product: Product) -> list[SafeString]:
    return [
        render_to_string(extension.panel_template, {"product": product, **extension.panel(product)}, request)
        for extension in _extensions.values()
    ]


def bulk_templates() -> list[str]:
    return [extension.bulk_template for extension in _extensions.values()]
