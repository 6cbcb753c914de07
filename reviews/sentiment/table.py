"""Two columns of a file that somebody labelled: CSV, TSV or XLSX in any encoding, read as catalogs are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from catalog import sentences
from catalog.limits import limits
from catalog.reading.detect import examine, examine_again
from catalog.reading.errors import ReadingError
from catalog.reading.table import Table


class ColumnsMissing(Exception):
    """The file can't be read, or has no such column. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """`skipped` rows had no label, or more cells than the header."""

    texts: list[str]
    cells: list[str]
    skipped: int


def labelled(path: Path, text_column: str, label_column: str) -> Labelled:
    """Raises `ColumnsMissing`. A row without a text stays: it has a label, and is to be classified all the same."""
    if not path.is_file():
        raise ColumnsMissing(f"There is no file {path}.")
    try:
        seen = examine(path, path.name, limits())
        if not seen.detection.has_header:
            seen = examine_again(path, seen.detection, limits(), {"has_header": True})
        return _columns(Table(path, seen.detection, limits()), text_column, label_column)
    except ReadingError as error:
        raise ColumnsMissing(f"{path.name}: {sentences.sentence(error.code, error.params)}") from error


def _columns(table: Table, text_column: str, label_column: str) -> Labelled:
    places = [_place(table.columns, name) for name in (text_column, label_column)]
    texts, cells, skipped = [], [], 0
    for block in table.blocks():
        skipped += block.skipped
        for record in block.cells:
            text, label = (record[place] for place in places)
            if label.strip():
                texts.append(text)
                cells.append(label)
            else:
                skipped += 1
    if not texts:
        raise ColumnsMissing(f"No row has a label in the column {label_column!r}.")
    return Labelled(texts, cells, skipped)


def _place(columns: tuple[str, ...], name: str) -> int:
    """By its exact name, else regardless of case."""
    if name in columns:
        return columns.index(name)
    folded = [column.strip().casefold() for column in columns]
    if folded.count(name.strip().casefold()) == 1:
        return folded.index(name.strip().casefold())
    raise ColumnsMissing(f"There is no column {name!r}. The file has: {', '.join(columns)}.")
