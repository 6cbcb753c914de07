"""The text of the product page, sentence by sentence: see `copywriter.writing.describing`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import Parts, TextKind

DESCRIPTION = TextKind("description", _("Description"), parts=Parts.SENTENCES)
