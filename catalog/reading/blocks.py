"""What a format makes of rows: columns of products and variants ready for COPY, issues, and a count of every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from catalog.reading.errors import Issue

PRODUCT_COLUMNS = (
    "key", "sku", "title", "description", "vendor", "product_type", "tags", "status", "price", "compare_at",
    "quantity", "attributes", "extra", "image_url", "search_text", "position",
)  # fmt: skip
VARIANT_COLUMNS = (
    "product_key", "key", "sku", "options", "price", "compare_at", "quantity", "barcode", "image_url", "extra",
    "position", "search_text",
)  # fmt: skip
Cell = str | None
Columns = Sequence[Sequence[Cell]]
SHORT = 255  # characters of a key, SKU or vendor
TYPE_LENGTH = 500


@dataclass(slots=True)
class Tally:
    """Where every row went: rows = products + continued + blank + skipped."""

    rows: int = 0
    products: int = 0
    variants: int = 0
    continued: int = 0  # further rows of a product: variants and pictures
    blank: int = 0
    skipped: int = 0
    errors: int = 0
    warnings: int = 0

    def add(self, other: Tally) -> None:
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))

    @property
    def complete(self) -> bool:
        return self.rows == self.products + self.continued + self.blank + self.skipped


@dataclass(slots=True)
class Block:
    """`products` and `variants` are columns in the order above, all equally long; text is unescaped, None is NULL."""

    products: Columns = ()
    variants: Columns = ()
    issues: list[Issue] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class Provided:
    """What a file says anything about; all else stays as it is in the shop.

    `attributes` and `extra` are the labels it may set, None where it sets them as a whole.
    """

    fields: frozenset[str]
    variants: frozenset[str] = frozenset()
    attributes: tuple[str, ...] | None = ()
    extra: tuple[str, ...] | None = ()
