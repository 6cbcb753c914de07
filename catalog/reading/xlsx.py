"""Rows of an XLSX workbook, guarded before anything parses it."""

from __future__ import annotations

import datetime
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

from catalog.reading.container import open_zip
from catalog.reading.errors import ReadingError
from catalog.reading.limits import Limits

MAX_RATIO = 500  # a sheet of real cells packs about 10 to 1
MAX_CELLS = 20_000_000  # of the rectangle that holds all cells: the parser keeps it in memory
TAG = re.compile(rb"<(?:[^\s<>:]+:)?(?:c|row)\s")
# As freely as the parser reads it: either quote, small letters, blanks, other attributes with a `>` in them. Nothing
# runs past the next `<`, so that the time is linear in the bytes whatever they are.
REF = re.compile(
    rb"<(?:[^\s<>:]+:)?(?:c|row)\s(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*?"
    rb"(?<![\w:.-])r\s*=\s*[\"']([A-Za-z]{0,8})(\d{1,18})[\"']"
)
LONGEST_TAG = 1 << 20  # bytes


def guard(path: Path, limits: Limits) -> None:
    """Raises `ReadingError` for a bomb: by the sizes the archive states, then by what really comes out of it."""
    with path.open("rb") as raw, open_zip(raw) as archive:
        infos = archive.infolist()
        stated = sum(info.file_size for info in infos)
        if stated > limits.unpacked_bytes:
            raise ReadingError("unpacked_too_big", limit=limits.unpacked_bytes)
        packed = sum(info.compress_size for info in infos)
        if stated > 50_000_000 and stated > packed * MAX_RATIO:
            raise ReadingError("bomb")
        left = limits.unpacked_bytes
        for info in infos:
            left -= _measure(archive, info, left, limits)


def _measure(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, limits: Limits) -> int:
    """Bytes that really come out of one member, read in pieces, its cells' extent checked on the way.

    Of every member, whatever its name: the workbook says which of them is a sheet.
    """
    count, columns, rows, tail = 0, 0, 0, b""
    try:
        with archive.open(info) as member:
            while piece := member.read(1 << 18):
                count += len(piece)
                if count > left:
                    raise ReadingError("unpacked_too_big", limit=limits.unpacked_bytes)
                text = tail + piece
                for letters, number in REF.findall(text):
                    columns, rows = max(columns, column_number(letters)), max(rows, int(number))
                if columns > limits.columns:
                    raise ReadingError("too_many_columns", count=columns, limit=limits.columns)
                if rows > limits.rows or rows * max(columns, 1) > MAX_CELLS:
                    raise ReadingError("too_many_rows", limit=limits.rows)
                tail = _unfinished(text)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise ReadingError("archive_damaged") from error
    return count


def _unfinished(text: bytes) -> bytes:
    """The end of `text` that may be half a tag of a cell. Raises `ReadingError` for one that never ends."""
    tail = text[max(text.rfind(b"<"), 0) :]
    if len(tail) <= LONGEST_TAG:
        return tail
    if TAG.match(tail):
        raise ReadingError("bomb")
    return b""


def column_number(letters: bytes) -> int:
    """`A` → 1, `AA` or `aa` → 27, `` → 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def sheets(path: Path) -> list[str]:
    return list(_workbook(path).sheet_names)


def read_rows(path: Path, sheet: str, limits: Limits) -> list[list[str]]:
    """All rows from A1 on, as text. Raises `ReadingError` for a workbook without a table."""
    guard(path, limits)
    workbook = _workbook(path)
    if not workbook.sheet_names:
        raise ReadingError("workbook_without_sheet")
    try:
        data = workbook.get_sheet_by_name(sheet or workbook.sheet_names[0]).to_python(skip_empty_area=False)
    except Exception as error:
        raise ReadingError("workbook_damaged") from error
    return [[cell_text(value) for value in row] for row in data]


def _workbook(path: Path) -> Any:
    from python_calamine import CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(str(path))
    except Exception as error:
        raise ReadingError("workbook_damaged") from error


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
