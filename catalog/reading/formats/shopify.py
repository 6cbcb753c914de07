"""Shopify's product export: a product is all rows of one handle, the first carries what belongs to the product."""

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

# field → column names: the long-standing export first, then the one of 2025
NAMES: dict[str, tuple[str, ...]] = {
    "key": ("Handle", "URL handle"),
    "title": ("Title",),
    "description": ("Body (HTML)", "Body HTML", "Description"),
    "vendor": ("Vendor",),
    "product_type": ("Type", "Product type"),
    "tags": ("Tags",),
    "published": ("Published", "Published on online store"),
    "status": ("Status",),
    "option1": ("Option1 Name",),
    "value1": ("Option1 Value",),
    "option2": ("Option2 Name",),
    "value2": ("Option2 Value",),
    "option3": ("Option3 Name",),
    "value3": ("Option3 Value",),
    "sku": ("Variant SKU", "SKU"),
    "price": ("Variant Price", "Price"),
    "compare_at": ("Variant Compare At Price", "Compare-at price"),
    "quantity": ("Variant Inventory Qty", "Inventory quantity"),
    "barcode": ("Variant Barcode", "Barcode"),
    "image_url": ("Image Src", "Product image URL"),
    "image_alt": ("Image Alt Text", "Image alt text"),
    "variant_image": ("Variant Image", "Variant image URL"),
    "grams": ("Variant Grams", "Weight value (grams)"),
    "gender": ("Google Shopping / Gender",),
    "age_group": ("Google Shopping / Age Group",),
    "category": ("Product Category",),
}
OPTIONS = (("option1", "value1"), ("option2", "value2"), ("option3", "value3"))
VARIANT_FIELDS = ("value1", "value2", "value3", "sku", "price", "barcode")
OF_VARIANTS = ("sku", "price", "compare_at", "quantity", "barcode", "variant_image")
ABOUT = {"gender": "Gender", "age_group": "Age group", "category": "Category"}
METAFIELD = re.compile(r"(.+?) \(product\.metafields\.[\w.\-]+\)")
Row = tuple[int, list[str]]


