"""Opens the merchant's scope for everything under `/m/<slug>/`."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from foundation.tenancy.models import Membership
from foundation.tenancy.scope import merchant_scope

SHOP_PATH = re.compile(r"^/m/(?P<slug>[-a-zA-Z0-9_]+)/")


class MerchantMiddleware:
    """A member gets `request.merchant` and `request.membership`; anyone else a 404, never a 403.

    A visitor who isn't logged in passes without a scope: `LoginRequiredMiddleware` sends them to the login page,
    for a shop that exists and one that doesn't alike.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = SHOP_PATH.match(request.path_info)
        if match is None or not request.user.is_authenticated:
            return self.get_response(request)
        membership = (
            Membership.objects.select_related("merchant")
            .filter(user_id=request.user.pk, merchant__slug=match["slug"])
            .first()
        )
        if membership is None:
            return not_found(request)
        request.membership = membership  # type: ignore[attr-defined]
        request.merchant = membership.merchant  # type: ignore[attr-defined]
        with merchant_scope(membership.merchant):
            return self.get_response(request)


def not_found(request: HttpRequest) -> HttpResponse:
    from django.core.handlers.exception import response_for_exception

    return response_for_exception(request, Http404("No such shop"))
