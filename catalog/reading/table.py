"""Blocks of rows with their numbers, whatever the container: all rows accounted for, none silently lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from catalog.reading import jsonl
from catalog.reading.detection import Detection
from catalog.reading.errors import Issue, Stopped
from catalog.reading.limits import Limits
from catalog.reading.text import record_blocks
from catalog.reading.xlsx import read_rows

BLOCK = 4096
CELLS_SHOWN = 60  # of a bad row, each cut to 200 characters


@dataclass(slots=True)
class Rows:
    """Rows of one block, all as wide as the header. `numbers[i]` is the row number of `cells[i]`."""

    numbers: list[int]
    cells: list[list[str]]
    issues: list[Issue] = field(default_factory=list)
    blank: int = 0
    seen: int = 0  # rows of the file in this block: len(numbers) + blank + skipped

    @property
    def skipped(self) -> int:
        return self.seen - self.blank - len(self.numbers)


class Table:
    """The data rows of a file. `blocks(stop)` reads it from the start each time."""

    def __init__(self, path: Path, detection: Detection, limits: Limits) -> None:
        self.path = path
        self.detection = detection
        self.limits = limits
        self.width = len(detection.columns)

    @property
    def columns(self) -> tuple[str, ...]:
        return self.detection.columns

    def blocks(self, stop: Callable[[], bool] = lambda: False, size: int | None = None) -> Iterator[Rows]:
        """Raises `ReadingError`; `Stopped` where `stop()` says so between two blocks."""
        if self.detection.container == "jsonl":
            yield from self._of_objects(stop, size or BLOCK)
            return
        for first, records in self._records(size or BLOCK):
            if stop():
                raise Stopped
            skip = max(0, self.detection.header_row + 1 - first)
            if skip < len(records):
                yield self._even(first + skip, records[skip:] if skip else records)

    def _records(self, size: int) -> Iterator[tuple[int, list[list[str]]]]:
        if self.detection.container == "xlsx":
            blocks = _in_blocks(read_rows(self.path, self.detection.sheet, self.limits), size)
        else:
            blocks = record_blocks(self.path, self.detection, self.limits, size)
        first = 1
        for block in blocks:
            yield first, block
            first += len(block)

    def _of_objects(self, stop: Callable[[], bool], size: int) -> Iterator[Rows]:
        for first, records in jsonl.blocks(self.path, self.detection, self.limits, size):
            if stop():
                raise Stopped
            rows = Rows([], [], seen=len(records))
            for number, record in enumerate(records, first):
                if isinstance(record, str):
                    rows.issues.append(Issue(number, "not_an_object", "", {}, shown([record])))
                elif record is None or not any(cell and not cell.isspace() for cell in record):
                    rows.blank += 1
                elif any("\0" in cell for cell in record):
                    rows.issues.append(Issue(number, "nul", self._column_with_nul(record), {}, shown(record)))
                else:
                    rows.numbers.append(number)
                    rows.cells.append(record)
            yield rows

    def _even(self, first: int, records: list[list[str]]) -> Rows:
        """Rows of one width: short ones padded, blank ones counted, too wide or spoilt ones reported and left out."""
        numbers = list(range(first, first + len(records)))
        even = set(map(len, records)) == {self.width} and not self.detection.nul
        if even and self.width > 1 and all(map(any, records)):
            return Rows(numbers, records, seen=len(records))
        rows = Rows([], [], seen=len(records))
        for number, record in zip(numbers, records, strict=True):
            if not any(cell and not cell.isspace() for cell in record):
                rows.blank += 1
            elif any(record[self.width :]):
                rows.issues.append(
                    Issue(number, "too_wide", "", {"count": len(record), "columns": self.width}, shown(record))
                )
            elif any("\0" in cell for cell in record):
                rows.issues.append(Issue(number, "nul", self._column_with_nul(record), {}, shown(record)))
            else:
                rows.numbers.append(number)
                rows.cells.append((record + [""] * (self.width - len(record)))[: self.width])
        return rows

    def _column_with_nul(self, record: list[str]) -> str:
        return next((name for name, cell in zip(self.columns, record, strict=False) if "\0" in cell), "")


def _in_blocks(rows: Iterator[list[str]], size: int) -> Iterator[list[list[str]]]:
    while block := list(islice(rows, size)):
        yield block


def shown(record: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cell[:200].replace("\0", "\N{SYMBOL FOR NULL}") for cell in record[:CELLS_SHOWN])
