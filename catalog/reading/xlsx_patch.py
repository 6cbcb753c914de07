"""New text in some cells of a workbook: the sheet's XML is edited in place, everything else is copied."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from catalog.reading.container import damaged
from catalog.reading.limits import Limits
from catalog.reading.xlsx_book import sheet_member
from catalog.reading.xlsx_extent import column_number
from catalog.reading.zip_copy import copied, copy_members

ROW = re.compile(r"<((?:\w+:)?)row\b([^>]*?)(?:/>|>(.*?)</\1row>)", re.S)
CELL = re.compile(r"<((?:\w+:)?)c\b([^>]*?)(?:/>|>.*?</\1c>)", re.S)
NUMBER = re.compile(r"\br=\"(\d+)\"")
REFERENCE = re.compile(r"\br=\"([A-Z]+)\d+\"")
STYLE = re.compile(r"\bs=\"\d+\"")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def patch(source: Path, target: Path, sheet: str, column: int, cells: Mapping[int, str], limits: Limits) -> int:
    """Write `source` to `target` with `cells` (row → text) in the 0-based `column`; how many found their row.

    Raises `ReadingError` where the workbook can't be read.
    """
    with zipfile.ZipFile(source) as old:
        infos = old.infolist()
        info = old.getinfo(sheet_member(old, sheet))
        place = infos.index(info)
        with damaged():
            edited, count = _edit(old.read(info).decode("utf-8"), column, cells)
        with zipfile.ZipFile(target, "w") as new:
            new.comment = old.comment
            copy_members(old, new, infos[:place], limits)
            new.writestr(copied(info), edited.encode("utf-8"))
            copy_members(old, new, infos[place + 1 :], limits)
    return count


def _edit(xml: str, column: int, cells: Mapping[int, str]) -> tuple[str, int]:
    letters = column_letters(column)
    count = 0
    previous = 0

    def row(match: re.Match[str]) -> str:
        nonlocal count, previous
        stated = NUMBER.search(match[2])
        number = int(stated[1]) if stated else previous + 1
        previous = number
        if number not in cells:
            return match[0]
        count += 1
        inner = _with_cell(match[3] or "", match[1], letters, number, cells[number])
        return f"<{match[1]}row{match[2]}>{inner}</{match[1]}row>"

    return ROW.sub(row, xml), count


def _with_cell(inner: str, prefix: str, letters: str, number: int, text: str) -> str:
    place, column = len(inner), 0
    for match in CELL.finditer(inner):
        reference = REFERENCE.search(match[2])
        column = column_number(reference[1].encode()) if reference else column + 1
        if column == column_number(letters.encode()):
            style = STYLE.search(match[2])
            fresh = _cell(prefix, f"{letters}{number}", style[0] if style else "", text)
            return inner[: match.start()] + fresh + inner[match.end() :]
        if column > column_number(letters.encode()):
            place = match.start()
            break
    return inner[:place] + _cell(prefix, f"{letters}{number}", "", text) + inner[place:]


def _cell(prefix: str, reference: str, style: str, text: str) -> str:
    clean = escape(CONTROL.sub("", text))
    attributes = f'r="{reference}"{" " + style if style else ""} t="inlineStr"'
    p = prefix
    return f'<{p}c {attributes}><{p}is><{p}t xml:space="preserve">{clean}</{p}t></{p}is></{p}c>'


def column_letters(column: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
