"""Many drafts accepted at once, in a handful of statements, each by the rules that hold for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from catalog.facts import for_facts
from catalog.models import Origin, Product
from catalog.services.rewriting import Rewriting
from copywriter.models import Draft, DraftStatus
from copywriter.reviewing.outdated import outdated
from copywriter.reviewing.reasons import DECIDED, EDITED, OUTDATED, PERSONS, RULES, SINCE
from copywriter.subjects import facts_of
from copywriter.voices import ShopVoices
from foundation.tenancy.models import User


@dataclass(frozen=True, slots=True)
class Accepted:
    """`done` are the ids of what was accepted; `left` says by id why another still waits, as a code of `reasons`."""

    done: list[int]
    left: dict[int, str]


def written_since(product: Product, draft: Draft) -> bool:
    """Whether a person wrote the product's description after the draft was made."""
    if product.description_origin != Origin.PERSON or product.description == draft.text:
        return False
    return product.described_at is not None and product.described_at > draft.created_at


def accept_many(
    ids: Sequence[int], by: User | None = None, *, over_people: bool = True, only_clean: bool = False, least: int = 0
) -> Accepted:
    """Accept those that wait. One whose product a person wrote since is left waiting.

    Without `over_people` so is one that would replace any text of a person's, with `only_clean` one that breaks a rule
    or says what the product's data no longer does. One that is less sure than `least` was edited since it was chosen.
    """
    with transaction.atomic():
        waiting = Draft.objects.filter(pk__in=ids, status=DraftStatus.PENDING)
        products = waiting.filter(product__isnull=False).order_by().values_list("product_id", flat=True).distinct()
        rewriting = Rewriting(products)  # before the drafts: no deadlock
        locked = waiting.select_for_update(of=("self",)).select_related("job")  # texts of campaigns ask it for whom
        drafts = list(locked.order_by("product_id", "pk"))
        for draft in drafts:
            if draft.product_id is not None:
                draft.product = rewriting.products[draft.product_id]
        unclean = _unclean(drafts) if only_clean else {}
        accepted, left = [], dict.fromkeys(set(ids) - {draft.pk for draft in drafts}, DECIDED)
        for draft in drafts:
            code = unclean.get(draft.pk) or _objection(draft, over_people, least)
            if code:
                left[draft.pk] = code
            else:
                _put(draft, rewriting, by)
                accepted.append(draft)
        rewriting.save()
        Draft.objects.bulk_update(accepted, ["status", "replaced", "decided_by", "decided_at"])
    return Accepted([draft.pk for draft in accepted], left)


def _objection(draft: Draft, over_people: bool, least: int) -> str:
    product = draft.product
    if draft.confidence < least:
        return EDITED
    if product is None or not draft.is_description:
        return ""
    if written_since(product, draft):
        return SINCE
    if not over_people and product.description_origin == Origin.PERSON and product.description not in ("", draft.text):
        return PERSONS
    return ""


def _put(draft: Draft, rewriting: Rewriting, by: User | None) -> None:
    if draft.product is not None and draft.is_description:
        origin = Origin.PERSON if draft.is_edited else Origin.MODEL
        draft.replaced = rewriting.put(draft.product, draft.text, origin, by.pk if by else None, timezone.now())
    draft.status, draft.decided_by = DraftStatus.ACCEPTED, by
    draft.decided_at = TransactionNow()  # the database's clock, as in the item of a job that does this: `runs.accepted`


def _unclean(drafts: Sequence[Draft]) -> dict[int, str]:
    """Why those that should not be accepted unread should not, by the shop's rules and data as they are now."""
    voices = ShopVoices.read()
    prefetch_related_objects([draft.product for draft in drafts if draft.product is not None], *for_facts())
    return {draft.pk: code for draft in drafts if (code := _fault(draft, voices))}


def _fault(draft: Draft, voices: ShopVoices) -> str:
    facts = facts_of(draft, voices)
    if next(iter(voices.rules(draft.brand).breaches(draft.text, facts)), None) is not None:
        return RULES
    return OUTDATED if outdated(draft, facts) else ""
