"""Decoded lines and records of a delimited file, numbered as a spreadsheet numbers its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog.reading.container import bom_length, unpacked
from catalog.reading.detection import Detection
from catalog.reading.errors import ReadingError
from catalog.reading.limits import Limits

SENTINEL = "\x00end of the file\x00"  # swallowed by the last record where its quote is never closed


@contextmanager
def open_text(path: Path, detection: Detection, limits: Limits, encoding: str = "") -> Iterator[io.TextIOWrapper]:
    """The text with its line ends as they are, without its byte-order mark."""
    with unpacked(path, detection.compression, detection.member, limits) as raw:
        if detection.bom:
            raw.read(
                bom_length({"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe"}.get(detection.encoding, b"\xfe\xff"))
            )
        text = io.TextIOWrapper(raw, encoding=encoding or detection.encoding, errors="strict", newline="")
        try:
            yield text
        finally:
            text.detach()


class Records:
    """`csv.reader` over a text: every record, blank ones as [], with clear errors.

    `row` is the number of the record read last, from 1. Raises `ReadingError` for an unclosed quote, an oversized
    cell, and text that the encoding can't decode.
    """

    def __init__(self, text: Iterator[str], detection: Detection, limits: Limits) -> None:
        csv.field_size_limit(limits.cell_chars)
        self.detection = detection
        self.limits = limits
        self.row = 0
        self.reader = csv.reader(self._lines(text), delimiter=detection.delimiter)

    @staticmethod
    def _lines(text: Iterator[str]) -> Iterator[str]:
        for line in text:  # noqa: UP028 - `yield from` would close the text together with this generator
            yield line
        yield SENTINEL

    def block(self, size: int) -> list[list[str]]:
        """Up to `size` records; an empty list at the end."""
        result: list[list[str]] = []
        add = result.append
        try:
            for record in self.reader:
                add(record)
                if len(result) >= size:
                    break
        except csv.Error as error:
            raise ReadingError("cell_too_long", row=self.row + len(result) + 1, limit=self.limits.cell_chars) from error
        except UnicodeDecodeError as error:
            raise ReadingError(
                "wrong_encoding", row=self.row + len(result) + 1, encoding=self.detection.encoding
            ) from error
        self._check_end(result)
        self.row += len(result)
        if self.row > self.limits.rows:
            raise ReadingError("too_many_rows", limit=self.limits.rows)
        return result

    def _check_end(self, block: list[list[str]]) -> None:
        if not block or not block[-1] or not block[-1][-1].endswith(SENTINEL):
            return
        last = block.pop()
        if last != [SENTINEL]:
            raise ReadingError("open_quote", row=self.row + len(block) + 1)
