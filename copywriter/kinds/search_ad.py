"""A responsive search ad: headlines of 30 and descriptions of 90, in width units (Google Ads Help, "About responsive
search ads": a double-width character counts as two)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import Parts, TextKind, width_units

AD_HEADLINE = TextKind(
    "ad_headline",
    _("Ad headline"),
    limit=30,
    measure=width_units,
    tokens=20,
    most_facts=4,
    headline=True,
    campaign=True,
)
AD_DESCRIPTION = TextKind(
    "ad_description",
    _("Ad description"),
    limit=90,
    measure=width_units,
    parts=Parts.SENTENCES,
    most_parts=2,
    campaign=True,
    hooks=("Discover the", "Meet the"),
)
