"""New text in some cells of a workbook: the sheet's XML is edited in place, everything else is copied."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from catalog.reading.errors import ReadingError

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
ROW = re.compile(r"<((?:\w+:)?)row\b([^>]*?)(?:/>|>(.*?)</\1row>)", re.S)
CELL = re.compile(r"<((?:\w+:)?)c\b([^>]*?)(?:/>|>.*?</\1c>)", re.S)
NUMBER = re.compile(r"\br=\"(\d+)\"")
REFERENCE = re.compile(r"\br=\"([A-Z]+)\d+\"")
STYLE = re.compile(r"\bs=\"\d+\"")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def patch(source: Path, target: Path, sheet: str, column: int, cells: Mapping[int, str]) -> int:
    """Write `source` to `target` with `cells` (row → text) in the 0-based `column`; how many found their row."""
    with zipfile.ZipFile(source) as old:
        name = sheet_path(old, sheet)
        edited, count = _edit(old.read(name).decode("utf-8"), column, cells)
        with zipfile.ZipFile(target, "w") as new:
            new.comment = old.comment
            for info in old.infolist():
                data = edited.encode("utf-8") if info.filename == name else old.read(info)
                new.writestr(info, data, compress_type=info.compress_type)
    return count


def sheet_path(archive: zipfile.ZipFile, sheet: str) -> str:
    """The member that holds the sheet called `sheet`. Raises `ReadingError`."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - expat here resolves no entities
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for item in [*book.iter(f"{MAIN}sheet"), *book.iter(f"{STRICT}sheet")]:
        if item.get("name") == sheet:
            path = targets.get(item.get(RELATION) or item.get(STRICT_RELATION), "")
            return path.lstrip("/") if path.startswith("/") else posixpath.normpath(f"xl/{path}")
    raise ReadingError("workbook_damaged")


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
    place = len(inner)
    for match in CELL.finditer(inner):
        reference = REFERENCE.search(match[2])
        if reference is None:
            continue
        if reference[1] == letters:
            style = STYLE.search(match[2])
            fresh = _cell(prefix, f"{letters}{number}", style[0] if style else "", text)
            return inner[: match.start()] + fresh + inner[match.end() :]
        if (len(reference[1]), reference[1]) > (len(letters), letters):
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
