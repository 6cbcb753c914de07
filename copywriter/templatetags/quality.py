"""How the quality page writes its figures."""

from __future__ import annotations

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import number_format

from copywriter.quality.figures import SHARE

register = template.Library()
COLOURS = 8
NOTHING = "–"


@register.filter
def share(value: float | None) -> str:
    """0.4567 as "46%"; below ten in a hundred with a tenth, so that little is not none."""
    if value is None:
        return NOTHING
    digits = 1 if 0 < value < 0.1 else 0
    return f"{number_format(round(value * 100, digits), digits)}%"


@register.filter
def figure(value: float | None, unit: str) -> str:
    if value is None or unit == SHARE:
        return share(value)
    return str(intcomma(round(value)))


@register.filter
def colour(look: int) -> int:
    """Which of the colours of `quality.css` a line has."""
    return look % COLOURS


@register.filter
def is_dashed(look: int) -> bool:
    return look // COLOURS % 2 == 1
