"""A draft as the review page shows it: its text with evidence, the text it would replace, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects

from catalog.facts import for_facts, named, product_facts
from catalog.models import Product
from catalog.text import plain
from copywriter import refusal
from copywriter.difference import Part, difference
from copywriter.facts import useful
from copywriter.left_out import LeftOut, left_out
from copywriter.marking import Marked, marked
from copywriter.models import Draft, DraftStatus
from copywriter.short_texts import examined
from foundation.evidence import Fact, from_json


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence of the model's that was left out; `claims` are the words that nothing in the product's data holds."""

    text: str
    claims: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Card:
    draft: Draft
    product: Product
    marked: Marked
    current: str
    changes: list[Part]
    dropped: list[Dropped]
    missing: str
    left_out: LeftOut = field(default_factory=LeftOut)

    @property
    def is_open(self) -> bool:
        return self.draft.status == DraftStatus.PENDING

    @property
    def length(self) -> int:
        """In the unit of the text's channel."""
        return self.draft.text_kind.measure(self.draft.text)


def cards(drafts: Sequence[Draft]) -> list[Card]:
    """All with one query for the variants of their products, and one for what their descriptions were."""
    prefetch_related_objects([draft.product for draft in drafts], *for_facts())
    return [_card(draft) for draft in drafts]


def card(draft: Draft) -> Card:
    return cards([draft])[0]


def _card(draft: Draft) -> Card:
    product = draft.product
    current = plain(product.description) if draft.is_description else ""
    shows_changes = draft.status == DraftStatus.PENDING and bool(current) and bool(draft.text)
    return Card(
        draft=draft,
        product=product,
        marked=evidence(draft),
        current=current,
        changes=difference(current, draft.text) if shows_changes else [],
        dropped=[_dropped(item) for item in draft.removed],
        missing=refusal.told(draft.reason) if draft.status == DraftStatus.REFUSED else "",
        left_out=left_out(current, draft.text, product.title) if shows_changes else LeftOut(),
    )


def evidence(draft: Draft) -> Marked:
    """Of the draft's text, by the evidence kept with it."""
    if not draft.evidence:
        return checked(draft, draft.text)
    return marked(draft.text, from_json(draft.evidence), named(facts_of(draft.product)))


def checked(draft: Draft, text: str) -> Marked:
    """Of another text for the draft, as it would be judged."""
    facts = facts_of(draft.product)
    return marked(text, examined(draft.text_kind, text, tuple(facts)), named(facts))


def facts_of(product: Product) -> list[Fact]:
    """What the writer knew of the product."""
    return useful(product_facts(product, list(product.variants.all())))


def _dropped(item: dict[str, Any]) -> Dropped:
    claims = tuple(claim["text"] for claim in item.get("claims", ()) if claim.get("source") is None)
    return Dropped(item["text"], claims, item.get("problem", ""))
