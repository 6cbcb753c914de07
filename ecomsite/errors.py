"""The pages for what went wrong: each says what to do, and the unexpected one shows the id that the log has too."""

from __future__ import annotations

import logging
import sys
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

logger = logging.getLogger("ecomsite.errors")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # A refused host name or a broken form can end here: nothing of the request may be rendered.
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither the database nor the session, either of which may be what failed."""
    error_id = uuid.uuid4().hex[:10]
    logger.error("error id %s: %s %s", error_id, request.method, request.path, exc_info=sys.exc_info())
    if request.headers.get("HX-Request"):
        return HttpResponse(_("Error %(id)s") % {"id": error_id}, status=500, content_type="text/plain")
    return HttpResponse(render_to_string("500.html", {"error_id": error_id}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    logger.warning("refused form at %s: %s", request.path, reason)
    return render(request, "403_csrf.html", status=403)
