"""A job's texts as a table, to look over and to take along as a file."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from catalog.streaming import send_and_delete
from catalog.text import harmless
from copywriter.estimates import cost_of
from copywriter.jobs import WRITING
from copywriter.reviewing import table
from foundation.jobs.models import Job
from foundation.jobs.presentation import job_view
from foundation.tenancy.htmx import wants_fragment
from foundation.tenancy.http import ShopRequest

BYTE_ORDER_MARK = "\ufeff"  # by which a spreadsheet knows that it is UTF-8


@require_GET
def texts(request: ShopRequest, slug: str, job_id: int) -> HttpResponse:
    job = _find(job_id)
    view = job_view(job)
    if wants_fragment(request) and request.GET.get("v") == view.version:
        return HttpResponse(status=204)
    here = {name: request.GET[name] for name in ("after", "before") if request.GET.get(name)}
    context = {
        "job": job,
        "view": view,
        "page": table.page(job, here.get("after"), here.get("before")),
        "here": urlencode(here),
        "cost": cost_of(job),
    }
    return render(request, "copywriter/_texts.html" if wants_fragment(request) else "copywriter/texts.html", context)


@require_GET
def texts_csv(request: ShopRequest, slug: str, job_id: int) -> StreamingHttpResponse:
    job = _find(job_id)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".csv", delete=False) as target:
        target.write(BYTE_ORDER_MARK)
        csv.writer(target).writerows([harmless(cell) for cell in line] for line in table.lines(job))
    return send_and_delete(request, Path(target.name), f"texts-{job.pk}.csv", "text/csv; charset=utf-8")


def _find(job_id: int) -> Job:
    found: Job = get_object_or_404(Job, pk=job_id, kind__in=WRITING)
    return found
