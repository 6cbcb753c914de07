"""Rows of an XLSX workbook as text."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog.reading.container import open_zip
from catalog.reading.errors import ReadingError
from catalog.reading.limits import Limits
from catalog.reading.xlsx_book import book
from catalog.reading.xlsx_extent import guard
from catalog.reading.xlsx_head import head_workbook


def sheets(path: Path) -> tuple[str, ...]:
    """Their names, in the workbook's order. Raises `ReadingError` where there are none."""
    with path.open("rb") as raw, open_zip(raw) as archive:
        names = tuple(book(archive).sheets)
    if not names:
        raise ReadingError("workbook_without_sheet")
    return names


def read_head(path: Path, sheet: str, count: int) -> list[list[str]]:
    """The rows 1 to `count`, or as many as there are, read without the rest of the workbook. Raises `ReadingError`.

    The workbook must have passed `guard`.
    """
    try:
        workbook = _calamine().from_filelike(io.BytesIO(head_workbook(path, sheet, count)))
        data = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=count)
    except ReadingError:
        raise
    except Exception as error:
        raise ReadingError("workbook_damaged") from error
    return [[cell_text(value) for value in row] for row in data]


def read_rows(path: Path, sheet: str, limits: Limits) -> Iterator[list[str]]:
    """All rows from A1 on, the first sheet's for "". Raises `ReadingError`."""
    guard(path, limits)
    chosen = sheet or sheets(path)[0]
    try:
        rows = _calamine().from_path(str(path)).get_sheet_by_name(chosen).iter_rows()
    except Exception as error:
        raise ReadingError("workbook_damaged") from error
    for row in rows:
        yield [cell_text(value) for value in row]


def _calamine() -> Any:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook


def cell_text(value: Any) -> str:
    """What a person would have typed: 12.0 → 12, a date as ISO 8601, TRUE / FALSE."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)
