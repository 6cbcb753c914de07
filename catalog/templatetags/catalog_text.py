"""Texts of a catalog, which nobody trusts, and numbers as a page shows them."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice

import nh3
from django import template
from django.utils.formats import number_format
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe

from catalog.models import FileStatus
from catalog.text import plain

register = template.Library()

# What may stand in a description: no image (it would be fetched from elsewhere), no class, no style, no form.
TAGS = {
    "p", "br", "b", "strong", "i", "em", "u", "s", "sub", "sup", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
    "div", "span", "a", "table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
}  # fmt: skip
MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
MOST_TAGS = 5_000  # of a description shown as HTML: the sanitiser's time is quadratic where each stands in the other
HEADING = re.compile(r"<(/?)h[1-6]>")
BLANK_BLOCK = re.compile(r"<(p|div|span)>(?:\s|&nbsp;|<br>)*</\1>")


@register.filter
def description_html(text: str) -> SafeString:
    """A description as HTML that is safe to show: sanitised where it is HTML, escaped where it is plain text."""
    text = text.replace("\\n", "\n")  # how WooCommerce writes a line end
    tags = sum(1 for _tag in islice(MARKUP.finditer(text), MOST_TAGS + 1))
    if tags > MOST_TAGS:
        text, tags = plain(text), 0
    if not tags:
        return mark_safe(linebreaks(escape(text)))  # noqa: S308 - escaped in this line
    clean = nh3.clean(
        text,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener noreferrer",
        clean_content_tags={"script", "style"},
    )
    # Its headings would upset the outline of the page around it; nh3's output has them without attributes.
    clean = HEADING.sub(lambda found: "</strong></p>" if found[1] else "<p><strong>", clean)
    return mark_safe(BLANK_BLOCK.sub("", clean))  # noqa: S308 - sanitised above


@register.filter
def money(value: Decimal | None) -> str:
    """`12.5000` → `12.50`, with the separators of the language; more digits where the price has them."""
    if value is None:
        return ""
    exact = value.normalize()
    exponent = exact.as_tuple().exponent
    digits = max(2, -exponent) if isinstance(exponent, int) else 2
    return number_format(value, decimal_pos=digits, use_l10n=True, force_grouping=True)


@register.filter
def state_label(state: str) -> str:
    return str(FileStatus(state).label)
