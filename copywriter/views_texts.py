"""A job's texts as a table, to look over and to take along as a file."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from catalog.streaming import send_and_delete
from catalog.text import harmless
from copywriter import selection, table
from copywriter.jobs import KIND
from foundation.jobs.models import Job
from foundation.tenancy.http import ShopRequest
from foundation.tenancy.row_ids import row_id

BYTE_ORDER_MARK = "\ufeff"  # by which a spreadsheet knows that it is UTF-8


@require_GET
def texts(request: ShopRequest, slug: str, job_id: int) -> HttpResponse:
    job = _find(job_id)
    page = table.page(job, row_id(request.GET.get("after")), row_id(request.GET.get("before")))
    context = {"job": job, "about": selection.told(job.params.get("selection") or {}), "page": page}
    return render(request, "copywriter/texts.html", context)


@require_GET
def texts_csv(request: ShopRequest, slug: str, job_id: int) -> StreamingHttpResponse:
    job = _find(job_id)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".csv", delete=False) as target:
        target.write(BYTE_ORDER_MARK)
        csv.writer(target).writerows([harmless(cell) for cell in line] for line in table.lines(job))
    return send_and_delete(request, Path(target.name), f"texts-{job.pk}.csv", "text/csv; charset=utf-8")


def _find(job_id: int) -> Job:
    found: Job = get_object_or_404(Job, pk=job_id, kind=KIND)
    return found
