"""Whether a request wants the page or its fragment, and answers that only htmx understands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect


def wants_fragment(request: HttpRequest) -> bool:
    """True for a request by htmx, but not for a history restore or a boosted link, which need the full page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request and not htmx.boosted


def redirect_to(request: HttpRequest, url: str) -> HttpResponse:
    """To `url`, for a form of either kind: htmx would put the target of a plain redirect into the fragment."""
    if wants_fragment(request):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)
