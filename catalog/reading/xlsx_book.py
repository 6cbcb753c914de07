"""What a workbook consists of: its sheets by name, and the members that hold them."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from catalog.reading.container import damaged
from catalog.reading.errors import ReadingError

BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
LARGEST = 16 * 1024 * 1024  # bytes of either
# namespaces of a reference to a part, as the parser writes them before a name
RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships ",
    "http://purl.oclc.org/ooxml/officeDocument/relationships ",
)
Element = tuple[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Book:
    """`sheets`: name → member, in the workbook's order; `strings` and `styles` are "" where there are none."""

    sheets: dict[str, str]
    strings: str = ""
    styles: str = ""
    date1904: bool = False


def book(archive: zipfile.ZipFile) -> Book:
    """Raises `ReadingError` for a workbook whose own list of parts can't be read."""
    present = {_folded(name): name for name in archive.namelist()}
    links = [attributes for name, attributes in _elements(archive, LINKS) if name == "Relationship"]
    members = {link.get("Id", ""): _member(link.get("Target", ""), present) for link in links}
    kinds = {link.get("Id", ""): link.get("Type", "").rpartition("/")[2] for link in links}
    by_kind = {kinds[key]: member for key, member in members.items()}
    sheets: dict[str, str] = {}
    date1904 = False
    for name, attributes in _elements(archive, BOOK):
        if name == "workbookPr":
            date1904 = attributes.get("date1904", "").lower() in {"1", "true"}
        key = attributes.get("id", "")
        if name == "sheet" and kinds.get(key) == "worksheet" and members[key]:
            sheets.setdefault(attributes.get("name", ""), members[key])
    return Book(sheets, by_kind.get("sharedStrings", ""), by_kind.get("styles", ""), date1904)


def sheet_member(archive: zipfile.ZipFile, sheet: str) -> str:
    """The member that holds the sheet called `sheet`. Raises `ReadingError`."""
    member = book(archive).sheets.get(sheet)
    if member is None:
        raise ReadingError("workbook_damaged")
    return member


def _member(target: str, present: dict[str, str]) -> str:
    """The archive's own spelling of a relationship's target, "" where it lacks it."""
    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return present.get(_folded(path)) or present.get(_folded(target), "")


def _folded(name: str) -> str:
    return name.replace("\\", "/").lower()


def _elements(archive: zipfile.ZipFile, member: str) -> list[Element]:
    """(name, attributes) of every element, both without their namespaces.

    Raises `ReadingError` for what is no XML, and for a document type: entities are declared there, and those of a
    workbook are none that it needs.
    """
    found: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items() if key.startswith(RELATIONS)}
        own = {key: value for key, value in attributes.items() if " " not in key}
        found.append((name.rpartition(" ")[2], {**own, **plain}))

    def refuse(*_declaration: Any) -> None:
        raise ReadingError("workbook_damaged")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(_read(archive, member), True)
    except expat.ExpatError as error:
        raise ReadingError("workbook_damaged") from error
    return found


def _read(archive: zipfile.ZipFile, member: str) -> bytes:
    try:
        with damaged(), archive.open(member) as part:
            data = part.read(LARGEST + 1)
    except KeyError as error:
        raise ReadingError("workbook_damaged") from error
    if len(data) > LARGEST:
        raise ReadingError("workbook_damaged")
    return data
