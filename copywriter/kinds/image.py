"""What a picture of the product shows, for people who cannot see it: screen readers cut near 125 characters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import TextKind

SEEN = r".*\b(?:colou?rs?|materials?|fabric|pattern|print|style|shape|finish|design|metal|stone|wood|upper|form)\b.*"
"""What can be seen of a thing, and what it is made of: no picture shows a net weight or a flavour."""
ALT_TEXT = TextKind("alt_text", _("Image alt text"), limit=125, tokens=60, most_facts=4, fields=SEEN)
