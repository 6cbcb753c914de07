"""Shared by formats whose products stand on several rows: cells by field, values with their issues, rows as columns."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from catalog.reading import values
from catalog.reading.blocks import PRODUCT_COLUMNS, SHORT, TYPE_LENGTH, VARIANT_COLUMNS, Block, Cell
from catalog.reading.errors import Issue
from catalog.reading.search_text import normalise
from catalog.reading.table import shown


class Sheet:
    """Cells of a row by field name, for columns that may be absent."""

    def __init__(self, columns: Sequence[str], mapping: dict[str, Any]) -> None:
        self.columns = columns
        places = {name: index for index, name in enumerate(columns)}
        self.mapping = {field: column for field, column in mapping.items() if column in places}
        self.at = {field: places[column] for field, column in self.mapping.items()}

    def get(self, cells: Sequence[str], field: str) -> str:
        index = self.at.get(field)
        return cells[index].strip() if index is not None else ""

    def raw(self, cells: Sequence[str], field: str) -> str:
        index = self.at.get(field)
        return cells[index] if index is not None else ""


class Collector:
    """Rows of products and variants of one block, with the issues found on the way."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.products: list[tuple[Cell, ...]] = []
        self.variants: list[tuple[Cell, ...]] = []
        self.block = Block()

    def issue(
        self, row: int, code: str, cells: Sequence[str], column: str = "", warning: bool = False, **p: Any
    ) -> None:
        self.block.issues.append(Issue(row, code, column, p, shown(tuple(cells)), warning))

    def price(self, row: int, cells: Sequence[str], field: str) -> str | None:
        return self._number(values.price, "not_a_price", row, cells, field)

    def count(self, row: int, cells: Sequence[str], field: str) -> str | None:
        return self._number(values.count, "not_a_number", row, cells, field)

    def _number(
        self, read: Callable[[str], str | None], code: str, row: int, cells: Sequence[str], field: str
    ) -> str | None:
        cell = self.sheet.get(cells, field)
        try:
            return read(cell)
        except ValueError:
            self.issue(row, code, cells, self.sheet.mapping[field], warning=True, value=cell[:80])
            return None

    def short(self, row: int, cells: Sequence[str], field: str) -> str:
        """A text cut to what its column holds, with a warning where something was cut."""
        cell = self.sheet.get(cells, field)
        limit = TYPE_LENGTH if field == "product_type" else SHORT
        if len(cell) > limit:
            self.issue(row, "cut", cells, self.sheet.mapping[field], warning=True, limit=limit)
        return cell[:limit]

    def add_product(self, position: int, **fields: Any) -> None:
        fields["search_text"] = normalise(f"{fields['title']} {fields['sku']}")
        fields["position"] = str(position)
        for name in ("attributes", "extra"):
            fields[name] = json.dumps(fields[name], ensure_ascii=False)
        self.products.append(tuple(fields.get(name, "") for name in PRODUCT_COLUMNS))

    def add_variant(self, position: int, **fields: Any) -> None:
        fields["search_text"] = normalise(fields["sku"]) if fields["sku"] else ""
        fields["position"] = str(position)
        for name in ("options", "extra"):
            fields[name] = json.dumps(fields[name], ensure_ascii=False)
        self.variants.append(tuple(fields.get(name, "") for name in VARIANT_COLUMNS))

    def finish(self) -> Block:
        block, tally = self.block, self.block.tally
        block.products = list(zip(*self.products, strict=True))
        block.variants = list(zip(*self.variants, strict=True))
        tally.products += len(self.products)
        tally.variants += len(self.variants)
        tally.warnings += sum(1 for issue in block.issues if issue.warning)
        tally.errors += sum(1 for issue in block.issues if not issue.warning)
        return block


def matched(columns: Sequence[str], names: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Field → the file's own column name; case and space around a name do not matter."""
    present = {column.strip().casefold(): column for column in reversed(columns)}
    result = {}
    for field, candidates in names.items():
        column = next((present[name.casefold()] for name in candidates if name.casefold() in present), None)
        if column is not None:
            result[field] = column
    return result


def leftovers(columns: Sequence[str], cells: Sequence[str], places: Sequence[int]) -> dict[str, str]:
    """The filled cells of columns that no field took."""
    return {columns[index]: cells[index] for index in places if cells[index].strip()}
