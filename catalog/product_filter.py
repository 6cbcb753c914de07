"""What the product list is filtered by: the catalog's own filter, and one state that an extension knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from catalog import extensions, listing
from catalog.models import Product

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
