"""The component tags of every page; docs/ui.md shows them."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from ecomsite import navigation

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """An icon of the sprite. Decoration unless it has a `label`, which is then its name to a screen reader."""
    if label:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            css,
            label,
            static("icons.svg"),
            name,
        )
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>', css, static("icons.svg"), name
    )


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField, hint: str = "", optional: bool = True) -> dict[str, Any]:
    """A label, the widget, its hint and its errors, tied together for screen readers (Django names the ids). With
    `optional=False` one is asked for that the form itself does not always ask for."""
    widget = bound.field.widget
    return {
        "field": bound,
        "hint": hint or bound.help_text,
        "is_optional": optional and not bound.field.required,
        "is_check": isinstance(widget, CheckboxInput),
        "is_group": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
    }


@register.simple_tag(takes_context=True)
def shop_navigation(context: template.Context) -> list[navigation.Item]:
    return navigation.items(context["request"])


@register.filter
def duration(seconds: float | None) -> str:
    """`95` → "2 min"; empty for None. Rounded up: a promise kept early is better than one missed."""
    if seconds is None:
        return ""
    if seconds < 60:
        return gettext("less than a minute")
    minutes = -(-int(seconds) // 60)
    if minutes < 60:
        return ngettext("%(n)s min", "%(n)s min", minutes) % {"n": minutes}
    hours, rest = divmod(minutes, 60)
    return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@register.filter
def initial(name: object) -> str:
    return str(name).strip()[:1] or "?"
