"""What a search engine shows of the page: about 60 and 155 characters fit before it cuts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.kinds.text_kind import Parts, TextKind

SEO_TITLE = TextKind("seo_title", _("SEO title"), limit=60, tokens=32, most_facts=6, headline=True)
META_DESCRIPTION = TextKind("meta_description", _("Meta description"), limit=155, parts=Parts.SENTENCES, most_parts=3)
