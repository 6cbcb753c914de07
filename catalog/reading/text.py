"""Decoded lines and records of a delimited file, numbered as a spreadsheet numbers its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from catalog.reading.container import bom_length, unpacked
from catalog.reading.detection import Detection
from catalog.reading.errors import ReadingError
from catalog.reading.limits import CSV_FIELD, Limits

# Of the whole process, so it is set once. `csv` counts bytes where a file is read as Latin-1 to keep them: see
# rewrite.py. What a cell may hold is `Limits.cell_chars`, which the operator sets and `Limits` keeps below this.
csv.field_size_limit(CSV_FIELD)
BLOCK_CHARS = 8_000_000  # after so many a block of records ends, however few they are: it stands in memory whole
RECORD_CHARS = 4 * BLOCK_CHARS
SENTINEL = "\x00end of the file\x00"  # swallowed by the last record where its quote is never closed


@contextmanager
def open_text(
    path: Path, detection: Detection, limits: Limits, encoding: str = "", errors: str = "strict"
) -> Iterator[io.TextIOWrapper]:
    """The text with its line ends as they are, without its byte-order mark."""
    with unpacked(path, detection.compression, detection.member, limits) as raw:
        if detection.bom:
            raw.read(
                bom_length({"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe"}.get(detection.encoding, b"\xfe\xff"))
            )
        text = io.TextIOWrapper(raw, encoding=encoding or detection.encoding, errors=errors, newline="")
        try:
            yield text
        finally:
            text.detach()


class _Lines:
    """Lines of a text, counted for who makes records of them. Raises `csv.Error` where one record takes too many."""

    def __init__(self, text: Iterator[str]) -> None:
        self.text = text
        self.in_block = self.in_record = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.text)
        self.in_block += len(line)
        self.in_record += len(line)
        if self.in_record > RECORD_CHARS:
            raise csv.Error("a record without an end")
        return line


class Records:
    """`csv.reader` over a text: every record, blank ones as [], with clear errors.

    `row` is the number of the record read last, from 1. Raises `ReadingError` for an unclosed quote and an oversized
    cell, UnicodeDecodeError for text that the encoding can't decode. The limit of a cell is held here, not by `csv`,
    whose own one is the whole process's.
    """

    def __init__(self, text: Iterator[str], detection: Detection, limits: Limits) -> None:
        self.detection = detection
        self.limits = limits
        self.row = 0
        self.lines = _Lines(chain(text, [SENTINEL]))
        self.reader = csv.reader(self.lines, delimiter=detection.delimiter)

    def block(self, size: int) -> list[list[str]]:
        """Up to `size` records, fewer where they are long; an empty list at the end."""
        result: list[list[str]] = []
        self.lines.in_block = 0
        try:
            for record in islice(self.reader, size):
                result.append(record)
                self.lines.in_record = 0
                if self.lines.in_block > BLOCK_CHARS:
                    break
        except csv.Error as error:
            raise self._too_long(len(result)) from error
        self._check_end(result)
        if max(map(len, chain.from_iterable(result)), default=0) > self.limits.cell_chars:
            raise self._too_long(next(i for i, row in enumerate(result) if self._has_long(row)))
        self.row += len(result)
        if self.row > self.limits.rows:
            raise ReadingError("too_many_rows", limit=self.limits.rows)
        return result

    def _has_long(self, record: list[str]) -> bool:
        return max(map(len, record), default=0) > self.limits.cell_chars

    def _too_long(self, index: int) -> ReadingError:
        return ReadingError("cell_too_long", row=self.row + index + 1, limit=self.limits.cell_chars)

    def _check_end(self, block: list[list[str]]) -> None:
        if not block or not block[-1] or not block[-1][-1].endswith(SENTINEL):
            return
        last = block.pop()
        if last != [SENTINEL]:
            raise ReadingError("open_quote", row=self.row + len(block) + 1)


def record_blocks(
    path: Path, detection: Detection, limits: Limits, size: int
) -> Generator[list[list[str]], None, None]:
    """All records, `size` at a time. Raises `ReadingError`, with the row where the encoding is not the file's."""
    try:
        with open_text(path, detection, limits) as text:
            records = Records(text, detection, limits)
            while block := records.block(size):
                yield block
    except UnicodeDecodeError as error:
        row = _undecodable_row(path, detection, limits)
        raise ReadingError("wrong_encoding", row=row, encoding=detection.encoding) from error


def _undecodable_row(path: Path, detection: Detection, limits: Limits) -> int:
    with open_text(path, detection, limits, errors="replace") as text:
        records = Records(text, detection, limits)
        while block := records.block(1):
            if any("\N{REPLACEMENT CHARACTER}" in cell for cell in block[0]):
                return records.row
    return records.row
