"""Whose login attempts are counted together."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def login_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The e-mail address as the login compares it: `Owner@Example.com ` is no fresh set of attempts."""
    given: Any = ""
    if request is not None:
        given = request.POST.get("login", "")
    if not given and credentials:
        given = credentials.get("email") or credentials.get("username") or ""
    return str(given).strip().lower()
