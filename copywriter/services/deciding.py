"""What people do with drafts: accept, reject, edit, and take a decision back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from catalog.models import DescriptionVersion, Origin, Product
from catalog.services.descriptions import restore_description, set_description
from copywriter.errors import (
    ChangedSince,
    CopywriterError,
    EditedMeanwhile,
    EditedSince,
    EmptyText,
    NotDecided,
    NotOpen,
    TooLong,
)
from copywriter.models import Draft, DraftStatus
from copywriter.services.accepting import written_since
from copywriter.services.weighing import WEIGHED, weigh_again
from copywriter.subjects import facts_of
from copywriter.writing.foreign_texts import examined_in
from foundation.evidence import to_json
from foundation.tenancy.models import User


def accept(draft: Draft, by: User | None = None) -> Draft:
    """Make the draft the product's description; the text before goes to its history. A text of another kind, or
    of a category, is marked.

    Raises `NotOpen`, and `EditedSince` where a person wrote a description after the draft was made.
    """
    with transaction.atomic():
        product = _locked_product(draft)
        current = _open(draft)
        if product is None or not current.is_description:
            return _decide(draft, current, DraftStatus.ACCEPTED, by)
        if written_since(product, current):
            raise EditedSince(product.title)
        before = DescriptionVersion.objects.filter(product=product).order_by("-pk").first()
        set_description(product, current.text, Origin.PERSON if current.is_edited else Origin.MODEL, by)
        after = DescriptionVersion.objects.filter(product=product).order_by("-pk").first()
        current.replaced = None if after == before else after
        return _decide(draft, current, DraftStatus.ACCEPTED, by)


def reject(draft: Draft, by: User | None = None) -> Draft:
    """Leave the product as it is. Raises `NotOpen`."""
    with transaction.atomic():
        return _decide(draft, _open(draft), DraftStatus.REJECTED, by)


def edit(draft: Draft, text: str, by: User | None = None, *, over: str = "") -> Draft:
    """Put a person's words into a draft that waits, with their evidence; `original_text` stays the model's. `over` is
    the `text_state` of the text that this person began with, "" for any.

    Raises `NotOpen`, `EmptyText`, `TooLong` where the text's channel takes less, and `EditedMeanwhile`.
    """
    text = text.replace("\0", "").strip()
    if not text:
        raise EmptyText
    if not draft.text_kind.fits(text):
        raise TooLong(draft.text_kind, text)
    with transaction.atomic():
        current = _open(draft)
        if text != current.text:
            if over and over != current.text_state:
                raise EditedMeanwhile
            current.text = text
            facts = tuple(facts_of(current))
            current.evidence = to_json(examined_in(current.language, current.text_kind, text, facts))
            current.edited_by = by
            weigh_again(current)
            current.save(update_fields=["text", "evidence", "edited_by", *WEIGHED])
    return _copied(draft, current)


def restore(draft: Draft) -> Draft:
    """Undo a decision: the draft waits again, and an accepted text leaves its product for the one before.

    Raises `NotDecided`, and `ChangedSince` where the description is no longer this draft's text.
    """
    with transaction.atomic():
        product = _locked_product(draft)
        current = Draft.objects.select_for_update().get(pk=draft.pk)
        if current.status not in (DraftStatus.ACCEPTED, DraftStatus.REJECTED):
            raise NotDecided
        if product is not None and current.status == DraftStatus.ACCEPTED and current.is_description:
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


def reject_many(ids: Sequence[int], by: User | None = None) -> list[int]:
    """Reject those that wait; gives the ids that were rejected."""
    with transaction.atomic():
        waiting = Draft.objects.select_for_update().filter(pk__in=ids, status=DraftStatus.PENDING).order_by("pk")
        done = list(waiting.values_list("pk", flat=True))
        Draft.objects.filter(pk__in=done).update(status=DraftStatus.REJECTED, decided_by=by, decided_at=timezone.now())
    return done


def _locked_product(draft: Draft) -> Product | None:
    """Before its drafts, so that two people deciding never wait for each other; None of a category's text."""
    return Product.objects.select_for_update().get(pk=draft.product_id) if draft.product_id is not None else None


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
    for name in ("status", "text", "evidence", "replaced_id", "decided_by_id", "decided_at", *WEIGHED):
        setattr(draft, name, getattr(current, name))
    return draft
