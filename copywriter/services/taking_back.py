"""Many accepted drafts taken back at once, keeping what a person changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from catalog.services.rewriting import Rewriting
from copywriter.models import Draft, DraftStatus
from copywriter.reviewing.reasons import CHANGED, EDITED


@dataclass(frozen=True, slots=True)
class TakenBack:
    """`done` are the ids of drafts that wait again; `kept` says by id why another stays, as a code of `reasons`."""

    done: list[int]
    kept: dict[int, str]


def take_back(ids: Sequence[int], *, keep_edited: bool = True) -> TakenBack:
    """Let accepted drafts wait again: their texts leave the products, which get the ones before back.

    Stays: a description that was changed since, and with `keep_edited` a text that a person edited. What is not
    accepted is passed over. Of two drafts of one product the later text leaves before the earlier.
    """
    with transaction.atomic():
        accepted = Draft.objects.filter(pk__in=ids, status=DraftStatus.ACCEPTED)
        products = accepted.filter(product__isnull=False).order_by().values_list("product_id", flat=True).distinct()
        rewriting = Rewriting(products)  # before the drafts: no deadlock
        drafts = list(
            accepted.select_for_update(of=("self",)).select_related("replaced").order_by("-decided_at", "-pk")
        )
        back, kept = [], {}
        for draft in drafts:
            code = _objection(draft, rewriting, keep_edited)
            if code:
                kept[draft.pk] = code
            else:
                _leave(draft, rewriting)
                back.append(draft)
        rewriting.save()
        Draft.objects.bulk_update(back, ["status", "replaced", "decided_by", "decided_at"])
    return TakenBack([draft.pk for draft in back], kept)


def _objection(draft: Draft, rewriting: Rewriting, keep_edited: bool) -> str:
    if keep_edited and draft.is_edited:
        return EDITED
    if draft.product_id is not None and draft.is_description:
        return CHANGED if rewriting.products[draft.product_id].description != draft.text else ""
    return ""


def _leave(draft: Draft, rewriting: Rewriting) -> None:
    if draft.replaced is not None and draft.is_description:
        rewriting.restore(draft.replaced)
    draft.replaced = draft.decided_by = draft.decided_at = None
    draft.status = DraftStatus.PENDING
