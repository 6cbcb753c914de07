"""All texts that a product has or had of one kind, newest first: drafts, and descriptions that came another way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from catalog.models import DescriptionVersion, Origin, Product
from catalog.text import plain
from copywriter.kinds import DESCRIPTION, KINDS, TextKind
from copywriter.models import Draft, DraftStatus
from copywriter.reviewing.difference import Part, difference
from foundation.tenancy.models import User

TEXTS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """`draft` is None for a description that no draft was: imported, or written by a person in the catalog."""

    text: str
    when: datetime
    draft: Draft | None = None
    origin: str = ""
    by: User | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with what it has that the text before lacks, and the other way round; [] where there is no telling."""

    entry: Entry
    changes: list[Part]
    is_first: bool


def kinds_of(product: Product) -> list[TextKind]:
    """Descriptions always, and what else was written of it."""
    written = set(Draft.objects.filter(product=product).order_by().values_list("kind", flat=True).distinct())
    return [kind for name, kind in KINDS.items() if kind is DESCRIPTION or name in written]


def history(product: Product, kind: TextKind, page: int = 1) -> tuple[list[Told], bool]:
    """One page, counted from 1, and whether there is another. A refused draft has no text and so is none."""
    entries = sorted(_entries(product, kind), key=lambda one: one.when, reverse=True)
    start = (page - 1) * TEXTS_A_PAGE
    shown: list[Entry | None] = [*entries[start : start + TEXTS_A_PAGE + 1]]
    more = len(shown) > TEXTS_A_PAGE
    shown += [] if more else [None]
    return [_told(new, old) for new, old in pairwise(shown) if new is not None], more


def _told(new: Entry, old: Entry | None) -> Told:
    changes = difference(old.text, new.text) if old is not None and old.text and new.text else []
    return Told(new, changes, old is None)


def _entries(product: Product, kind: TextKind) -> Iterator[Entry]:
    drafts = list(
        Draft.objects.filter(product=product, kind=kind.name)
        .exclude(status=DraftStatus.REFUSED)
        .select_related("job", "decided_by", "edited_by")
    )
    for draft in drafts:
        current = kind is DESCRIPTION and draft.status == DraftStatus.ACCEPTED and draft.text == product.description
        yield Entry(draft.text, draft.created_at, draft, is_current=current)
    if kind is DESCRIPTION:
        yield from _descriptions(product, {draft.text for draft in drafts})


def _descriptions(product: Product, drafted: set[str]) -> Iterator[Entry]:
    """Each text once, however often it came back."""
    versions: Sequence[DescriptionVersion] = [
        *DescriptionVersion.objects.filter(product=product).select_related("by").order_by("pk"),
        DescriptionVersion(
            product=product,
            text=product.description,
            origin=product.description_origin,
            by=product.described_by,
            described_at=product.described_at,
        ),
    ]
    seen = set(drafted)
    for version in versions:
        if version.text in seen or not version.text:
            continue
        seen.add(version.text)
        when = version.described_at or product.created_at
        current = version.text == product.description
        yield Entry(plain(version.text), when, None, str(Origin(version.origin).label), version.by, current)
