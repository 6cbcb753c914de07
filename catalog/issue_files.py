"""The rows of a file that were not taken as they stood, as a file for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from catalog.models import RowRemark
from catalog.text import harmless


def issues_file(original_name: str, issues: Iterable[RowRemark]) -> HttpResponse:
    """A download: row, column, what happened, why, and the row itself."""
    stem = original_name.rsplit(".", 1)[0] or "file"
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{stem}-rows.csv") or "attachment"
    writer = csv.writer(response)
    writer.writerow([_("Row"), _("Column"), _("Severity"), _("Reason"), _("Cells")])
    for issue in issues:
        cells = [issue.column, issue.get_severity_display(), issue.reason, *issue.cells]
        writer.writerow([issue.row, *(harmless(str(cell)) for cell in cells)])
    return response
