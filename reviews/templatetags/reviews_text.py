"""Words of reviews' pages."""

from __future__ import annotations

from django import template

from reviews.languages import named
from reviews.models import ReviewFileStatus

register = template.Library()


@register.filter
def state_label(state: str) -> str:
    return str(ReviewFileStatus(state).label)


@register.filter
def language_name(tag: str) -> str:
    return named(tag)
