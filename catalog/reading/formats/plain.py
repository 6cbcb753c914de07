"""One product a row, columns named as the shop liked. Works on whole columns: this is the path of large files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from itertools import compress
from json.encoder import encode_basestring as quote
from typing import cast

from catalog.reading import mapping as guessing
from catalog.reading import values
from catalog.reading.blocks import PRODUCT_COLUMNS, SHORT, TYPE_LENGTH, Block, Cell, Provided
from catalog.reading.errors import Issue, ReadingError
from catalog.reading.mapping import Mapping
from catalog.reading.search_text import even, normalise_all
from catalog.reading.table import Rows, shown

TEXTS = ("sku", "vendor", "product_type", "tags", "image_url")
LIMITS = {"sku": SHORT, "vendor": SHORT, "product_type": TYPE_LENGTH}
Column = Sequence[str]


class Plain:
    name = "plain"
    label = "CSV"
    html: bool | None = None

    def recognises(self, columns: Sequence[str]) -> bool:
        return True

    def mapping(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping:
        """Guessed; a missing title column shows itself as a mapping without `title`."""
        fields, attributes = guessing.guess(columns, rows)
        result: Mapping = {item.field: item.column for item in fields}
        result["attributes"] = attributes
        return result

    def reader(self, columns: Sequence[str], mapping: Mapping) -> PlainReader:
        return PlainReader(columns, mapping)


class PlainReader:
    """Raises `ReadingError` at once where no column is the title, or a column is mapped that the file has not."""

    whole = False

    def __init__(self, columns: Sequence[str], mapping: Mapping) -> None:
        places = {name: index for index, name in enumerate(columns)}
        attributes = list(cast("list[str]", mapping.get("attributes", [])))
        single = {field: str(name) for field, name in mapping.items() if field != "attributes" and name}
        for name in [*single.values(), *attributes]:
            if name not in places:
                raise ReadingError("no_such_column", column=name)
        if "title" not in single:
            raise ReadingError("missing_title_column")
        self.columns = columns
        self.names = single
        self.at = {field: places[name] for field, name in single.items()}
        self.attributes = {name: places[name] for name in attributes}
        used = {*self.at.values(), *self.attributes.values()}
        self.extra = {name: index for name, index in places.items() if index not in used}
        self.first_rows: dict[str, int] = {}
        self.titles: dict[str, int] = {}
        fields = {"key", *self.at, *(("attributes",) if attributes else ()), *(("extra",) if self.extra else ())}
        self.provided = Provided(frozenset(fields), attributes=tuple(self.attributes), extra=tuple(self.extra))

    def read(self, rows: Rows) -> Block:
        block = Block(issues=list(rows.issues))
        tally = block.tally
        tally.rows, tally.blank, tally.skipped = rows.seen, rows.blank, rows.skipped
        numbers, cells = self._usable(rows, block)
        tally.skipped += len(rows.numbers) - len(numbers)
        if numbers:
            block.products = self._columns(numbers, cells, block)
        tally.products = len(numbers)
        tally.warnings = sum(1 for issue in block.issues if issue.warning)
        tally.errors = len(block.issues) - tally.warnings
        return block

    def end(self) -> Block:
        return Block()

    def _usable(self, rows: Rows, block: Block) -> tuple[list[int], list[list[str]]]:
        """Rows with a title and a key of their own; the keys are remembered in `self.keys`."""
        numbers, cells = rows.numbers, rows.cells
        title = self.at["title"]
        empty = [not row[title] or row[title].isspace() for row in cells]
        if any(empty):
            for number, row in compress(zip(numbers, cells, strict=True), empty):
                block.issues.append(Issue(number, "no_title", self.names["title"], {"rows": 1}, shown(row)))
            numbers = [number for number, bad in zip(numbers, empty, strict=True) if not bad]
            cells = [row for row, bad in zip(cells, empty, strict=True) if not bad]
        self.keys = self._keys(cells)
        if len(set(self.keys)) == len(self.keys) and self.first_rows.keys().isdisjoint(self.keys):
            self.first_rows.update(zip(self.keys, numbers, strict=True))
            if not self.keys or max(map(len, self.keys)) <= SHORT:
                return numbers, cells
        return self._without_bad_keys(numbers, cells, block)

    def _without_bad_keys(
        self, numbers: list[int], cells: list[list[str]], block: Block
    ) -> tuple[list[int], list[list[str]]]:
        good = []
        column = self.names.get("key") or self.names.get("sku") or self.names["title"]
        for number, row, key in zip(numbers, cells, self.keys, strict=True):
            first = self.first_rows.setdefault(key, number)
            good.append(first == number and len(key) <= SHORT)
            if first != number:
                params = {"value": key[:80], "first": first}
                block.issues.append(Issue(number, "duplicate_key", column, params, shown(row)))
            elif len(key) > SHORT:
                block.issues.append(Issue(number, "key_too_long", column, {"limit": SHORT}, shown(row)))
        self.keys = list(compress(self.keys, good))
        return list(compress(numbers, good)), list(compress(cells, good))

    def _keys(self, cells: list[list[str]]) -> list[str]:
        """The id, else the SKU, else the title: numbered where a file without keys repeats one."""
        place = self.at.get("key", self.at.get("sku"))
        keys = [row[place].strip() for row in cells] if place is not None else [""] * len(cells)
        if all(keys):
            return keys
        title = self.at["title"]
        return [key or self._title_key(row[title]) for key, row in zip(keys, cells, strict=True)]

    def _title_key(self, title: str) -> str:
        name = " ".join(title.split())
        if len(name) > 200:
            name = f"{name[:150]}:{hashlib.sha256(name.encode()).hexdigest()[:16]}"
        count = self.titles[name] = self.titles.get(name, 0) + 1
        return f"title:{name}" if count == 1 else f"title:{name}#{count}"

    def _columns(self, numbers: list[int], cells: list[list[str]], block: Block) -> list[Sequence[Cell]]:
        columns: list[Column] = list(zip(*cells, strict=True))
        size = len(numbers)
        nothing = [""] * size
        made: dict[str, Sequence[Cell]] = {"key": self.keys, "position": list(map(str, numbers))}
        made["title"] = titles = self._titles(columns[self.at["title"]])
        made["description"] = columns[self.at["description"]] if "description" in self.at else nothing
        for field in TEXTS:
            made[field] = self._text(field, columns, numbers, cells, block) if field in self.at else nothing
        for field, read, code, fast in (
            ("price", values.price, "not_a_price", values.PLAIN_PRICES),
            ("compare_at", values.price, "not_a_price", values.PLAIN_PRICES),
            ("quantity", values.count, "not_a_number", values.PLAIN_COUNTS),
        ):
            if field not in self.at:
                made[field] = [None] * size
            elif fast.fullmatch("\n".join(columns[self.at[field]]) + "\n"):
                made[field] = [cell if cell and cell != "-" else None for cell in columns[self.at[field]]]
            else:
                made[field] = self._numbers(field, read, code, columns, numbers, cells, block)
        made["status"] = self._status(columns) if "status" in self.at else ["active"] * size
        made["attributes"] = self._json(self.attributes, columns, size)
        made["extra"] = self._json(self.extra, columns, size)
        skus = cast("Sequence[str]", made["sku"])
        made["search_text"] = normalise_all([f"{t} {s}" if s else t for t, s in zip(titles, skus, strict=True)])
        return [made[name] for name in PRODUCT_COLUMNS]

    @staticmethod
    def _titles(column: Column) -> list[str]:
        """One line each, single spaces."""
        joined = "\x1f".join(column)
        if joined.isascii() and even(joined):
            return list(map(str.strip, column))
        return [" ".join(cell.split()) for cell in column]

    def _text(
        self, field: str, columns: list[Column], numbers: list[int], cells: list[list[str]], block: Block
    ) -> list[str]:
        stripped = list(map(str.strip, columns[self.at[field]]))
        limit = LIMITS.get(field)
        if limit is None or max(map(len, stripped)) <= limit:
            return stripped
        for number, cell, row in zip(numbers, stripped, cells, strict=True):
            if len(cell) > limit:
                block.issues.append(Issue(number, "cut", self.names[field], {"limit": limit}, shown(row), warning=True))
        return [cell[:limit] for cell in stripped]

    def _numbers(
        self,
        field: str,
        read: Callable[[str], str | None],
        code: str,
        columns: list[Column],
        numbers: list[int],
        cells: list[list[str]],
        block: Block,
    ) -> list[str | None]:
        result: list[str | None] = []
        for number, cell, row in zip(numbers, columns[self.at[field]], cells, strict=True):
            try:
                result.append(read(cell))
            except ValueError:
                result.append(None)
                block.issues.append(
                    Issue(number, code, self.names[field], {"value": cell[:80]}, shown(row), warning=True)
                )
        return result

    def _status(self, columns: list[Column]) -> list[str]:
        known = {cell: values.status(cell) for cell in set(columns[self.at["status"]])}
        return [known[cell] for cell in columns[self.at["status"]]]

    @staticmethod
    def _json(labels: dict[str, int], columns: list[Column], size: int) -> list[str]:
        """One JSON object a row of the filled cells of `labels`."""
        if not labels:
            return ["{}"] * size
        parts = []
        for label, place in labels.items():
            start = quote(label) + ": "
            known = {cell: start + quote(cell) if cell else "" for cell in set(columns[place])}
            parts.append(list(map(known.__getitem__, columns[place])))
        if all(map(all, parts)):
            return ["{" + ", ".join(row) + "}" for row in zip(*parts, strict=True)]
        return ["{" + ", ".join(filter(None, row)) + "}" for row in zip(*parts, strict=True)]
