"""What a buyer reads first, a line each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import TextKind

BULLETS = TextKind("bullets", _("Bullet points"), limit=500, tokens=180)
