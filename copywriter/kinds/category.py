"""The text over a category's products, told of what they have in common: sentence by sentence, as a description is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import Parts, TextKind

CATEGORY = TextKind("category", _("Category text"), asked="description", parts=Parts.SENTENCES, of_category=True)
