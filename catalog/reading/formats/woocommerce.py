"""WooCommerce's product export: a variation is a row of its own that names its parent by SKU or `id:N`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from catalog.reading import values
from catalog.reading.blocks import SHORT, Block, Provided
from catalog.reading.errors import ReadingError
from catalog.reading.formats.grouped import Collector, Sheet, leftovers, matched
from catalog.reading.mapping import Mapping
from catalog.reading.table import Rows

NAMES: dict[str, tuple[str, ...]] = {
    "id": ("ID",),
    "type": ("Type",),
    "sku": ("SKU",),
    "title": ("Name",),
    "published": ("Published",),
    "description": ("Description",),
    "price": ("Regular price",),
    "sale_price": ("Sale price",),
    "product_type": ("Categories",),
    "tags": ("Tags",),
    "vendor": ("Brands", "Brand"),
    "quantity": ("Stock",),
    "image_url": ("Images",),
    "parent": ("Parent",),
    "barcode": ("GTIN, UPC, EAN, or ISBN",),
}
ATTRIBUTE = re.compile(r"attribute (\d+) (name|value\(s\))", re.I)
ATTRIBUTE_SETTING = re.compile(r"attribute \d+ (?:visible|global|default)", re.I)
MEASURE = re.compile(r"(weight|length|width|height) \((\w+)\)", re.I)
COMMA = re.compile(r"(?<!\\),\s*")
VARIATIONS = frozenset({"variation", "product_variation"})


class WooCommerce:
    name = "woocommerce"
    label = "WooCommerce"
    html: bool | None = True

    def recognises(self, columns: Sequence[str]) -> bool:
        found = matched(columns, NAMES)
        return {"sku", "title"} <= found.keys() and (
            {"type", "parent"} <= found.keys() or {"type", "price"} <= found.keys() or {"id", "price"} <= found.keys()
        )

    def mapping(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping:
        found = matched(columns, NAMES)
        if "title" not in found:
            raise ReadingError("missing_column", column="Name", format=self.label)
        if not {"sku", "id"} & found.keys():
            raise ReadingError("missing_column", column="SKU", format=self.label)
        return dict(found)

    def reader(self, columns: Sequence[str], mapping: Mapping) -> WooReader:
        return WooReader(columns, mapping)


class WooReader:
    whole = True

    def __init__(self, columns: Sequence[str], mapping: Mapping) -> None:
        self.sheet = Sheet(columns, mapping)
        self.rows: dict[str, int] = {}  # product key → its row
        self.by_id: dict[str, str] = {}  # ID → product key
        self.waiting: list[tuple[int, list[str]]] = []  # variations; their parent may stand below them
        self.names, self.values = self._attribute_columns(columns)
        self.measures = {
            i: (m[1].capitalize(), m[2]) for i, name in enumerate(columns) if (m := MEASURE.fullmatch(name))
        }
        settings = {i for i, name in enumerate(columns) if ATTRIBUTE_SETTING.fullmatch(name)}
        used = {*self.sheet.at.values(), *self.names.values(), *self.values.values(), *self.measures, *settings}
        self.rest = [index for index in range(len(columns)) if index not in used]
        found = {"key", *(name for name in self.sheet.at if name in _PROVIDES), "extra"}
        if self.names or self.measures:
            found.add("attributes")
        if "published" in self.sheet.at:
            found.add("status")
        if "sale_price" in self.sheet.at:
            found |= {"price", "compare_at"}
        extra = (*(columns[i] for i in self.rest), "images")
        variant = (found & {"sku", "price", "compare_at", "quantity", "image_url"}) | {"options", "extra"}
        if "barcode" in self.sheet.at:
            variant.add("barcode")
        self.provided = Provided(frozenset(found), frozenset(variant), attributes=None, extra=extra)

    @staticmethod
    def _attribute_columns(columns: Sequence[str]) -> tuple[dict[int, int], dict[int, int]]:
        names: dict[int, int] = {}
        cells: dict[int, int] = {}
        for index, column in enumerate(columns):
            if match := ATTRIBUTE.fullmatch(column):
                (names if match[2].lower() == "name" else cells)[int(match[1])] = index
        return names, cells

    def read(self, rows: Rows) -> Block:
        out = Collector(self.sheet)
        out.block.issues += rows.issues
        tally = out.block.tally
        tally.rows, tally.blank, tally.skipped = rows.seen, rows.blank, rows.skipped
        for number, cells in zip(rows.numbers, rows.cells, strict=True):
            if self.sheet.get(cells, "type").casefold() in VARIATIONS:
                self.waiting.append((number, cells))
            else:
                self._product(out, number, cells)
        return out.finish()

    def end(self) -> Block:
        out = Collector(self.sheet)
        taken: dict[str, set[str]] = {}
        for number, cells in self.waiting:
            parent = self.sheet.get(cells, "parent")
            key = self.by_id.get(parent[3:].strip(), "") if parent.startswith("id:") else parent
            if key not in self.rows:
                out.issue(number, "no_parent", cells, self.sheet.mapping.get("parent", ""), value=parent[:80])
                out.block.tally.skipped += 1
            else:
                self._variant(out, number, cells, key, taken.setdefault(key, set()))
        self.waiting = []
        return out.finish()

    def _key(self, cells: list[str]) -> str:
        number = self.sheet.get(cells, "id")
        return self.sheet.get(cells, "sku") or (f"id:{number}" if number else "")

    def _product(self, out: Collector, number: int, cells: list[str]) -> None:
        sheet, key = self.sheet, self._key(cells)
        title = " ".join(sheet.get(cells, "title").split())
        problem = self._problem(key, title)
        if problem:
            column = sheet.mapping.get("title" if problem == "no_title" else "sku", "")
            out.issue(number, problem, cells, column, value=key[:80], first=self.rows.get(key, 0), limit=SHORT)
            out.block.tally.skipped += 1
            return
        self.rows[key] = number
        self.by_id[sheet.get(cells, "id")] = key
        regular, sale = out.price(number, cells, "price"), out.price(number, cells, "sale_price")
        images = [part.strip() for part in sheet.get(cells, "image_url").split(",") if part.strip()]
        extra: dict[str, Any] = leftovers(sheet.columns, cells, self.rest)
        if len(images) > 1:
            extra["images"] = [{"src": source, "alt": ""} for source in images]
        out.add_product(
            number,
            key=key,
            sku=sheet.get(cells, "sku"),
            title=title,
            description=sheet.raw(cells, "description"),
            vendor=out.short(number, cells, "vendor"),
            product_type=out.short(number, cells, "product_type"),
            tags=sheet.get(cells, "tags"),
            status=values.status(sheet.get(cells, "published")),
            price=sale or regular,
            compare_at=regular if sale else None,
            quantity=out.count(number, cells, "quantity"),
            attributes=self._attributes(cells),
            extra=extra,
            image_url=images[0] if images else "",
        )

    def _problem(self, key: str, title: str) -> str:
        if not title:
            return "no_title"
        if not key:
            return "no_key"
        if len(key) > SHORT:
            return "key_too_long"
        return "duplicate_key" if key in self.rows else ""

    def _attributes(self, cells: list[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for _number, name, value in self._named(cells):
            choices = [part.replace("\\,", ",").strip() for part in COMMA.split(value) if part.strip()]
            if choices:
                found[name] = choices if len(choices) > 1 else choices[0]
        for place, (label, unit) in self.measures.items():
            if cells[place].strip():
                found[label] = f"{cells[place].strip()} {unit}"
        return found

    def _named(self, cells: list[str]) -> list[tuple[int, str, str]]:
        return [
            (number, cells[place].strip(), cells[self.values[number]])
            for number, place in self.names.items()
            if number in self.values and cells[place].strip()
        ]

    def _variant(self, out: Collector, number: int, cells: list[str], parent: str, taken: set[str]) -> None:
        sheet = self.sheet
        key = self._key(cells) or f"row:{number}"
        if key in taken or len(key) > SHORT:
            out.issue(
                number, "duplicate_variant" if key in taken else "key_too_long", cells, value=key[:80], limit=SHORT
            )
            out.block.tally.skipped += 1
            return
        taken.add(key)
        out.block.tally.continued += 1
        regular, sale = out.price(number, cells, "price"), out.price(number, cells, "sale_price")
        images = sheet.get(cells, "image_url").split(",")
        out.add_variant(
            number,
            product_key=parent,
            key=key,
            sku=sheet.get(cells, "sku"),
            options={name: value.strip() for _number, name, value in self._named(cells) if value.strip()},
            price=sale or regular,
            compare_at=regular if sale else None,
            quantity=out.count(number, cells, "quantity"),
            barcode=out.short(number, cells, "barcode"),
            image_url=images[0].strip(),
            extra=leftovers(sheet.columns, cells, self.rest),
        )


_PROVIDES = frozenset(
    {"sku", "title", "description", "price", "product_type", "tags", "vendor", "quantity", "image_url"}
)
