"""What a file of reviews would be read as, before anything is imported."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from catalog.reading.detection import Detection
from catalog.sentences import sentence
from catalog.services.previews import FieldGuess, Preview, as_shown, first_rows
from reviews.models import ReviewFile
from reviews.reading.mapping import guess

LABELS = {
    "text": _("Review"),
    "headline": _("Headline of the review"),
    "rating": _("Stars"),
    "written_on": _("Written on"),
    "product_key": _("Product’s SKU, handle or id"),
    "product_title": _("Product’s title"),
    "author": _("Name of the author"),
    "contact": _("E-mail or phone of the author"),
    "language": _("Language"),
    "source": _("Where it comes from"),
    "source_id": _("The review’s own id"),
}


def preview_of(file: ReviewFile, rows: int) -> Preview:
    """Raises `CatalogError` where the stored file can't be read."""
    found = Detection.from_json(file.detection)
    data = first_rows(file)
    guessed = guess(found.columns, [row for _number, row in data])[0]
    fields = []
    for name, label in LABELS.items():
        column = file.mapping.get(name, "")
        sure = guessed[name].confidence if name in guessed and guessed[name].column == column else float(bool(column))
        fields.append(FieldGuess(name, str(label), column, sure, name == "text"))
    return Preview(
        detection=found,
        columns=found.columns,
        rows=as_shown(data[:rows]),
        fields=tuple(fields),
        attributes=(),
        notes=tuple(sentence(note, {}) for note in found.notes if note != "no_header") + _no_header(found),
        editable=True,
    )


def _no_header(found: Detection) -> tuple[str, ...]:
    return () if found.has_header else (str(_("The first row looks like a review, so the columns have no names.")),)
