"""A post of at most 280 units, the shortest of the large networks (X counts wide characters as two)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import Parts, TextKind, width_units

SOCIAL = TextKind(
    "social",
    _("Social post"),
    limit=280,
    measure=width_units,
    parts=Parts.SENTENCES,
    most_parts=3,
    campaign=True,
    hooks=("Meet the", "Discover the"),
)
