"""Reviews into the database a part at a time, by COPY; what is there already is left as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils import timezone

from catalog.copying import copy_bytes
from catalog.reading.errors import Issue
from reviews.matching import SEVERAL, Matcher
from reviews.reading.rows import VALUE, Entry

COLUMNS = {
    "position": "integer",
    "digest": "uuid",
    "text": "text",
    "rating": "smallint",
    "written_on": "date",
    "product_id": "bigint",
    "product_key": "text",
    "product_title": "text",
    "source": "text",
    "source_id": "text",
    "language": "text",
    "author_digest": "uuid",
    "author_name": "text",
    "author_contact": "text",
}
COPIED = [name for name in COLUMNS if not name.startswith("author_")]
STAGED = "staged_review"


@dataclass(slots=True)
class Written:
    """`known` were here already, or stood in the file before; `matched` of the new ones have their product."""

    new: int = 0
    known: int = 0
    matched: int = 0
    issues: list[Issue] = field(default_factory=list)

    def add(self, other: Written) -> None:
        self.new += other.new
        self.known += other.known
        self.matched += other.matched
        self.issues += other.issues


def prepare() -> None:
    """An empty staging table that ends with the transaction. In it rows are looked up through their index, whatever the
    planner thinks, who plans with the size the shop had before."""
    typed = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {STAGED} ({typed}) ON COMMIT DROP")


def write(merchant_id: int, file_id: int | None, entries: Sequence[Entry], matcher: Matcher) -> Written:
    """Those that are new, with their authors. Inside a transaction, after `prepare`."""
    done = Written()
    fresh = _once(entries, done)
    products = matcher.match([(entry.product_key, entry.product_title) for entry in fresh])
    _stage(fresh, products)
    known = _leave_known(merchant_id, done)
    values = {"merchant": merchant_id, "file": file_id, "now": timezone.now(), "today": timezone.localdate()}
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_AUTHORS, values)
        cursor.execute(_INSERT, values)
        inserted = cursor.fetchall()
    written = {row for row, _product in inserted}
    done.new = len(inserted)
    done.matched = sum(product is not None for _row, product in inserted)
    done.known += len(fresh) - len(inserted)
    assert not known & written, "a known review was written again"
    done.issues += [
        Issue(
            entry.row,
            "several_products",
            "",
            {"value": (entry.product_title or entry.product_key)[:VALUE]},
            warning=True,
        )
        for entry, product in zip(fresh, products, strict=True)
        if product == SEVERAL and entry.row in written
    ]
    return done


def _once(entries: Sequence[Entry], done: Written) -> list[Entry]:
    """The first of each; an id that stands over another text too is told, as it may be another place's."""
    first: dict[object, Entry] = {}
    for entry in entries:
        before = first.setdefault(entry.digest, entry)
        if before is not entry:
            done.known += 1
            if before.text != entry.text:
                done.issues.append(_other_text(entry.row, entry.source_id))
    return list(first.values())


def _other_text(row: int, source_id: str) -> Issue:
    return Issue(row, "other_text", "", {"value": source_id[:VALUE]})


def _stage(entries: Sequence[Entry], products: Sequence[int | None]) -> None:
    columns: list[Sequence[str | None]] = [
        [str(entry.row) for entry in entries],
        [entry.digest.hex for entry in entries],
        [entry.text for entry in entries],
        [_text(entry.rating) for entry in entries],
        [_text(entry.written_on) for entry in entries],
        [_text(None if product == SEVERAL else product) for product in products],
        *([getattr(entry, name) for entry in entries] for name in ("product_key", "product_title", "source")),
        [entry.source_id for entry in entries],
        [entry.language for entry in entries],
        [digest.hex if (digest := entry.author_digest) else None for entry in entries],
        [entry.author for entry in entries],
        [entry.contact for entry in entries],
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE pg_temp.{STAGED}")
        with cursor.copy(f"COPY pg_temp.{STAGED} FROM STDIN") as copy:
            copy.write(copy_bytes(columns))


def _text(value: int | date | None) -> str | None:
    return None if value is None else str(value)


def _leave_known(merchant_id: int, done: Written) -> set[int]:
    """Their rows; they are no longer staged, so that no author is written for them."""
    with connection.cursor() as cursor:
        cursor.execute(_DELETE_KNOWN, {"merchant": merchant_id})
        found = cursor.fetchall()
    done.issues += [_other_text(row, source_id) for row, source_id, other in found if other]
    return {row for row, _source_id, _other in found}


_DELETE_KNOWN = f"""
DELETE FROM pg_temp.{STAGED} s USING reviews_review r
WHERE r.merchant_id = %(merchant)s AND r.digest = s.digest
RETURNING s.position, s.source_id, r.text <> s.text
"""  # noqa: S608 - names of our own
_INSERT_AUTHORS = f"""
INSERT INTO reviews_reviewauthor (merchant_id, digest, name, contact, created_at)
SELECT DISTINCT ON (author_digest)
    %(merchant)s::bigint, author_digest, author_name, author_contact, %(now)s::timestamptz
FROM pg_temp.{STAGED} WHERE author_digest IS NOT NULL ORDER BY author_digest, position
ON CONFLICT (merchant_id, digest) DO NOTHING
"""  # noqa: S608 - names of our own
_INSERT = f"""
INSERT INTO reviews_review (merchant_id, file_id, author_id, created_at, day, {", ".join(COPIED)})
SELECT %(merchant)s::bigint, %(file)s::bigint, a.id, %(now)s::timestamptz, coalesce(s.written_on, %(today)s::date),
    {", ".join(f"s.{name}" for name in COPIED)}
FROM pg_temp.{STAGED} s
LEFT JOIN reviews_reviewauthor a ON a.merchant_id = %(merchant)s AND a.digest = s.author_digest
ORDER BY s.position
ON CONFLICT (merchant_id, digest) DO NOTHING
RETURNING position, product_id
"""  # noqa: S608 - names of our own
