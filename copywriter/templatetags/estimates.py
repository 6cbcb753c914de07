"""Why an estimate says that something is skipped, in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from copywriter.estimating import FEW, OWN, REMOVED, SCRIPT, THERE, THIN

register = template.Library()
REASONS = {
    THIN: _("products of which too little is known: add data, or they are refused"),
    SCRIPT: _("products whose title is in another script: give them an English title"),
    THERE: _("texts that are there already, written with the same data"),
    OWN: _("descriptions that a person wrote"),
    FEW: _("categories with less than two products on sale: there is nothing to say of them as one"),
    REMOVED: _("products that were removed since"),
}


@register.filter
def skipped_because(reason: str) -> str:
    return str(REASONS[reason])
