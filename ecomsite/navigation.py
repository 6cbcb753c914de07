"""The places of a shop: the sidebar, which is the bar at the foot of a phone."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


PLACES = (
    Place("dashboard", pgettext_lazy("navigation", "Home"), "house", "h"),
    Place("catalog:product_list", _("Products"), "package", "p"),
    Place("catalog:import_list", _("Imports"), "file-up", "i"),
    Place("copywriter:draft_list", pgettext_lazy("navigation", "Review"), "list-checks", "r"),
    Place("jobs:job_list", _("Jobs"), "activity", "j"),
    Place("catalog:export_list", _("Exports"), "file-down", "e", on_phone=False),
    Place("tenancy:team", _("Team"), "users", "t", on_phone=False, owners=True, about_shop=True),
    Place("tenancy:settings", _("Settings"), "settings", "s", on_phone=False, about_shop=True),
)


def items(request: HttpRequest) -> list[Item]:
    merchant = getattr(request, "merchant", None)
    if merchant is None:
        return []
    found = []
    for place in PLACES:
        if place.owners and not request.membership.is_owner:  # type: ignore[attr-defined]
            continue
        try:
            url = reverse(place.name, kwargs={"slug": merchant.slug})
        except NoReverseMatch:
            continue
        current = _current(request, place, url)
        found.append(Item(url, place.label, place.icon, place.key, current, place.on_phone, place.about_shop))
    return found


def _current(request: HttpRequest, place: Place, url: str) -> str:
    if request.path == url:
        return "page"
    return "true" if place.name != "dashboard" and request.path.startswith(url) else ""
