"""The first rows of a workbook as a small workbook of their own.

The parser reads a workbook whole: all strings of all sheets, all cells of one. A page that shows three rows can't
wait for that, nor may the web process hold it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from catalog.reading.container import damaged, open_zip
from catalog.reading.errors import ReadingError
from catalog.reading.xlsx_book import Book, book
from catalog.reading.xlsx_extent import TAG, Extent
from catalog.reading.xml_pieces import pieces

HEAD_BYTES = 64 * 1024 * 1024  # of the rows, and of their strings
DATA = re.compile(rb"<((?:[^\s<>:/]+:)?)sheetData(?=[\s/>])")
# a cell whose value is the number of a shared string, and that number
SHARED = re.compile(
    rb"<(?:[^\s<>:/]+:)?c\s[^<]*?(?<![\w:.-])t\s*=\s*[\"']s[\"'][^<]*"
    rb"(?:<(?!/?(?:[^\s<>:/]+:)?[cv][\s/>])[^<]*)*<(?:[^\s<>:/]+:)?v(?:\s[^<>]*)?>\s*(\d{1,9})"
)
STRING = re.compile(rb"<((?:[^\s<>:/]+:)?)si(?=[\s/>])|</(?:[^\s<>:/]+:)?sst\s*>")

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROOT_LINKS, BOOK_LINKS = (("officeDocument", "xl/workbook.xml"),), (
    ("worksheet", "worksheets/sheet1.xml"),
    ("sharedStrings", "sharedStrings.xml"),
    ("styles", "styles.xml"),
)  # fmt: skip
NO_STRINGS = f'<sst xmlns="{MAIN}"/>'.encode()
NO_STYLES = f'<styleSheet xmlns="{MAIN}"/>'.encode()


def head_workbook(path: Path, sheet: str, count: int) -> bytes:
    """A workbook with the rows 1 to `count` of `sheet` (the first one for ""), for which only those are read.

    Raises `ReadingError` for a damaged workbook, and for first rows of more than `HEAD_BYTES`.
    """
    with path.open("rb") as raw, open_zip(raw) as archive:
        parts = book(archive)
        member = parts.sheets.get(sheet) if sheet else next(iter(parts.sheets.values()), None)
        if member is None:
            raise ReadingError("workbook_without_sheet" if not parts.sheets else "workbook_damaged")
        rows = _rows(archive, member, count)
        extent = Extent()
        extent.add(rows)
        if extent.rows > count:  # a cell that says it is of another row than the one it is in
            raise ReadingError("workbook_damaged")
        wanted = frozenset(map(int, SHARED.findall(rows)))
        strings = _strings(archive, parts.strings, wanted) if wanted and parts.strings else NO_STRINGS
        styles = _whole(archive, parts.styles) if parts.styles else NO_STYLES
    return _written(parts, rows, strings, styles)


def _rows(archive: zipfile.ZipFile, member: str, count: int) -> bytes:
    """The sheet's XML up to the first row past `count`, closed there. Cut earlier where the rows are too long."""
    taken, row, starts = bytearray(), 0, 0
    with damaged(), archive.open(member) as part:
        for piece in pieces(part):
            for tag in TAG.finditer(piece):
                if tag[1] != b"row":
                    continue
                row = int(tag[3]) if tag[3] else row + 1
                if row > count:
                    return bytes(taken) + piece[: tag.start()] + _closing(bytes(taken) + piece)
                starts = len(taken) + tag.start()
            taken += piece
            if len(taken) > HEAD_BYTES:
                return _shortened(bytes(taken), starts)
    return bytes(taken)


def _shortened(taken: bytes, last: int) -> bytes:
    """Without the row that begins at `last`, which is not read to its end. Raises `ReadingError` if it is the first."""
    data = DATA.search(taken)
    if data is None or TAG.search(taken, data.end(), last) is None:
        raise ReadingError("head_too_big", limit=HEAD_BYTES)
    return taken[:last] + _closing(taken)


def _closing(text: bytes) -> bytes:
    data = DATA.search(text)
    prefix = data[1] if data else b""
    return b"</%ssheetData></%sworksheet>" % (prefix, prefix)


def _strings(archive: zipfile.ZipFile, member: str, wanted: frozenset[int]) -> bytes:
    """The shared strings with all but the `wanted` ones empty, none past the last of those."""
    out, index, last, prefix = bytearray(), -1, max(wanted), b""
    with damaged(), archive.open(member) as part:
        for piece in pieces(part):
            position = 0
            for found in STRING.finditer(piece):
                out += piece[position : found.start()] if index < 0 or index in wanted else b""
                position = found.start()
                index += 1
                prefix = prefix if found[1] is None else found[1]
                if index > last or found[1] is None:
                    return bytes(out) + b"</%ssst>" % prefix
                if index not in wanted:
                    out += b"<%ssi/>" % prefix
            out += piece[position:] if index < 0 or index in wanted else b""
            if len(out) > HEAD_BYTES:
                raise ReadingError("head_too_big", limit=HEAD_BYTES)
    return bytes(out)


def _whole(archive: zipfile.ZipFile, member: str) -> bytes:
    with damaged(), archive.open(member) as part:
        data = part.read(HEAD_BYTES + 1)
    if len(data) > HEAD_BYTES:
        raise ReadingError("head_too_big", limit=HEAD_BYTES)
    return data


def _written(parts: Book, rows: bytes, strings: bytes, styles: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("_rels/.rels", _links(ROOT_LINKS))
        archive.writestr("xl/_rels/workbook.xml.rels", _links(BOOK_LINKS))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="{int(parts.date1904)}"/>'
            '<sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", rows)
        archive.writestr("xl/sharedStrings.xml", strings)
        archive.writestr("xl/styles.xml", styles)
    return target.getvalue()


def _links(links: Iterable[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )
