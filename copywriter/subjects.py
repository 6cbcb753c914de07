"""What a draft is about: a product, or a category of products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from catalog.facts import named, product_facts
from catalog.models import Product
from copywriter.category_counts import count
from copywriter.category_facts import facts_of_category
from copywriter.models import Draft
from copywriter.voices import ShopVoices
from copywriter.writing.facts import as_told
from copywriter.writing.occasions import AUDIENCE, OCCASION, with_campaign
from copywriter.writing.wishes import Wish
from foundation.evidence import Fact


def facts_of(draft: Draft, voices: ShopVoices | None = None) -> list[Fact]:
    """What may be said of it by what is known now: the product's own facts or the category's, and in a text for a
    campaign for whom and on which occasion it is. For many drafts read their jobs and `voices` before, once."""
    if draft.product is None:
        return facts_of_category(count(draft.category))
    facts = facts_of_product(draft.product)
    if not draft.text_kind.campaign:
        return facts
    wish = Wish.from_params(draft.job.params)
    return list(with_campaign(facts, (voices or ShopVoices.read()).guidance(draft.product.vendor, wish).facts()))


def facts_of_product(product: Product) -> list[Fact]:
    return as_told(product_facts(product, list(product.variants.all())))


def named_for_people(facts: Sequence[Fact]) -> list[Fact]:
    """The same facts under the names that the reader's pages have for them."""
    labels = {AUDIENCE: _("Campaign · Audience"), OCCASION: _("Campaign · Occasion")}
    return [replace(fact, label=labels.get(fact.source, fact.label)) for fact in named(facts)]
