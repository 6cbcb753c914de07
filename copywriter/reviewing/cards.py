"""A draft as the review page shows it: its text with evidence, the text it would replace, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from catalog.facts import for_facts
from catalog.models import Product
from catalog.text import plain
from copywriter.compliance.telling import Told as ToldRule
from copywriter.compliance.telling import told as told_rule
from copywriter.models import Comment, Draft, DraftStatus
from copywriter.reviewing.difference import Part, difference
from copywriter.reviewing.earlier import NOTHING, Earlier, earlier_of
from copywriter.reviewing.left_out import LeftOut, left_out
from copywriter.reviewing.marking import Marked, marked
from copywriter.reviewing.outdated import outdated, without
from copywriter.reviewing.score_in_words import Told, told
from copywriter.subjects import facts_of, named_for_people
from copywriter.voices import ShopVoices
from copywriter.writing import refusal
from copywriter.writing.foreign_texts import examined_in
from copywriter.writing.judging import broken, held
from copywriter.writing.languages import is_foreign
from foundation.evidence import from_json


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence of the model's that was left out; `claims` are the words that nothing in the product's data holds,
    `rules` those that it breaks."""

    text: str
    claims: tuple[str, ...]
    problem: str
    rules: tuple[ToldRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    draft: Draft
    product: Product | None
    marked: Marked
    current: str
    changes: list[Part]
    dropped: list[Dropped]
    missing: str
    left_out: LeftOut = field(default_factory=LeftOut)
    earlier: Earlier = NOTHING
    comments: list[Comment] = field(default_factory=list)
    score: Told | None = None

    @property
    def is_foreign(self) -> bool:
        """Whether only what is written alike in every language was checked."""
        return is_foreign(self.draft.language) and bool(self.draft.text)

    @property
    def is_open(self) -> bool:
        return self.draft.status == DraftStatus.PENDING

    @property
    def length(self) -> int:
        """In the unit of the text's channel."""
        return self.draft.text_kind.measure(self.draft.text)


def cards(drafts: Sequence[Draft]) -> list[Card]:
    """All with one query each for the variants of their products, for what their descriptions were, for earlier drafts
    and for comments."""
    prefetch_related_objects([draft.product for draft in drafts if draft.product is not None], *for_facts())
    spoken = Comment.objects.select_related("by").order_by("pk")
    prefetch_related_objects(list(drafts), Prefetch("comments", spoken))
    earlier = earlier_of(drafts)
    voices = ShopVoices.read()
    return [_card(draft, voices, earlier.get(draft.pk, NOTHING)) for draft in drafts]


def card(draft: Draft) -> Card:
    return cards([draft])[0]


def _card(draft: Draft, voices: ShopVoices, earlier: Earlier) -> Card:
    product = draft.product
    current = plain(product.description) if product is not None and draft.is_description else ""
    shows_changes = draft.status == DraftStatus.PENDING and bool(current) and bool(draft.text)
    return Card(
        draft=draft,
        product=product,
        marked=evidence(draft, voices),
        current=current,
        changes=difference(current, draft.text) if shows_changes else [],
        dropped=[_dropped(item) for item in draft.removed],
        missing=refusal.told(draft.reason) if draft.status == DraftStatus.REFUSED else "",
        left_out=left_out(current, draft.text, draft.subject) if shows_changes else LeftOut(),
        earlier=earlier,
        comments=list(draft.comments.all()),
        score=told(draft) if draft.text else None,
    )


def evidence(draft: Draft, voices: ShopVoices) -> Marked:
    """Of the draft's text, by the evidence kept with it. What waits is held against the data and the rules as they are
    today."""
    if not draft.evidence:
        return checked(draft, draft.text, voices)
    facts, report = facts_of(draft, voices), from_json(draft.evidence)
    if draft.status == DraftStatus.PENDING:
        report = without(report, outdated(draft, facts))
        report = held(report, draft.text, facts, voices.rules(draft.brand))
    return marked(draft.text, report, named_for_people(facts))


def checked(draft: Draft, text: str, voices: ShopVoices | None = None) -> Marked:
    """Of another text for the draft, as it would be judged."""
    voices = voices or ShopVoices.read()
    facts, rules = facts_of(draft, voices), voices.rules(draft.brand)
    return marked(
        text, examined_in(draft.language, draft.text_kind, text, tuple(facts), rules), named_for_people(facts)
    )


def _dropped(item: dict[str, Any]) -> Dropped:
    claims = [claim for claim in item.get("claims", ()) if claim.get("source") is None]
    rules = dict.fromkeys(code for claim in claims if (code := broken(claim.get("kind", ""))))
    unbacked = tuple(claim["text"] for claim in claims if not broken(claim.get("kind", "")))
    return Dropped(item["text"], unbacked, item.get("problem", ""), tuple(map(told_rule, rules)))
