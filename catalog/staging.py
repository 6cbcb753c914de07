"""Temporary tables through which an import passes, part by part, inside its one transaction."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection

from catalog.ahead import ahead
from catalog.copying import copy_bytes
from catalog.reading.blocks import PRODUCT_COLUMNS, VARIANT_COLUMNS, Block, Tally
from catalog.reading.errors import Issue

TYPES = {
    "price": "numeric(14,4)",
    "compare_at": "numeric(14,4)",
    "quantity": "integer",
    "attributes": "jsonb",
    "extra": "jsonb",
    "options": "jsonb",
    "position": "integer",
}
PRODUCTS, VARIANTS = "staged_product", "staged_variant"
COLUMNS = {PRODUCTS: PRODUCT_COLUMNS, VARIANTS: VARIANT_COLUMNS}
PART = 24_000  # products
PART_BYTES = 64 * 1024 * 1024
ISSUES_KEPT = 20_000


@dataclass(slots=True)
class Part:
    """Rows as COPY takes them, with what was counted and found while they were read."""

    products: list[bytes] = field(default_factory=list)
    variants: list[bytes] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    issues: list[Issue] = field(default_factory=list)


def staged(block: Block) -> bytes:
    """A block's products as the staging table takes them."""
    return copy_bytes(block.products)


def parts(
    blocks: Iterable[Block], whole: bool, encode: Callable[[Block], bytes] = staged
) -> Generator[Part, None, None]:
    """Read in a thread, ahead of the database: while it writes one part, the next is parsed.

    `whole`: all in one part, for formats whose variants may stand far from their product. `encode` makes of a block's
    products what COPY takes.
    """
    return ahead(_parts(blocks, whole, encode))


def _parts(blocks: Iterable[Block], whole: bool, encode: Callable[[Block], bytes]) -> Iterator[Part]:
    part, size = Part(), 0
    for block in blocks:
        part.products.append(encode(block))
        part.variants.append(copy_bytes(block.variants))
        part.tally.add(block.tally)
        part.issues += block.issues
        size += len(part.products[-1]) + len(part.variants[-1])
        if (part.tally.products >= PART or size > PART_BYTES) and not whole:
            yield part
            part, size = Part(), 0
    yield part


def prepare() -> None:
    """Empty staging tables; they end with the transaction.

    In it products are looked up through their index, whatever the planner thinks: it plans with the size the shop had
    before, and reading a shop that grows by 200,000 products anew for each of them takes hours.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for table, columns in COLUMNS.items():
            typed = ", ".join(f"{column} {TYPES.get(column, 'text')}" for column in columns)
            cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({typed}) ON COMMIT DROP")


def stage(part: Part) -> None:
    """The staging tables hold this part and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE pg_temp.{PRODUCTS}, pg_temp.{VARIANTS}")
        for table, rows in ((PRODUCTS, part.products), (VARIANTS, part.variants)):
            if not any(rows):
                continue
            with cursor.copy(f"COPY pg_temp.{table} FROM STDIN") as copy:
                for piece in rows:
                    copy.write(piece)
