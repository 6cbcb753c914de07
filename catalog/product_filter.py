"""What the product list is filtered by: the catalog's own filter, and one state that an extension knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from catalog import extensions, listing
from catalog.models import Product
from foundation.tenancy.row_ids import row_id

WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class ProductFilter:
    """`state` is "", `without` (a description), or one of the extensions' choices."""

    base: listing.Filter
    state: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> ProductFilter:
        base = listing.Filter.from_query(query)
        state = str(query.get("state", ""))
        if state == WITHOUT or base.without_description:
            return cls(listing.Filter.from_query({**base.to_query(), "without_description": "1"}), WITHOUT)
        return cls(base, state if extensions.knows(state) else "")

    def to_query(self) -> dict[str, str]:
        query = {name: value for name, value in self.base.to_query().items() if name != "without_description"}
        return {**query, "state": self.state} if self.state else query

    @property
    def is_plain(self) -> bool:
        """Whether the catalog's own filter says it all."""
        return self.state in ("", WITHOUT)

    def products(self) -> QuerySet[Product]:
        """Those that match, in no order."""
        found = listing.matching(self.base)
        return extensions.narrow(found, self.state) if not self.is_plain else found

    def count(self, most: int) -> int:
        """How many match, but at most `most`: counting on through 200,000 would take longer than all else."""
        return self.products().order_by()[:most].count()

    def page(self, after: str | None, before: str | None, size: int) -> listing.Page:
        """As `listing.page`, which knows the catalog's own filter and answers it from its indexes."""
        if self.is_plain:
            return listing.page(self.base, after, before, size)
        return _by_keyset(self.products(), row_id(after), row_id(before), size)


def _by_keyset(products: QuerySet[Product], after: int | None, before: int | None, size: int) -> listing.Page:
    if before is not None:
        rows = list(products.filter(pk__lt=before).order_by("-pk")[: size + 1])
        if rows:
            shown = rows[:size][::-1]
            return listing.Page(shown, str(shown[-1].pk), str(shown[0].pk) if len(rows) > size else None)
        after = None
    rows = list((products if after is None else products.filter(pk__gt=after)).order_by("pk")[: size + 1])
    shown = rows[:size]
    return listing.Page(
        shown,
        str(shown[-1].pk) if len(rows) > size else None,
        str(shown[0].pk) if shown and after is not None else None,
    )
