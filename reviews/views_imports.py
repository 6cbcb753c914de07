"""From a chosen file to its reviews: upload, preview, confirmation, progress, result, and taking it back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.errors import CatalogError
from catalog.import_progress import import_progress
from catalog.issue_files import issues_file
from catalog.large_bodies import refusal, was_refused
from catalog.mapping_form import chosen_mapping, mapping_rows
from catalog.models import Severity
from foundation.jobs.errors import JobError
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest
from foundation.tenancy.row_ids import row_id
from reviews import services
from reviews.counting import counted
from reviews.forms import FileForm, HowToRead, ReviewUploadForm
from reviews.models import ReviewFile, ReviewFileStatus, ReviewRowIssue
from reviews.previewing import preview_of
from reviews.sentences import ReviewError
from reviews.services.imports import OPEN

FILES_A_PAGE = 30
ISSUES_SHOWN = 50
SAMPLE_ROWS = 3


@require_http_methods(["GET", "POST"])
def import_list(request: ShopRequest, slug: str) -> HttpResponse:
    if request.method == "POST":
        return _upload(request)
    if was_refused(request):  # the body never came here, so the form that says so is made without it
        form = ReviewUploadForm({}, MultiValueDict())
        form.errors["file"] = form.error_class([str(refusal())])
        return _refused(request, form, status=413)
    return render(request, "reviews/import_list.html", {**_files(request), "form": ReviewUploadForm(), **_limits()})


def _upload(request: ShopRequest) -> HttpResponse:
    form = ReviewUploadForm(request.POST, request.FILES)
    if form.is_valid():
        uploaded = form.cleaned_data["file"]
        try:
            file = services.upload(uploaded.name, uploaded, by=request.user)
        except CatalogError as error:
            form.add_error("file", str(error))
        else:
            return redirect_to(request, detail_url(request, file))
    return _refused(request, form, status=422)


def _refused(request: ShopRequest, form: ReviewUploadForm, status: int) -> HttpResponse:
    """htmx swaps in an answer 422 only, so it gets that one."""
    context = {"form": form, **_limits()}
    if wants_fragment(request):
        return render(request, "reviews/_upload.html", context, status=422)
    return render(request, "reviews/import_list.html", {**_files(request), **context}, status=status)


def _files(request: HttpRequest) -> dict[str, Any]:
    """Files newest first, one page of them; the cursor is the id of the last one shown."""
    files = ReviewFile.objects.select_related("uploaded_by", "job").order_by("-pk")
    after = row_id(request.GET.get("after"))
    if after is not None:
        files = files.filter(pk__lt=after)
    page = list(files[: FILES_A_PAGE + 1])
    more = f"?after={page[FILES_A_PAGE - 1].pk}" if len(page) > FILES_A_PAGE else ""
    return {"files": page[:FILES_A_PAGE], "next_url": more, "previous_url": "?" if after is not None else ""}


def _limits() -> dict[str, int]:
    return {"max_bytes": settings.CATALOG_MAX_FILE_BYTES, "max_rows": settings.CATALOG_MAX_ROWS}


@require_GET
def import_detail(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """The file's page: its preview, its progress or its result, by its status."""
    file = _file(pk)
    if file.state in OPEN:
        return _preview(request, file)
    active = file.state in {ReviewFileStatus.IMPORTING, ReviewFileStatus.UNDOING}
    context: dict[str, Any] = {"file": file, "active": active}
    context |= {"progress": import_progress(file.job_id)} if active and file.job_id else _issues(file)
    name = "reviews/_import_state.html" if wants_fragment(request) else "reviews/import_detail.html"
    return render(request, name, context)


def _issues(file: ReviewFile) -> dict[str, Any]:
    issues = ReviewRowIssue.objects.filter(file=file).order_by("row", "pk")
    return {
        "issues": list(issues[:ISSUES_SHOWN]),
        "errors": issues.filter(severity=Severity.ERROR).count(),
        "warnings": issues.filter(severity=Severity.WARNING).count(),
        "issues_shown": ISSUES_SHOWN,
    }


def _preview(request: ShopRequest, file: ReviewFile, *, form: HowToRead | None = None, error: str = "") -> HttpResponse:
    preview = None
    try:
        preview = preview_of(file, rows=SAMPLE_ROWS)
    except CatalogError as failure:
        error = error or str(failure)
    context = {
        "file": file,
        "preview": preview,
        "form": form or HowToRead(file=file),
        "whole": FileForm.of(file),
        "mapping": mapping_rows(preview) if preview else None,
        "error": error,
        **_issues(file),
    }
    name = "reviews/_preview.html" if wants_fragment(request) else "reviews/import_detail.html"
    failed = bool(error) or bool(form and form.errors)
    return render(request, name, context, status=422 if failed and request.method == "POST" else 200)


@require_POST
def reread(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """What the person changed of what was recognised; answers with the preview as it now is."""
    file = _file(pk)
    form = HowToRead(request.POST, file=file)
    if not form.is_valid():
        return _preview(request, file, form=form)
    chosen = {name: str(column) for name, column in (chosen_mapping(request.POST) or {}).items()}
    try:
        # Read another way a file has other columns: a mapping of the old ones would mean nothing.
        changes = form.changes()
        file = services.reread(file, **(changes or {"mapping": chosen}))
    except (CatalogError, ReviewError) as error:
        return _preview(request, _file(pk), error=str(error))
    if wants_fragment(request):
        return _preview(request, file)
    return redirect_to(request, detail_url(request, file))


@require_GET
def count(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """The bar to confirm the import with, once the whole file has been read and counted."""
    file = _file(pk)
    context: dict[str, Any] = {"file": file}
    try:
        context["counted"] = counted(file) if file.state in OPEN else None
    except ReviewError as error:
        context["error"] = str(error)
    return render(request, "reviews/_confirm_bar.html", context)


@require_POST
def confirm(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    try:
        services.confirm(_file(pk), by=request.user)
    except (ReviewError, JobError) as error:
        file = _file(pk)
        if file.state in OPEN:
            return _preview(request, file, error=str(error))
        messages.error(request, str(error))
    return redirect_to(request, detail_url(request, _file(pk)))


@require_POST
def undo(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """Take exactly the file's reviews back."""
    file = _file(pk)
    try:
        services.undo(file, by=request.user)
    except (ReviewError, JobError) as error:
        messages.error(request, str(error))
    return redirect_to(request, detail_url(request, file))


@require_POST
def discard(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """Throw an upload away of which nothing is imported."""
    file = _file(pk)
    try:
        services.discard(file)
    except ReviewError as error:
        messages.error(request, str(error))
        return redirect_to(request, detail_url(request, file))
    messages.success(request, _("“%(file)s” was discarded.") % {"file": file.original_name})
    return redirect_to(request, reverse("reviews:import_list", kwargs={"slug": slug}))


@require_GET
def issues_csv(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """Every row that was not taken as it stood."""
    file = _file(pk)
    return issues_file(file.original_name, ReviewRowIssue.objects.filter(file=file).order_by("row", "pk").iterator())


def _file(pk: int) -> ReviewFile:
    found: ReviewFile = get_object_or_404(ReviewFile.objects.select_related("uploaded_by", "job"), pk=pk)
    return found


def detail_url(request: ShopRequest, file: ReviewFile) -> str:
    return reverse("reviews:import_detail", kwargs={"slug": request.merchant.slug, "pk": file.pk})
