"""The sentence of every code that reading a file can end in, for the person who uploaded it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

# of the file as a whole
FILES = {
    "empty_file": _("The file is empty. Export the catalog again and upload the new file."),
    "file_too_big": _("The file is larger than %(limit)s. Split it, or ask the operator to raise the limit."),
    "unpacked_too_big": _("Unpacked, the file is larger than %(limit)s. Split it into smaller files."),
    "bomb": _("The workbook unpacks to far more than its size, as a harmful file does. Save it again as CSV."),
    "archive_truncated": _("The compressed file ends too early: the upload or the download was cut. Get it again."),
    "archive_damaged": _("The file is damaged and can't be unpacked. Save or download it again."),
    "archive_locked": _("The archive has a password. Upload it without one."),
    "archive_without_table": _("The archive holds no CSV, TSV or XLSX file."),
    "archive_with_several": _("The archive holds %(count)s tables. Upload one of them at a time."),
    "picture": _("This is a %(kind)s picture, not a table. Export the catalog as CSV or XLSX."),
    "not_a_table": _("This is a %(kind)s file, not a table. Export the catalog as CSV or XLSX."),
    "old_workbook": _("This is a workbook in the old XLS format. Save it as XLSX or CSV."),
    "binary": _("This file is not text, so it can't be a CSV. Export the catalog as CSV or XLSX."),
    "markup": _("This is an XML or HTML file, not a table. Export the catalog as CSV or XLSX."),
    "workbook_without_sheet": _("The workbook has no sheet with cells."),
    "workbook_damaged": _("The workbook can't be read. Open it, save it again as XLSX or CSV, and upload that."),
    "no_columns": _("The sheet has no columns. Put the column names in its first row."),
    "too_many_columns": _("There are %(count)s columns; at most %(limit)s are read. Check the separator of the cells."),
    "too_many_rows": _("There are more than %(limit)s rows. Split the file."),
    "too_many_cells": _("The sheet holds more than %(limit)s cells. Split it, or save the table as CSV."),
    "stretched": _(
        "The sheet reaches to row %(rows)s and column %(columns)s, but only %(count)s of its cells are used."
        " Delete what stands far from the table, or save the table as CSV."
    ),
    "head_too_big": _("The first rows of the sheet hold more than %(limit)s. Save the table as CSV."),
    "cell_too_long": _(
        "A cell in row %(row)s is longer than %(limit)s characters. A quotation mark is probably never closed there."
    ),
    "open_quote": _("The quotation mark that opens in row %(row)s is never closed. Correct that row."),
    "wrong_encoding": _("Row %(row)s can't be read as %(encoding)s. Choose another encoding."),
    "unknown_encoding": _("The encoding %(encoding)s is not known here. Choose one of the list."),
    "unknown_delimiter": _("Cells can't be separated by %(delimiter)s. Choose one of the list."),
    "unknown_sheet": _("The workbook has no sheet called “%(sheet)s”. Choose one of the list."),
    "unknown_format": _("There is no format called %(format)s."),
    "missing_column": _("A %(format)s file needs the column “%(column)s”, and this one lacks it."),
    "missing_title_column": _("No column is known to hold the titles. Choose the column with the product names."),
    "no_such_column": _("The file has no column “%(column)s”."),
    "not_editable": _("The file is being imported or was published; upload it again to read it differently."),
    "not_discardable": _("The file was imported or is being imported, so it stays: its export needs it."),
    "file_missing": _("The stored file is no longer on the server. Upload it again."),
    "already_importing": _("This file is being imported already."),
    "no_products": _("No product could be read from the file. The list of rows says why."),
}
# of one row
ROWS = {
    "too_wide": _("The row has %(count)s cells, but there are only %(columns)s columns."),
    "nul": _("The row holds a NUL character, which no text has. Remove it."),
    "not_an_object": _("The line is no JSON object, or has a text that is too long. Write one object a line."),
    "no_title": _("The product has no title."),
    "no_key": _("The product has no handle, SKU or id to know it by."),
    "key_too_long": _("The handle, SKU or id is longer than %(limit)s characters."),
    "duplicate_key": _("“%(value)s” stands in row %(first)s already."),
    "duplicate_variant": _("The product has a variant “%(value)s” already."),
    "no_parent": _("Its parent product “%(value)s” is not in the file."),
    "not_a_price": _("“%(value)s” is not a price; the product was imported without it."),
    "not_a_number": _("“%(value)s” is not a whole number; the product was imported without it."),
    "cut": _("The cell is longer than %(limit)s characters and was cut."),
}
# of all the rows that are skipped for the same reason
SKIPPED = {
    "too_wide": _("more cells than there are columns"),
    "nul": _("a NUL character, which no text has"),
    "not_an_object": _("no JSON object on the line"),
    "no_title": _("no title in “%(column)s”"),
    "no_key": _("no handle, SKU or id to know the product by"),
    "key_too_long": _("a value in “%(column)s” that is too long for an id"),
    "duplicate_key": _("the same “%(column)s” as an earlier row"),
    "duplicate_variant": _("the same variant as an earlier row"),
    "no_parent": _("a parent product that is not in the file"),
}
_OTHER_KEY = _("If these are different products, choose another column as “The shop's own id”, or none.")
_OTHER_SKU = _("If these are different products, choose another column as “SKU”, or none.")
ADVICE = {
    "duplicate_key": {"key": _OTHER_KEY, "sku": _OTHER_SKU},
    "key_too_long": {"key": _OTHER_KEY, "sku": _OTHER_SKU},
}
# about what was recognised
NOTES = {
    "named_workbook_is_text": _("The name says workbook, but the file is text; it is read as CSV."),
    "named_text_is_workbook": _("The name says text, but the file is an XLSX workbook; it is read as one."),
    "no_header": _("The first row looks like a product, so the columns have no names."),
    "has_nul": _("Some rows hold NUL characters; they will be reported and left out."),
    "unencodable": _("Some texts have characters that %(encoding)s lacks; those were written as the nearest ones."),
    "not_replaced": _("%(count)s descriptions could not be written into their rows and stayed as they were."),
    "no_description_column": _("The file has no column for descriptions; nothing was written into it."),
}
_ALL = {**FILES, **ROWS, **NOTES}
_SIZES = frozenset({"file_too_big", "unpacked_too_big", "head_too_big"})


def skipped(code: str, column: str) -> str:
    """Why rows are skipped, as it goes on from their number. Raises KeyError for an unknown code."""
    return str(SKIPPED[code]) % {"column": column}


def advice(code: str, role: str) -> str:
    """What to choose otherwise where rows are skipped for the column that is `key` or `sku`; "" for nothing."""
    return str(ADVICE.get(code, {}).get(role, ""))


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """In the active language. Raises KeyError for an unknown code."""
    values = dict(params)
    if code in _SIZES:
        values["limit"] = f"{values['limit'] / 2**20:,.0f} MB"
    return str(_ALL[code]) % values
