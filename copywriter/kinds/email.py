"""An e-mail: the subject, the line that an inbox shows behind it, and the lead of the body."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import TextKind

EMAIL_SUBJECT = TextKind(
    "email_subject",
    _("E-mail subject"),
    limit=50,
    tokens=24,
    most_facts=4,
    whole=True,
    headline=True,
    asked="ad_headline",
)
EMAIL_PREVIEW = TextKind(
    "email_preview", _("E-mail preview"), limit=90, tokens=40, most_facts=5, asked="ad_description"
)
EMAIL_LEAD = TextKind("email_lead", _("E-mail body"), limit=400, tokens=130)
