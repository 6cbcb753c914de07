"""A post of at most 280 units, the shortest of the large networks (X counts wide characters as two)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import TextKind, width_units

SOCIAL = TextKind("social", _("Social post"), limit=280, measure=width_units, tokens=100, most_facts=8)
