"""The kinds of text that can be written of a product, each in a module of its own."""

from __future__ import annotations

from copywriter.kinds.bullets import BULLETS
from copywriter.kinds.category import CATEGORY
from copywriter.kinds.description import DESCRIPTION
from copywriter.kinds.email import EMAIL_LEAD, EMAIL_PREVIEW, EMAIL_SUBJECT
from copywriter.kinds.image import ALT_TEXT
from copywriter.kinds.question import FAQ
from copywriter.kinds.search_ad import AD_DESCRIPTION, AD_HEADLINE
from copywriter.kinds.search_result import META_DESCRIPTION, SEO_TITLE
from copywriter.kinds.social_post import SOCIAL
from copywriter.kinds.text_kind import Parts, TextKind
from copywriter.kinds.title import TITLE

KINDS: dict[str, TextKind] = {
    kind.name: kind
    for kind in (
        DESCRIPTION, TITLE, BULLETS, SEO_TITLE, META_DESCRIPTION, ALT_TEXT, FAQ, AD_HEADLINE, AD_DESCRIPTION, SOCIAL,
        EMAIL_SUBJECT, EMAIL_PREVIEW, EMAIL_LEAD, CATEGORY,
    )
}  # fmt: skip
"""By name, in the order of the product page, then of the channels."""
PRODUCT_KINDS = {name: kind for name, kind in KINDS.items() if not kind.of_category}

__all__ = ["CATEGORY", "DESCRIPTION", "KINDS", "PRODUCT_KINDS", "Parts", "TextKind"]
