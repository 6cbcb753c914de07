"""The selects under "Which column is what": built from a preview, read back from a submitted form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict

if TYPE_CHECKING:
    from catalog.services import Preview

PREFIX = "map-"
ATTRIBUTES = "map-attributes"
SURE, LIKELY = 0.95, 0.65


@dataclass(frozen=True, slots=True)
class MappingRow:
    """One field of a product; `column` is "" where none was found. `certainty`: sure | likely | unsure | none."""

    name: str
    label: str
    column: str
    certainty: str
    percent: int
    required: bool


def mapping_rows(preview: Preview) -> list[MappingRow]:
    return [
        MappingRow(
            name=PREFIX + item.field,
            label=item.label,
            column=item.column or "",
            certainty=_certainty(item.column, item.confidence),
            percent=round(100 * item.confidence),
            required=item.required,
        )
        for item in preview.fields
    ]


def _certainty(column: str, confidence: float) -> str:
    if not column:
        return "none"
    if confidence >= SURE:
        return "sure"
    return "likely" if confidence >= LIKELY else "unsure"


def chosen_mapping(data: QueryDict) -> dict[str, str | list[str]] | None:
    """`{field: column}` of the submitted selects, None where the form had none (a format with fixed columns)."""
    names = [name for name in data if name.startswith(PREFIX) and name != ATTRIBUTES]
    fields = {name.removeprefix(PREFIX): str(data[name]) for name in names}
    if not fields:
        return None
    mapping: dict[str, str | list[str]] = {field: column for field, column in fields.items() if column}
    mapping["attributes"] = data.getlist(ATTRIBUTES)
    return mapping
