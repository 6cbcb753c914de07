"""A job's texts as a table: a row per product or category, a column per kind; in pages for the screen, whole for a
file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.http import urlencode

from catalog.models import Product
from copywriter.jobs import CATEGORY_KIND
from copywriter.kinds import CATEGORY, TextKind
from copywriter.models import Draft, DraftStatus
from copywriter.writing.wishes import Wish
from foundation.jobs.models import Job
from foundation.tenancy.row_ids import row_id

PRODUCTS_A_PAGE = 25
AT_ONCE = 500
WRITTEN = ("key", "sku", "title")
"""Columns of a product in the file, before those of its text; a category has its name for a title and a key."""
_PRODUCT = tuple(f"product__{name}" for name in WRITTEN)
READ = (*_PRODUCT, "product_id", "category", "kind", "take", "status", "text", "decided_by__email", "decided_at")
_WRITTEN_OF = attrgetter(*_PRODUCT)
HEADER = (*WRITTEN, "kind", "take", "status", "text", "accepted_by", "accepted_at")


@dataclass(frozen=True, slots=True)
class Row:
    """`product` is None in a row of a category. `cells` are the kinds in their order, each with its drafts by take."""

    product: Product | None
    subject: str
    cells: tuple[tuple[TextKind, tuple[Draft, ...]], ...]


@dataclass(frozen=True, slots=True)
class Page:
    kinds: tuple[TextKind, ...]
    rows: tuple[Row, ...]
    previous_url: str
    next_url: str


def page(job: Job, after: str | None = None, before: str | None = None, size: int = PRODUCTS_A_PAGE) -> Page:
    """By keyset over the products' ids, or the categories' names: `after` this one, or the last ones `before` it; a
    spoilt cursor is the start."""
    column, first, last = _column(job), _cursor(job, after), _cursor(job, before)
    backwards = last is not None
    found = Draft.objects.filter(job_id=job.pk).order_by(f"-{column}" if backwards else column)
    if backwards:
        found = found.filter(**{f"{column}__lt": last})
    elif first is not None:
        found = found.filter(**{f"{column}__gt": first})
    ids: list[Any] = list(found.values_list(column, flat=True).distinct()[: size + 1])
    more, shown = len(ids) > size, ids[:size][::-1] if backwards else ids[:size]
    has_next, has_previous = (True, more) if backwards else (more, first is not None)
    kinds = kinds_of(job)
    return Page(
        kinds,
        tuple(_rows(job, shown, kinds)),
        f"?{urlencode({'before': shown[0]})}" if shown and has_previous else "",
        f"?{urlencode({'after': shown[-1]})}" if shown and has_next else "",
    )


def kinds_of(job: Job) -> tuple[TextKind, ...]:
    return (CATEGORY,) if job.kind == CATEGORY_KIND else Wish.from_params(job.params).kinds


def _column(job: Job) -> str:
    return "category" if job.kind == CATEGORY_KIND else "product_id"


def _cursor(job: Job, told: str | None) -> str | int | None:
    if job.kind != CATEGORY_KIND:
        return row_id(told)
    return told.replace("\0", "") if told else None


def _rows(job: Job, shown: Sequence[Any], kinds: Sequence[TextKind]) -> Iterator[Row]:
    column = _column(job)
    drafts = Draft.objects.filter(job_id=job.pk, **{f"{column}__in": shown}).select_related("product")
    for _about, each in groupby(drafts.order_by(column, "take"), key=lambda draft: getattr(draft, column)):
        mine = list(each)
        cells = tuple((kind, tuple(one for one in mine if one.kind == kind.name)) for kind in kinds)
        yield Row(mine[0].product, mine[0].subject, cells)


def lines(job: Job) -> Iterator[tuple[str, ...]]:
    """The header, and a line a text, in the order of the kinds; refused ones have none. Cells that a spreadsheet would
    take for a formula are the writer's matter."""
    yield HEADER
    places = {kind.name: place for place, kind in enumerate(kinds_of(job))}
    drafts = Draft.objects.filter(job_id=job.pk).exclude(status=DraftStatus.REFUSED)
    column = _column(job)
    rows = drafts.order_by(column, "pk").values_list(*READ, named=True)  # without evidence, which is far more
    for _about, mine in groupby(rows.iterator(chunk_size=AT_ONCE), key=attrgetter(column)):
        for row in sorted(mine, key=lambda row: (places.get(row.kind, len(places)), row.take)):
            accepted = row.status == DraftStatus.ACCEPTED
            yield (
                *(_WRITTEN_OF(row) if row.product_id is not None else (row.category, "", row.category)),
                row.kind, str(row.take + 1), row.status, row.text,
                row.decided_by__email or "" if accepted else "",
                row.decided_at.isoformat(timespec="seconds") if accepted and row.decided_at else "",
            )  # fmt: skip
