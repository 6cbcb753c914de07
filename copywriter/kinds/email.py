"""An e-mail: the subject, the line that an inbox shows behind it, and the lead of the body."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import Parts, TextKind

EMAIL_SUBJECT = TextKind(
    "email_subject",
    _("E-mail subject"),
    limit=50,
    tokens=24,
    most_facts=4,
    headline=True,
    asked="ad_headline",
    campaign=True,
)
EMAIL_PREVIEW = TextKind(
    "email_preview",
    _("E-mail preview"),
    limit=90,
    asked="ad_description",
    parts=Parts.SENTENCES,
    most_parts=2,
    campaign=True,
)
EMAIL_LEAD = TextKind(
    "email_lead",
    _("E-mail body"),
    limit=400,
    parts=Parts.SENTENCES,
    most_parts=4,
    campaign=True,
    hooks=("Take a look at the", "Have a look at the"),
)
