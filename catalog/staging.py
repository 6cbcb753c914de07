"""Temporary tables that an import fills before anything of the shop is touched. They end with their session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

from catalog.copying import copy_bytes
from catalog.reading.blocks import PRODUCT_COLUMNS, VARIANT_COLUMNS, Block, Columns, Tally
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
ISSUES_KEPT = 20_000


@dataclass(slots=True)
class Staged:
    """What stands in the staging tables, and what was wrong on the way; only the first issues are kept."""

    tally: Tally = field(default_factory=Tally)
    issues: list[Issue] = field(default_factory=list)


@contextmanager
def staging() -> Iterator[None]:
    with connection.cursor() as cursor:
        for table, columns in ((PRODUCTS, PRODUCT_COLUMNS), (VARIANTS, VARIANT_COLUMNS)):
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
            typed = ", ".join(f"{column} {TYPES.get(column, 'text')}" for column in columns)
            cursor.execute(f"CREATE TEMP TABLE {table} ({typed})")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{PRODUCTS}, pg_temp.{VARIANTS}")


def stage(blocks: Iterable[Block]) -> Staged:
    """COPY the blocks into the staging tables as they come. Raises what reading raises, leaving them half filled."""
    staged = Staged()
    held: list[Columns] = []  # variants wait: a connection has one COPY at a time, and there are few of them
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.copy(f"COPY pg_temp.{PRODUCTS} FROM STDIN") as copy:
            for block in blocks:
                _count(staged, block)
                copy.write(copy_bytes(block.products))
                if block.variants:
                    held.append(block.variants)
        if held:
            with cursor.copy(f"COPY pg_temp.{VARIANTS} FROM STDIN") as copy:
                for columns in held:
                    copy.write(copy_bytes(columns))
    return staged


def _count(staged: Staged, block: Block) -> None:
    staged.tally.add(block.tally)
    room = ISSUES_KEPT - len(staged.issues)
    if room > 0 and block.issues:
        staged.issues += block.issues[:room]


def exists() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"pg_temp.{PRODUCTS}"])
        row = cursor.fetchone()
    return bool(row and row[0])
