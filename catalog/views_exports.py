"""The catalog back in the shape it came in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from catalog import services
from catalog.errors import CatalogError
from catalog.models import CatalogFile, FileStatus
from catalog.streaming import send_and_delete
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest

FILES_OFFERED = 50


@require_GET
def export_list(request: ShopRequest, slug: str) -> HttpResponse:
    """Which file to write back. With only one there is nothing to choose."""
    files = list(CatalogFile.objects.filter(status=FileStatus.PUBLISHED).order_by("-pk")[:FILES_OFFERED])
    if len(files) == 1:
        return redirect_to(request, _url("export", request, files[0].pk))
    return render(request, "catalog/export_list.html", {"files": files})


@require_GET
def export(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """What the download will hold. Finding out means writing the file, so the page asks for it as a fragment."""
    file = _published(pk)
    context: dict[str, Any] = {"file": file}
    if not wants_fragment(request):
        return render(request, "catalog/export.html", context)
    try:
        exported = services.export(file)
    except CatalogError as error:
        context["error"] = str(error)
    else:
        context |= {"exported": exported, "size": exported.path.stat().st_size}
        exported.path.unlink()
    return render(request, "catalog/_export_ready.html", context)


@require_GET
def download(request: ShopRequest, slug: str, pk: int) -> HttpResponse | StreamingHttpResponse:
    file = _published(pk)
    try:
        exported = services.export(file)
    except CatalogError as error:
        messages.error(request, str(error))
        return redirect_to(request, _url("export", request, pk))
    return send_and_delete(request, exported.path, exported.name, exported.content_type)


def _published(pk: int) -> CatalogFile:
    found: CatalogFile = get_object_or_404(CatalogFile, pk=pk, status=FileStatus.PUBLISHED)
    return found


def _url(name: str, request: ShopRequest, pk: int) -> str:
    return reverse(f"catalog:{name}", kwargs={"slug": request.merchant.slug, "pk": pk})
