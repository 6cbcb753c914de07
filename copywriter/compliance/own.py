"""The codes of the shop's own lists, and what people are told of them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AVOIDED = "avoided"
"""A word that the shop's voice avoids."""
BANNED = "banned"
COMPETITOR = "competitor"

LABELS: dict[str, Promise] = {
    AVOIDED: _("A word that your voice avoids"),
    BANNED: _("A word that your shop has banned"),
    COMPETITOR: _("A competitor’s name"),
}
