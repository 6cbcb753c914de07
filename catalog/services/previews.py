"""What a file would be read as, before anything is imported."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from catalog.errors import CatalogError
from catalog.limits import limits
from catalog.models import CatalogFile, TableFile
from catalog.reading import mapping as guessing
from catalog.reading.detect import head_rows
from catalog.reading.detection import Detection
from catalog.reading.errors import ReadingError
from catalog.sentences import sentence

FIELD_LABELS = {
    "title": _("Title"),
    "key": _("The shop's own id"),
    "sku": _("SKU"),
    "description": _("Description"),
    "vendor": _("Brand"),
    "product_type": _("Type or category"),
    "tags": _("Tags"),
    "status": _("Status"),
    "price": _("Price"),
    "compare_at": _("Price before a reduction"),
    "quantity": _("Stock"),
    "image_url": _("Picture"),
}
SHOWN_CHARS = 300


@dataclass(frozen=True, slots=True)
class FieldGuess:
    """`column` is "" where none was found; `confidence` is 1 for an exact name or the user's choice."""

    field: str
    label: str
    column: str
    confidence: float
    required: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """`rows` are (row number, cells), cells cut to 300 characters; `attributes` the columns kept as attributes."""

    detection: Detection
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    fields: tuple[FieldGuess, ...]
    attributes: tuple[str, ...]
    notes: tuple[str, ...]
    editable: bool  # whether the mapping is the user's to change


Numbered = list[tuple[int, list[str]]]


def first_rows(file: TableFile) -> Numbered:
    """The first filled rows of data with their numbers. Raises `CatalogError` where the stored file can't be read."""
    found = Detection.from_json(file.detection)
    try:
        head = head_rows(file.absolute_path, found, limits())
    except ReadingError as error:
        raise CatalogError.of(error) from error
    except FileNotFoundError as error:
        raise CatalogError("file_missing") from error
    return [(number, row) for number, row in enumerate(head, 1) if number > found.header_row and any(row)]


def as_shown(data: Numbered) -> tuple[tuple[int, tuple[str, ...]], ...]:
    return tuple(
        (number, tuple(cell[:SHOWN_CHARS].replace("\0", "\N{SYMBOL FOR NULL}") for cell in row)) for number, row in data
    )


def preview(file: CatalogFile, rows: int = 3) -> Preview:
    """Raises `CatalogError` where the stored file can't be read."""
    found = Detection.from_json(file.detection)
    data = first_rows(file)
    return Preview(
        detection=found,
        columns=found.columns,
        rows=as_shown(data[:rows]),
        fields=_fields(file, found, [row for _number, row in data]),
        attributes=tuple(file.mapping.get("attributes", [])),
        notes=tuple(sentence(note, {}) for note in found.notes),
        editable=found.format == "plain",
    )


def _fields(file: CatalogFile, found: Detection, rows: list[list[str]]) -> tuple[FieldGuess, ...]:
    guessed = {}
    if found.format == "plain":
        guessed = {item.field: item for item in guessing.guess(found.columns, rows)[0]}
    result = []
    for field, label in FIELD_LABELS.items():
        column = file.mapping.get(field, "")
        guess = guessed.get(field)
        confidence = guess.confidence if guess is not None and guess.column == column else float(bool(column))
        result.append(FieldGuess(field, str(label), column, confidence, field == "title"))
    return tuple(result)
