"""From a chosen file to its products: upload, preview, confirmation, progress and result."""

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

from catalog import listing, services
from catalog.counting import counted
from catalog.errors import CatalogError
from catalog.forms import RecognitionForm, UploadForm
from catalog.import_progress import import_progress
from catalog.issue_files import issues_file
from catalog.large_bodies import refusal, was_refused
from catalog.mapping_form import chosen_mapping, mapping_rows
from catalog.models import CatalogFile, FileStatus, RowIssue, Severity
from foundation.jobs.errors import JobError
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest
from foundation.tenancy.row_ids import row_id

FILES_A_PAGE = 30
ISSUES_SHOWN = 50
SAMPLE_ROWS = 3


@require_http_methods(["GET", "POST"])
def import_list(request: ShopRequest, slug: str) -> HttpResponse:
    if request.method == "POST":
        return _upload(request)
    if was_refused(request):
        return _too_large(request)
    return render(request, "catalog/import_list.html", {**_files(request), "form": UploadForm(), **_limits()})


def _too_large(request: ShopRequest) -> HttpResponse:
    """The body never came here, so the form that says so is made without it."""
    form = UploadForm({}, MultiValueDict())
    form.errors["file"] = form.error_class([str(refusal())])
    return _refused(request, form, status=413)


def _upload(request: ShopRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        uploaded = form.cleaned_data["file"]
        try:
            file = services.upload(uploaded.name, uploaded, by=request.user)
        except CatalogError as error:
            form.add_error("file", str(error))
        else:
            return redirect_to(request, detail_url(request, file))
    return _refused(request, form, status=422)


def _refused(request: ShopRequest, form: UploadForm, status: int) -> HttpResponse:
    """htmx swaps in an answer 422 only, so it gets that one."""
    context = {"form": form, **_limits()}
    if wants_fragment(request):
        return render(request, "catalog/_upload.html", context, status=422)
    return render(request, "catalog/import_list.html", {**_files(request), **context}, status=status)


def _files(request: HttpRequest) -> dict[str, Any]:
    """Files newest first, one page of them; the cursor is the id of the last one shown."""
    files = CatalogFile.objects.select_related("uploaded_by").order_by("-pk")
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
    if _is_open(file):
        return _preview(request, file)
    active = file.state == FileStatus.IMPORTING
    context: dict[str, Any] = {"file": file, "active": active}
    context |= {"progress": import_progress(file.job_id)} if active and file.job_id else _result(file)
    name = "catalog/_import_state.html" if wants_fragment(request) else "catalog/import_detail.html"
    return render(request, name, context)


def _result(file: CatalogFile) -> dict[str, Any]:
    issues = RowIssue.objects.filter(file=file).order_by("row", "pk")
    skipped = issues.filter(severity=Severity.ERROR)
    return {
        "issues": list(issues[:ISSUES_SHOWN]),
        "errors": skipped.count(),
        "warnings": issues.filter(severity=Severity.WARNING).count(),
        "issues_shown": ISSUES_SHOWN,
        "without_here": listing.count(listing.Filter(without_description=True, file=file.pk)),
        "without_in_shop": listing.count(listing.Filter(without_description=True)),
    }


def _preview(
    request: ShopRequest, file: CatalogFile, *, form: RecognitionForm | None = None, error: str = ""
) -> HttpResponse:
    preview = None
    try:
        preview = services.preview(file, rows=SAMPLE_ROWS)
    except CatalogError as failure:
        error = error or str(failure)
    context = {
        "file": file,
        "preview": preview,
        "form": form or RecognitionForm(file=file),
        "mapping": mapping_rows(preview) if preview else None,
        "error": error,
    }
    name = "catalog/_preview.html" if wants_fragment(request) else "catalog/import_detail.html"
    failed = bool(error) or bool(form and form.errors)
    return render(request, name, context, status=422 if failed and request.method == "POST" else 200)


@require_POST
def reread(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """What the person changed of what was recognised; answers with the preview as it now is."""
    file = _file(pk)
    form = RecognitionForm(request.POST, file=file)
    if not form.is_valid():
        return _preview(request, file, form=form)
    try:
        # Read another way a file has other columns: a mapping of the old ones would mean nothing.
        changes = form.changes()
        file = services.reread(file, **(changes or {"mapping": chosen_mapping(request.POST)}))
    except CatalogError as error:
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
        found = counted(file) if _is_open(file) else None
        context |= {"tally": found.tally, "reasons": found.reasons} if found else {}
    except CatalogError as error:
        context["error"] = str(error)
    return render(request, "catalog/_confirm_bar.html", context)


@require_POST
def confirm(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    file = _file(pk)
    try:
        services.confirm(file, by=request.user)
    except (CatalogError, JobError) as error:
        file = _file(pk)
        if _is_open(file):
            return _preview(request, file, error=str(error))
        messages.error(request, str(error))
    return redirect_to(request, detail_url(request, file))


@require_POST
def discard(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """Throw an upload away that was not imported."""
    file = _file(pk)
    try:
        services.discard(file)
    except CatalogError as error:
        messages.error(request, str(error))
        return redirect_to(request, detail_url(request, file))
    messages.success(request, _("“%(file)s” was discarded.") % {"file": file.original_name})
    return redirect_to(request, reverse("catalog:import_list", kwargs={"slug": slug}))


@require_GET
def issues_csv(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """Every row that was not taken as it stood."""
    file = _file(pk)
    return issues_file(file.original_name, RowIssue.objects.filter(file=file).order_by("row", "pk").iterator())


def _is_open(file: CatalogFile) -> bool:
    """Whether it can still be read differently and imported; a failed one too, as that may be what helps."""
    return file.state not in (FileStatus.IMPORTING, FileStatus.PUBLISHED)


def _file(pk: int) -> CatalogFile:
    found: CatalogFile = get_object_or_404(CatalogFile.objects.select_related("uploaded_by"), pk=pk)
    return found


def detail_url(request: ShopRequest, file: CatalogFile) -> str:
    return reverse("catalog:import_detail", kwargs={"slug": request.merchant.slug, "pk": file.pk})
