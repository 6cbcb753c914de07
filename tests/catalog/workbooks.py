"""Small XLSX workbooks, written by hand so that each test knows every byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from catalog.reading.xlsx_patch import column_letters

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
ROOT = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="{target}"/></Relationships>'
)
BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="Products" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def workbook(rows: Sequence[Sequence[str | float]], extra: str = "", book: str = BOOK) -> bytes:
    """`extra` is put after the rows as it is. Empty cells are left out, as spreadsheets do."""
    body = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT.format(kind="officeDocument", target="xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", ROOT.format(kind="worksheet", target="worksheets/sheet1.xml"))
        archive.writestr("xl/worksheets/sheet1.xml", f"{SHEET}{body}{extra}</sheetData></worksheet>")
    return target.getvalue()


def _row(number: int, cells: Sequence[str | float]) -> str:
    inner = "".join(_cell(f"{column_letters(place)}{number}", cell) for place, cell in enumerate(cells) if cell != "")
    return f'<row r="{number}" spans="1:9">{inner}</row>'


def _cell(reference: str, cell: str | float) -> str:
    if isinstance(cell, str):
        return f'<c r="{reference}" s="0" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<c r="{reference}"><v>{cell}</v></c>'


STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def rich_workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """As spreadsheet programs write them: texts shared between sheets, dates as formatted numbers, rows prefixed."""
    strings: dict[str, int] = {}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", ROOT.format(kind="officeDocument", target="xl/workbook.xml"))
        names, links = "", ""
        for number, (name, rows) in enumerate(sheets.items(), 1):
            names += f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
            links += f'<Relationship Id="rId{number}" Type="{KIND}/worksheet" Target="worksheets/s{number}.xml"/>'
            body = "".join(_rich_row(place, row, strings) for place, row in enumerate(rows, 1))
            archive.writestr(f"xl/worksheets/s{number}.xml", f"{SHEET}{body}</sheetData></worksheet>")
        links += f'<Relationship Id="rS" Type="{KIND}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        links += f'<Relationship Id="rT" Type="{KIND}/styles" Target="styles.xml"/>'
        archive.writestr("xl/workbook.xml", re.sub("<sheet .*?/>", lambda _old: names, BOOK))
        archive.writestr("xl/_rels/workbook.xml.rels", re.sub("<Relationship .*?/>", lambda _old: links, ROOT))
        texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
        archive.writestr("xl/sharedStrings.xml", f'<x:sst xmlns:x="m">{texts}</x:sst>'.replace("si>", "x:si>"))
        archive.writestr("xl/styles.xml", STYLES)
    return target.getvalue()


def _rich_row(number: int, cells: Sequence[object], strings: dict[str, int]) -> str:
    written = ""
    for place, cell in enumerate(cells):
        at = f'r="{column_letters(place)}{number}"'
        if isinstance(cell, date):
            written += f'<c {at} s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
        elif isinstance(cell, str) and cell:
            written += f'<c {at} t="s"><f>A1</f><v>{strings.setdefault(cell, len(strings))}</v></c>'
        elif cell not in (None, ""):
            written += f"<c {at}><v>{cell}</v></c>"
    return f'<row r="{number}">{written}</row>'
