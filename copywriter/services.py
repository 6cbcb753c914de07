"""What can be done with drafts. The only place that writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.facts import product_facts
from catalog.models import DescriptionVersion, Origin, Product
from catalog.services.descriptions import restore_description, set_description
from catalog.text import plain
from copywriter import briefs, refusal, writer
from copywriter.errors import ChangedSince, CopywriterError, EditedSince, EmptyText, NotDecided, NotOpen, TooLong
from copywriter.facts import useful
from copywriter.kinds import DESCRIPTION, TextKind
from copywriter.models import Draft, DraftStatus
from copywriter.short_texts import examined
from copywriter.writer import Refused, Work, Written
from foundation.evidence import to_json
from foundation.jobs.models import Job
from foundation.tenancy.models import User


def keep(
    job: Job, product_id: int, result: Written | Refused, model: str, kind: TextKind = DESCRIPTION, take: int = 0
) -> Draft:
    """The draft of the job for the product; the first one stays, however often this is called. A description that is
    there word for word is refused: there would be nothing to decide."""
    if isinstance(result, Written) and kind is DESCRIPTION and _is_there(product_id, result.text):
        result = Refused(refusal.code(refusal.SAME), result.removed, result.tokens_out)
    draft, _made = Draft.objects.get_or_create(
        job=job, product_id=product_id, kind=kind.name, take=take, defaults=_fields(result, model)
    )
    return draft


def _is_there(product_id: int, text: str) -> bool:
    return any(
        plain(told) == text for told in Product.objects.filter(pk=product_id).values_list("description", flat=True)
    )


def keep_all(job: Job, product_id: int, works: Iterable[Work], model: str) -> None:
    """The drafts of all texts of a product; a take that came out like an earlier one is left out."""
    seen: set[tuple[str, str]] = set()
    for work in sorted(works, key=lambda one: one.plan.take):
        result, kind = writer.result(work), work.plan.kind
        same = (kind.name, result.text if isinstance(result, Written) else "")
        if same not in seen:
            keep(job, product_id, result, model, kind, work.plan.take)
        seen.add(same)


def _fields(result: Written | Refused, model: str) -> dict[str, Any]:
    common = {
        "removed": [asdict(sentence) for sentence in result.removed],
        "model": model[:255],
        "prompt_version": briefs.VERSION,
        "tokens_out": result.tokens_out,
    }
    if isinstance(result, Refused):
        return {**common, "status": DraftStatus.REFUSED, "reason": result.reason}
    return {
        **common,
        "status": DraftStatus.PENDING,
        "text": result.text,
        "original_text": result.text,
        "evidence": to_json(result.report),
        "seed": result.seed,
    }


def accept(draft: Draft, by: User | None = None) -> Draft:
    """Make the draft the product's description; the text before goes to its history. A text of another kind is marked.

    Raises `NotOpen`, and `EditedSince` where a person wrote a description after the draft was made.
    """
    with transaction.atomic():
        product = Product.objects.select_for_update().get(pk=draft.product_id)  # before its drafts: no deadlock
        current = _open(draft)
        if not current.is_description:
            return _decide(draft, current, DraftStatus.ACCEPTED, by)
        if _written_since(product, current):
            raise EditedSince(product.title)
        before = DescriptionVersion.objects.filter(product=product).order_by("-pk").first()
        set_description(product, current.text, Origin.PERSON if current.is_edited else Origin.MODEL, by)
        after = DescriptionVersion.objects.filter(product=product).order_by("-pk").first()
        current.replaced = None if after == before else after
        return _decide(draft, current, DraftStatus.ACCEPTED, by)


def _written_since(product: Product, draft: Draft) -> bool:
    if product.description_origin != Origin.PERSON or product.description == draft.text:
        return False
    return product.described_at is not None and product.described_at > draft.created_at


def reject(draft: Draft, by: User | None = None) -> Draft:
    """Leave the product as it is. Raises `NotOpen`."""
    with transaction.atomic():
        return _decide(draft, _open(draft), DraftStatus.REJECTED, by)


def edit(draft: Draft, text: str, by: User | None = None) -> Draft:
    """Put a person's words into a draft that waits, with their evidence; `original_text` stays the model's.

    Raises `NotOpen`, `EmptyText`, and `TooLong` where the text's channel takes less.
    """
    text = text.replace("\0", "").strip()
    if not text:
        raise EmptyText
    if not draft.text_kind.fits(text):
        raise TooLong(draft.text_kind, text)
    with transaction.atomic():
        current = _open(draft)
        if text != current.text:
            current.text = text
            facts = tuple(useful(product_facts(current.product)))
            current.evidence = to_json(examined(current.text_kind, text, facts))
            current.save(update_fields=["text", "evidence"])
    return _copied(draft, current)


def restore(draft: Draft) -> Draft:
    """Undo a decision: the draft waits again, and an accepted text leaves its product for the one before.

    Raises `NotDecided`, and `ChangedSince` where the description is no longer this draft's text.
    """
    with transaction.atomic():
        product = Product.objects.select_for_update().get(pk=draft.product_id)
        current = Draft.objects.select_for_update().get(pk=draft.pk)
        if current.status not in (DraftStatus.ACCEPTED, DraftStatus.REJECTED):
            raise NotDecided
        if current.status == DraftStatus.ACCEPTED and current.is_description:
            _take_back(current, product)
        current.replaced = None
        return _decide(draft, current, DraftStatus.PENDING, None)


def _take_back(draft: Draft, product: Product) -> None:
    if product.description != draft.text:
        raise ChangedSince(product.title)
    if draft.replaced is not None:
        restore_description(draft.replaced)


def restore_many(ids: Sequence[int]) -> tuple[list[int], CopywriterError | None]:
    """Undo decisions, newest first: of two drafts of one product the later text must leave before the earlier.

    Gives the ids that wait again, and why another does not, if one does not.
    """
    back: list[int] = []
    problem: CopywriterError | None = None
    for draft in Draft.objects.filter(pk__in=ids).select_related("product").order_by("-decided_at", "-pk"):
        try:
            restore(draft)
        except CopywriterError as error:
            problem = error
        else:
            back.append(draft.pk)
    return back, problem


def accept_many(ids: Sequence[int], by: User | None = None) -> list[int]:
    """Accept those that wait; gives the ids that were. One whose product a person wrote since is left waiting."""
    return _each(ids, accept, by)


def reject_many(ids: Sequence[int], by: User | None = None) -> list[int]:
    """Reject those that wait; gives the ids that were rejected."""
    return _each(ids, reject, by)


def _each(ids: Sequence[int], verb: Any, by: User | None) -> list[int]:
    done: list[int] = []
    with transaction.atomic():
        for draft in Draft.objects.filter(pk__in=ids, status=DraftStatus.PENDING).order_by("product_id", "pk"):
            try:
                verb(draft, by=by)
            except (NotOpen, EditedSince):
                continue
            done.append(draft.pk)
    return done


def _open(draft: Draft) -> Draft:
    """The row as it is now, locked. Raises `NotOpen`."""
    current = Draft.objects.select_for_update().get(pk=draft.pk)
    if current.status != DraftStatus.PENDING:
        raise NotOpen
    return current


def _decide(draft: Draft, current: Draft, status: str, by: User | None) -> Draft:
    current.status = status
    current.decided_by = by
    current.decided_at = None if status == DraftStatus.PENDING else timezone.now()
    current.save(update_fields=["status", "replaced", "decided_by", "decided_at"])
    return _copied(draft, current)


def _copied(draft: Draft, current: Draft) -> Draft:
    """The caller's object as the row is now."""
    for name in ("status", "text", "evidence", "replaced_id", "decided_by_id", "decided_at"):
        setattr(draft, name, getattr(current, name))
    return draft
