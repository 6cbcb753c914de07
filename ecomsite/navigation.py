"""The places of a shop: the sidebar, which is the bar at the foot of a phone."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from copywriter.models import Draft, DraftStatus

MOST_COUNTED = 100


@dataclass(frozen=True)
class Place:
    name: str
    label: object
    icon: str
    key: str
    on_phone: bool = True
    owners: bool = False
    about_shop: bool = False


@dataclass(frozen=True)
class Item:
    """A place as one page shows it: `current` is "page" on the place itself, "true" below it, "" elsewhere."""

    url: str
    label: object
    icon: str
    key: str
    current: str
    on_phone: bool
    about_shop: bool
    waiting: str = ""


PLACES = (
    Place("dashboard", pgettext_lazy("navigation", "Home"), "house", "h"),
    Place("catalog:product_list", _("Products"), "package", "p"),
    Place("catalog:import_list", _("Imports"), "file-up", "i"),
    Place("copywriter:draft_list", pgettext_lazy("navigation", "Review"), "list-checks", "r"),
    Place("copywriter:campaign_list", _("Campaigns"), "sparkles", "c", on_phone=False),
    Place("reviews:review_list", _("Customer reviews"), "message-square", "v", on_phone=False),
    Place("jobs:job_list", _("Jobs"), "activity", "j"),
    Place("catalog:export_list", _("Exports"), "file-down", "e", on_phone=False),
    Place("tenancy:team", _("Team"), "users", "t", on_phone=False, owners=True, about_shop=True),
    Place("tenancy:settings", _("Settings"), "settings", "s", on_phone=False, about_shop=True),
)
ABOVE = {
    "catalog:export": "catalog:export_list",
    "copywriter:voice_list": "copywriter:draft_list",
    "copywriter:voice_edit": "copywriter:draft_list",
    "copywriter:voice_preview": "copywriter:draft_list",
    "copywriter:rules": "copywriter:draft_list",
    "copywriter:quality": "copywriter:draft_list",
    "copywriter:teach": "copywriter:draft_list",
    "copywriter:texts": "copywriter:campaign_list",
}
"""The place that a page belongs to, where its address does not begin with the place's."""


def items(request: HttpRequest) -> list[Item]:
    """Worked out once a request: the sidebar, the menu of a phone and the list of keys all show it."""
    merchant = getattr(request, "merchant", None)
    if merchant is None:
        return []
    if not hasattr(request, "_navigation"):
        request._navigation = _items(request, merchant.slug)  # type: ignore[attr-defined]
    found: list[Item] = request._navigation  # type: ignore[attr-defined]
    return found


def _items(request: HttpRequest, slug: str) -> list[Item]:
    found = []
    for place in PLACES:
        if place.owners and not request.membership.is_owner:  # type: ignore[attr-defined]
            continue
        url = reverse(place.name, kwargs={"slug": slug})
        found.append(
            Item(
                url=url,
                label=place.label,
                icon=place.icon,
                key=place.key,
                current=_current(request, place, url),
                on_phone=place.on_phone,
                about_shop=place.about_shop,
                waiting=_waiting() if place.name == "copywriter:draft_list" else "",
            )
        )
    return found


def _waiting() -> str:
    """How many drafts wait for the merchant: "", "7", "99+". Counts no further than it shows."""
    count = Draft.objects.filter(status=DraftStatus.PENDING)[:MOST_COUNTED].count()
    return f"{MOST_COUNTED - 1}+" if count == MOST_COUNTED else str(count or "")


def _current(request: HttpRequest, place: Place, url: str) -> str:
    if request.path == url:
        return "page"
    if request.resolver_match and (above := ABOVE.get(request.resolver_match.view_name)):
        return "true" if place.name == above else ""
    return "true" if place.name != "dashboard" and request.path.startswith(url) else ""
