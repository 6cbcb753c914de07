"""What a view under `/m/<slug>/` may rely on."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django_htmx.middleware import HtmxDetails

from foundation.tenancy.models import Membership, Merchant, User


class ShopRequest(HttpRequest):
    """The request as the middlewares leave it: a member of `merchant`, logged in."""

    user: User
    merchant: Merchant
    membership: Membership
    htmx: HtmxDetails


def owners_only(request: ShopRequest) -> None:
    """Raises `Http404` for staff: what only owners may do does not exist for others."""
    if not request.membership.is_owner:
        raise Http404("owners only")
