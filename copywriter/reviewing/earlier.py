"""What else there is of the subjects and kinds that a page of drafts is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from copywriter.models import Draft, DraftStatus


@dataclass(frozen=True, slots=True)
class Earlier:
    """`replaced` is when the draft was made that this one takes the place of; `edited` is one of an earlier job that
    waits beside it, because a person edited it."""

    replaced: datetime | None = None
    edited: Draft | None = None


NOTHING = Earlier()


def earlier_of(drafts: Sequence[Draft]) -> dict[int, Earlier]:
    """By the id of each that waits and has something; with one query for all."""
    waiting = [draft for draft in drafts if draft.status == DraftStatus.PENDING and draft.product_id is not None]
    if not waiting:
        return {}
    others: dict[tuple[int | None, str, str], list[Draft]] = {}
    found = Draft.objects.filter(
        product_id__in={draft.product_id for draft in waiting}, status__in=(DraftStatus.REPLACED, DraftStatus.PENDING)
    )
    for other in found.defer("evidence", "removed", "score", "sketch").order_by("pk"):
        others.setdefault((other.product_id, other.kind, other.language), []).append(other)
    return {
        draft.pk: _earlier(draft, others.get((draft.product_id, draft.kind, draft.language), ())) for draft in waiting
    }


def _earlier(draft: Draft, others: Sequence[Draft]) -> Earlier:
    """`others` oldest first."""
    before = [other for other in others if other.job_id < draft.job_id]
    replaced = [other.created_at for other in before if other.status == DraftStatus.REPLACED]
    edited = [other for other in before if other.status == DraftStatus.PENDING and other.is_edited]
    return Earlier(replaced[-1] if replaced else None, edited[-1] if edited else None)
