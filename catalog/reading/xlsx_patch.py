"""New text in some cells of a workbook: the sheet's XML is edited in place, everything else is copied."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from catalog.reading.container import damaged
from catalog.reading.limits import Limits
from catalog.reading.xlsx_book import sheet_member
from catalog.reading.xlsx_extent import column_number
from catalog.reading.zip_copy import copied, copy_members

# `<!--` and `<![CDATA[`, their ends, and the tags; one pass over them takes no longer whatever is never closed
TAG = r"(<!--|<!\[CDATA\[)|(-->|\]\]>)|<(/?)((?:\w+:)?)%s\b([^<>]*)>"
ROW, CELL = re.compile(TAG % "row"), re.compile(TAG % "c")
ENDS = {"<!--": "-->", "<![CDATA[": "]]>"}
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


@dataclass(frozen=True, slots=True)
class Element:
    """text[start:end] is the element, text[inner:close] what stands in it."""

    prefix: str
    attributes: str
    start: int
    inner: int
    close: int
    end: int


def _elements(text: str, tag: re.Pattern[str]) -> Iterator[Element]:
    """Elements that don't hold their like, in order, without what stands in comments."""
    opened: re.Match[str] | None = None
    skipped_to = ""
    for match in tag.finditer(text):
        if skipped_to:
            skipped_to = "" if match[0].endswith(skipped_to) else skipped_to
        elif match[1]:
            skipped_to = ENDS[match[1]]
        elif match[3]:
            if opened is not None and opened[4] == match[4]:
                yield Element(match[4], opened[5], opened.start(), opened.end(), match.start(), match.end())
                opened = None
        elif match[2] is None and match[5].endswith("/"):
            yield Element(match[4], match[5][:-1], match.start(), match.end(), match.end(), match.end())
        elif match[2] is None:
            opened = match


def _edit(xml: str, column: int, cells: Mapping[int, str]) -> tuple[str, int]:
    letters = column_letters(column)
    pieces: list[str] = []
    count = previous = taken = 0
    for row in _elements(xml, ROW):
        stated = NUMBER.search(row.attributes)
        number = previous = int(stated[1]) if stated else previous + 1
        if number not in cells:
            continue
        count += 1
        inner = _with_cell(xml[row.inner : row.close], row.prefix, letters, number, cells[number])
        pieces += [xml[taken : row.start], f"<{row.prefix}row{row.attributes}>{inner}</{row.prefix}row>"]
        taken = row.end
    return "".join([*pieces, xml[taken:]]), count


def _with_cell(inner: str, prefix: str, letters: str, number: int, text: str) -> str:
    place, column, wanted = len(inner), 0, column_number(letters.encode())
    for cell in _elements(inner, CELL):
        reference = REFERENCE.search(cell.attributes)
        column = column_number(reference[1].encode()) if reference else column + 1
        if column == wanted:
            style = STYLE.search(cell.attributes)
            fresh = _cell(prefix, f"{letters}{number}", style[0] if style else "", text)
            return inner[: cell.start] + fresh + inner[cell.end :]
        if column > wanted:
            place = cell.start
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
