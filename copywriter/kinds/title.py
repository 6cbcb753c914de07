"""The product's name as a buyer looks for it: 80 characters is what most marketplaces show of a title."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import TextKind

TITLE = TextKind("title", _("Title"), limit=80, tokens=40, most_facts=6, headline=True)
