"""Questions that buyers ask, with their answers, for the product page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import Parts, TextKind

FAQ = TextKind("faq", _("Questions and answers"), limit=800, parts=Parts.ANSWERS, most_parts=4)
