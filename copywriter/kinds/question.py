"""A question that buyers ask, with its answer, for the product page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import TextKind

FAQ = TextKind("faq", _("Question and answer"), limit=400, tokens=130, whole=True)
