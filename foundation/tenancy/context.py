"""What every template knows of the shop, and whether letters reach anybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from foundation.tenancy import letters
from foundation.tenancy.models import Membership


def mail(request: HttpRequest) -> dict[str, Any]:
    return {"letters_are_files": letters.are_files()}


def merchant(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "merchant": getattr(request, "merchant", None),
        "membership": getattr(request, "membership", None),
        "memberships": Membership.objects.filter(user_id=user.pk).select_related("merchant").order_by("merchant__name"),
    }
