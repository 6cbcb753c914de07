"""The sentence of every code that importing reviews can end in, each with what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.reading.errors import ReadingError
from catalog.sentences import sentence as of_tables
from catalog.sentences import skipped as of_skipped_rows

FILES = {
    "missing_text_column": _("No column is known to hold the reviews. Choose the column with the texts."),
    "no_reviews": _("No review could be read from the file. The list of rows says why."),
    "busy": _("This file is being worked on. Wait until that has ended."),
    "not_imported": _("Nothing of this file is imported, so there is nothing to take back."),
    "not_discardable": _("Reviews came from this file. Take the import back first."),
    "nothing_unmatched": _("Every review that names a product has one."),
    "bad_dates": _("Choose whether the day or the month comes first in this file’s dates."),
    "known_review": _("This review is here already."),
    "from_a_file": _("This review came in a file. Take the import of that file back instead."),
}
ROWS = {
    "no_text": _("The row has no text, so there is nothing to read. Add the text, or leave the row out."),
    "not_stars": _("“%(value)s” is no rating from 1 to 5. Correct it, leave it empty, or choose another column."),
    "not_a_date": _(
        "“%(value)s” is no date that can be read, or lies in the future. Write it as 2024-05-31, or leave it empty."
    ),
    "too_long": _("The cell is longer than %(limit)s characters. Shorten it, or choose another column."),
    "other_text": _(
        "A review with the id “%(value)s” is here with another text. If this one comes from elsewhere, say in “Where"
        " they come from” from where; then upload the file again."
    ),
    "several_products": _(
        "Several products are called “%(value)s”. The review was kept as one of the shop; give its SKU to tell which."
    ),
}
SKIPPED = {
    "no_text": _("no text in “%(column)s”"),
    "not_stars": _("no rating from 1 to 5 in “%(column)s”"),
    "not_a_date": _("a date in “%(column)s” that can’t be read"),
    "too_long": _("too long a value in “%(column)s”"),
    "other_text": _("the id of another review"),
}
_OURS = {**FILES, **ROWS}


class ReviewError(Exception):
    """`str()` is a sentence for the person that says what to do, in the active language; `code` is stable."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    @classmethod
    def of(cls, error: ReadingError) -> ReviewError:
        return cls(error.code, **error.params)

    def __str__(self) -> str:
        return sentence(self.code, self.params)


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """In the active language. Raises KeyError for an unknown code."""
    return str(_OURS[code]) % dict(params) if code in _OURS else of_tables(code, params)


def skipped(code: str, column: str) -> str:
    """Why rows are skipped, as it goes on from their number."""
    return str(SKIPPED[code]) % {"column": column} if code in SKIPPED else of_skipped_rows(code, column)
