"""What a buyer reads first, a line each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import Parts, TextKind

BULLETS = TextKind("bullets", _("Bullet points"), limit=500, tokens=28, parts=Parts.BULLETS, most_parts=5)
