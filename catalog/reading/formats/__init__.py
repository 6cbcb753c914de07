"""The formats, most particular first; the plain one takes what is left."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.formats.base import Format, Reader
from catalog.reading.formats.plain import Plain
from catalog.reading.formats.shopify import Shopify
from catalog.reading.formats.woocommerce import WooCommerce

__all__ = ["FORMATS", "Format", "Reader", "format_named", "recognise"]

FORMATS: tuple[Format, ...] = (Shopify(), WooCommerce(), Plain())


def recognise(columns: Sequence[str]) -> str:
    return next(item.name for item in FORMATS if item.recognises(columns))


def format_named(name: str) -> Format:
    """Raises KeyError."""
    return {item.name: item for item in FORMATS}[name]
