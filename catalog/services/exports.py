"""Giving a file back in the shape it came in, with the accepted descriptions in their cells."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from catalog import text
from catalog.errors import CatalogError
from catalog.limits import limits
from catalog.models import CatalogFile, Origin, Product
from catalog.reading.blocks import PRODUCT_COLUMNS
from catalog.reading.detection import Detection
from catalog.reading.errors import ReadingError
from catalog.reading.formats import format_named
from catalog.reading.rewrite import Rewritten, rewrite
from catalog.sentences import sentence
from catalog.services.imports import blocks_of

KEY, POSITION, DESCRIPTION = (PRODUCT_COLUMNS.index(name) for name in ("key", "position", "description"))
TYPES = {"csv": "text/csv", "tsv": "text/tab-separated-values"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PACKED = {"gzip": "application/gzip", "zip": "application/zip"}


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished file. `path` is temporary: whoever asked deletes it. `replaced` counts description cells."""

    name: str
    content_type: str
    path: Path
    replaced: int
    notes: tuple[str, ...]


def export(file: CatalogFile) -> Exported:
    """Every byte as it was uploaded, but for the description cells of products described since.

    Raises `CatalogError` where the stored file can't be read any more.
    """
    found = Detection.from_json(file.detection)
    source = file.absolute_path
    if not source.exists():
        raise CatalogError("file_missing")
    column = file.mapping.get("description", "")
    accepted = _accepted()
    with tempfile.NamedTemporaryFile(prefix="export-", suffix=".part", delete=False) as target:
        path = Path(target.name)
    try:
        cells = _cells(file, found, accepted) if column and accepted else {}
        done = rewrite(source, path, found, limits(), found.columns.index(column) if column else 0, cells)
    except ReadingError as error:
        path.unlink(missing_ok=True)
        raise CatalogError.of(error) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    kind = PACKED.get(found.compression) or TYPES.get(found.container, XLSX)
    notes = _notes(found, done, lacking=bool(accepted and not column))
    return Exported(_name(file.original_name), kind, path, done.replaced, notes)


def _accepted() -> dict[str, tuple[str, str]]:
    """Key → (text, origin) of every product whose description a person set or brought back."""
    rows = Product.objects.filter(described_at__isnull=False).values_list("key", "description", "description_origin")
    return {key: (description, origin) for key, description, origin in rows.iterator(chunk_size=5_000)}


def _cells(file: CatalogFile, found: Detection, accepted: dict[str, tuple[str, str]]) -> dict[int, str]:
    """Row → the new content of its description cell, where that differs from the present one."""
    html = format_named(found.format).html
    rows: list[tuple[int, str, str]] = []
    tagged = 0
    _reader, blocks = blocks_of(file)
    for block in blocks:
        if not block.products:
            continue
        columns = block.products
        for key, position, old in zip(columns[KEY], columns[POSITION], columns[DESCRIPTION], strict=True):
            assert key is not None
            assert position is not None
            if old and tagged < 3 and text.is_html(old):
                tagged += 1
            if key in accepted:
                rows.append((int(position), key, old or ""))
    as_html = html if html is not None else tagged > 0
    guard = _unchanged if found.container == "xlsx" else text.harmless
    cells = {}
    for row, key, old in rows:
        new = _written(*accepted[key], as_html=as_html, guard=guard)
        if new != old:
            cells[row] = new
    return cells


def _unchanged(cell: str) -> str:
    """In a workbook ours are inline strings, which are never a formula: a mark before them would only be seen."""
    return cell


def _written(description: str, origin: str, as_html: bool, guard: Callable[[str], str]) -> str:
    """A text from the file goes back as it was; ours is escaped where the cell is HTML, and is never a formula."""
    if origin == Origin.IMPORT:
        return description
    if as_html:
        if origin == Origin.PERSON and text.is_html(description):
            return guard(text.cleaned(description))
        return text.as_html(description)
    return guard(description)


def _notes(found: Detection, done: Rewritten, lacking: bool) -> tuple[str, ...]:
    notes = []
    if done.unencodable:
        notes.append(sentence("unencodable", {"encoding": found.encoding}))
    if done.failed:
        notes.append(sentence("not_replaced", {"count": done.failed}))
    if lacking:
        notes.append(sentence("no_description_column", {}))
    return tuple(notes)


def _name(original: str) -> str:
    stem, dot, suffix = original.partition(".")
    return f"{stem or 'catalog'}-described{dot}{suffix}"
