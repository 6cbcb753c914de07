"""What htmx needs of every answer: messages as an event, and the login page as a page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

VARIES = ("HX-Request", "HX-History-Restore-Request")
FULL_PAGE_HEADERS = ("HX-Redirect", "HX-Refresh", "HX-Location")


class HtmxFrame:
    """Views call `messages.success(request, …)` and never think of htmx.

    One address has a page and a fragment, which `Vary` tells the browser's cache. A fragment's messages travel as
    the event `toast`. A redirect to the login page (the session ended) becomes a page change, for otherwise htmx
    would put the login form into a table row.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, VARIES)
        if not getattr(request, "htmx", False):
            return response
        if 300 <= response.status_code < 400:
            return _login_page(request, response)
        if not any(header in response for header in FULL_PAGE_HEADERS):
            _toasts(request, response)
        return response


def _toasts(request: HttpRequest, response: HttpResponse) -> None:
    storage = get_messages(request)
    if getattr(storage, "used", True):  # the answer was a full page, which shows them itself
        return
    texts = [{"level": message.level_tag or "info", "message": str(message)} for message in storage]
    if texts:
        trigger_client_event(response, "toast", {"messages": texts})


def _login_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    login = resolve_url(settings.LOGIN_URL)
    if not response.headers.get("Location", "").startswith(login):
        return response
    here = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
    if not url_has_allowed_host_and_scheme(here, allowed_hosts=None):
        here = "/"
    return HttpResponseClientRedirect(f"{login}?{urlencode({'next': here})}")
