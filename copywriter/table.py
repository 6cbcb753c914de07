"""A job's texts as a table: a row per product, a column per kind; in pages for the screen, whole for a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.http import urlencode

from catalog.models import Product
from copywriter.kinds import TextKind
from copywriter.models import Draft, DraftStatus
from copywriter.wishes import Wish
from foundation.jobs.models import Job

PRODUCTS_A_PAGE = 25
AT_ONCE = 500
WRITTEN = ("key", "sku", "title")
"""Columns of a product in the file, before those of its text."""
HEADER = (*WRITTEN, "kind", "take", "status", "text", "accepted_by", "accepted_at")


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` are the kinds in their order, each with its drafts by take."""

    product: Product
    cells: tuple[tuple[TextKind, tuple[Draft, ...]], ...]


@dataclass(frozen=True, slots=True)
class Page:
    kinds: tuple[TextKind, ...]
    rows: tuple[Row, ...]
    previous_url: str
    next_url: str


def page(job: Job, after: int | None = None, before: int | None = None, size: int = PRODUCTS_A_PAGE) -> Page:
    """By keyset over the products' ids: `after` this one, or the last ones `before` it."""
    backwards = before is not None
    ids = Draft.objects.filter(job_id=job.pk).order_by("-product_id" if backwards else "product_id")
    if backwards:
        ids = ids.filter(product_id__lt=before)
    elif after is not None:
        ids = ids.filter(product_id__gt=after)
    found = list(ids.values_list("product_id", flat=True).distinct()[: size + 1])
    more, shown = len(found) > size, sorted(found[:size])
    kinds = Wish.from_params(job.params).kinds
    has_next, has_previous = (True, more) if backwards else (more, after is not None)
    return Page(
        kinds,
        tuple(_rows(job, shown, kinds)),
        f"?{urlencode({'before': shown[0]})}" if shown and has_previous else "",
        f"?{urlencode({'after': shown[-1]})}" if shown and has_next else "",
    )


def _rows(job: Job, product_ids: Sequence[int], kinds: Sequence[TextKind]) -> Iterator[Row]:
    drafts = Draft.objects.filter(job_id=job.pk, product_id__in=product_ids).select_related("product")
    for _pk, each in groupby(drafts.order_by("product_id", "take"), key=lambda draft: draft.product_id):
        mine = list(each)
        yield Row(mine[0].product, tuple((kind, tuple(one for one in mine if one.kind == kind.name)) for kind in kinds))


def lines(job: Job) -> Iterator[tuple[str, ...]]:
    """The header, and a line a text; refused ones have none. Cells that a spreadsheet would take for a formula are the
    writer's matter."""
    yield HEADER
    drafts = Draft.objects.filter(job_id=job.pk).exclude(status=DraftStatus.REFUSED)
    drafts = drafts.select_related("product", "decided_by").order_by("product_id", "pk")
    for draft in drafts.iterator(chunk_size=AT_ONCE):
        accepted = draft.status == DraftStatus.ACCEPTED
        yield (
            *(str(getattr(draft.product, name)) for name in WRITTEN),
            draft.kind, str(draft.take + 1), str(draft.status), draft.text,
            draft.decided_by.email if accepted and draft.decided_by else "",
            draft.decided_at.isoformat(timespec="seconds") if accepted and draft.decided_at else "",
        )  # fmt: skip