class Shopify:
    name = "shopify"
    label = "Shopify"
    html: bool | None = True

    def recognises(self, columns: Sequence[str]) -> bool:
        found = matched(columns, NAMES)
        return "key" in found and sum(field in found for field in ("option1", "value1", "sku", "description")) >= 2

    def mapping(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping:
        found = matched(columns, NAMES)
        for needed in ("key", "title"):
            if needed not in found:
                raise ReadingError("missing_column", column=NAMES[needed][0], format=self.label)
        return dict(found)

    def reader(self, columns: Sequence[str], mapping: Mapping) -> ShopifyReader:
        return ShopifyReader(columns, mapping)


class ShopifyReader:
    whole = False

    def __init__(self, columns: Sequence[str], mapping: Mapping) -> None:
        self.sheet = Sheet(columns, mapping)
        self.group: list[Row] = []
        self.handle = ""
        self.first_rows: dict[str, int] = {}  # handle → row of its product
        self.variant_keys: dict[str, set[str]] = {}
        used = set(self.sheet.at.values())
        self.metafields = {
            index: match[1].strip() for index, name in enumerate(columns) if (match := METAFIELD.fullmatch(name))
        }
        rest = [i for i in range(len(columns)) if i not in used and i not in self.metafields]
        self.variant_rest = [i for i in rest if columns[i].lower().startswith(("variant", "cost", "price", "included"))]
        self.product_rest = [i for i in rest if i not in self.variant_rest]
        places = {"variant_image": "image_url"}
        variant = {places.get(name, name) for name in self.sheet.at if name in OF_VARIANTS} | {"options", "extra"}
        extra = tuple(columns[i] for i in rest)
        self.provided = Provided(self._fields(), frozenset(variant), attributes=None, extra=(*extra, "images"))

    def _fields(self) -> frozenset[str]:
        names = {"key", "title", "description", "vendor", "product_type", "tags", "price", "compare_at", "quantity"}
        found = {name for name in (*names, "sku", "image_url") if name in self.sheet.at}
        if {"status", "published"} & self.sheet.at.keys():
            found.add("status")
        if {"value1", "grams", "gender", "age_group", "category"} & self.sheet.at.keys() or self.metafields:
            found.add("attributes")
        return frozenset(found | {"extra"})

    def read(self, rows: Rows) -> Block:
        out = Collector(self.sheet)
        out.block.issues += rows.issues
        out.block.tally.rows, out.block.tally.blank = rows.seen, rows.blank
        out.block.tally.skipped = rows.skipped
        for number, cells in zip(rows.numbers, rows.cells, strict=True):
            handle = self.sheet.get(cells, "key")
            if not handle or len(handle) > SHORT:
                out.issue(
                    number, "no_key" if not handle else "key_too_long", cells, self.sheet.mapping["key"], limit=SHORT
                )
                out.block.tally.skipped += 1
                continue
            if handle != self.handle:
                self._flush(out)
                self.handle = handle
            self.group.append((number, cells))
        return out.finish()

    def end(self) -> Block:
        out = Collector(self.sheet)
        self._flush(out)
        return out.finish()

    def _flush(self, out: Collector) -> None:
        group, self.group = self.group, []
        if not group:
            return
        if self.handle in self.first_rows:  # the rest of a product that began further up
            self._variants(out, group, self._option_names(group))
            return
        number, cells = group[0]
        title = next((found for _n, row in group if (found := self.sheet.get(row, "title"))), "")
        if not title:
            out.issue(number, "no_title", cells, self.sheet.mapping["title"], rows=len(group))
            out.block.tally.skipped += len(group)
            return
        self.first_rows[self.handle] = number
        self.variant_keys[self.handle] = set()
        self._product(out, group, " ".join(title.split()))

    def _product(self, out: Collector, group: list[Row], title: str) -> None:
        number, cells = group[0]
        sheet, options = self.sheet, self._option_names(group)
        variants = [row for row in group if any(sheet.get(row[1], field) for field in VARIANT_FIELDS)]
        alone = len(variants) <= 1 and sheet.get(cells, "value1") in {"", "Default Title"}
        before = len(out.variants)
        if not alone:
            out.block.tally.continued -= 1  # the product's own row is a variant's as well
            self._variants(out, group, options)
        else:
            out.block.tally.continued += len(group) - 1
        quantities = [row[6] for row in out.variants[before:] if row[6] is not None]
        out.add_product(
            number,
            key=self.handle,
            sku=out.short(number, cells, "sku") if alone else "",
            title=title,
            description=sheet.raw(cells, "description"),
            vendor=out.short(number, cells, "vendor"),
            product_type=out.short(number, cells, "product_type"),
            tags=sheet.get(cells, "tags"),
            status=self._status(cells),
            price=out.price(number, cells, "price"),
            compare_at=out.price(number, cells, "compare_at"),
            quantity=out.count(number, cells, "quantity")
            if alone
            else str(max(-(2**31), min(2**31 - 1, sum(map(int, quantities)))))
            if quantities
            else None,
            attributes=self._attributes(group, options, alone),
            extra=self._extra(group, alone),
            image_url=sheet.get(cells, "image_url"),
        )

    def _option_names(self, group: list[Row]) -> dict[str, str]:
        """Field of the value → the option's name, which stands on the first row only."""
        names = {}
        for name, value in OPTIONS:
            found = next((cell for _n, cells in group if (cell := self.sheet.get(cells, name))), "")
            if found:
                names[value] = found
        return names

    def _variants(self, out: Collector, group: list[Row], options: dict[str, str]) -> None:
        sheet, taken = self.sheet, self.variant_keys[self.handle]
        for number, cells in group:
            if not any(sheet.get(cells, field) for field in VARIANT_FIELDS):
                out.block.tally.continued += 1  # a picture's row
                continue
            chosen = {name: sheet.get(cells, field) for field, name in options.items() if sheet.get(cells, field)}
            sku = out.short(number, cells, "sku")
            key = (" / ".join(chosen.values()) or sku or f"#{len(taken) + 1}")[:SHORT]
            if key in taken:
                out.issue(number, "duplicate_variant", cells, value=key[:80])
                out.block.tally.skipped += 1
                continue
            taken.add(key)
            out.block.tally.continued += 1
            out.add_variant(
                number,
                product_key=self.handle,
                key=key,
                sku=sku,
                options=chosen,
                price=out.price(number, cells, "price"),
                compare_at=out.price(number, cells, "compare_at"),
                quantity=out.count(number, cells, "quantity"),
                barcode=out.short(number, cells, "barcode"),
                image_url=sheet.get(cells, "variant_image"),
                extra=leftovers(sheet.columns, cells, self.variant_rest),
            )

    def _status(self, cells: list[str]) -> str:
        if word := self.sheet.get(cells, "status"):
            return values.status(word)
        return values.status(self.sheet.get(cells, "published"))

    def _attributes(self, group: list[Row], options: dict[str, str], alone: bool) -> dict[str, Any]:
        cells, sheet = group[0][1], self.sheet
        found: dict[str, Any] = {}
        if not alone:
            for field, name in options.items():
                found[name] = list(dict.fromkeys(v for _n, row in group if (v := sheet.get(row, field))))
        found.update({label: value for field, label in ABOUT.items() if (value := sheet.get(cells, field))})
        found.update({label: cells[i].strip() for i, label in self.metafields.items() if cells[i].strip()})
        grams = sheet.get(cells, "grams")
        if alone and grams.replace(".", "", 1).isdigit() and float(grams) > 0:
            found["Weight"] = f"{float(grams):g} g"
        return found

    def _extra(self, group: list[Row], alone: bool) -> dict[str, Any]:
        places = self.product_rest + (self.variant_rest if alone else [])
        extra: dict[str, Any] = leftovers(self.sheet.columns, group[0][1], places)
        images = [
            {"src": source, "alt": self.sheet.get(cells, "image_alt")}
            for _number, cells in group
            if (source := self.sheet.get(cells, "image_url"))
        ]
        if images:
            extra["images"] = images
        return extra
