"""An import into an empty shop: rows go by COPY into the products' own table, no staging table between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import md5

from django.db import connection

from catalog.copying import copy_bytes
from catalog.publishing import TABLE, product_columns
from catalog.reading.blocks import PRODUCT_COLUMNS, Block, Provided

_OURS = ("merchant_id", "file_id", "created_at", "updated_at")
Encode = Callable[[Block], bytes]


def columns(provided: Provided) -> list[str]:
    """Of the products' table, in the order in which `encoder` writes them; the others get their defaults."""
    return [*_OURS, *product_columns(provided)]


def encoder(merchant_id: int, file_id: int, provided: Provided, now: datetime) -> Encode:
    """Makes a block's products what COPY takes for `columns`. Needs no database: a reading thread calls it."""
    constants = (str(merchant_id), str(file_id), now.isoformat(), now.isoformat())
    names = product_columns(provided)

    def encode(block: Block) -> bytes:
        if not block.products:
            return b""
        given = dict(zip(PRODUCT_COLUMNS, block.products, strict=True))
        count = len(block.products[0])
        ours = [[value] * count for value in constants]
        return copy_bytes([*ours, *(_md5s(given["description"]) if n == "imported_md5" else given[n] for n in names)])

    return encode


def _md5s(texts: Sequence[str | None]) -> list[str]:
    return [md5((text or "").encode(), usedforsecurity=False).hexdigest() for text in texts]


def insert(rows: Sequence[bytes], provided: Provided) -> int:
    """Products written; their keys must be new to the shop. Call it inside a transaction."""
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {TABLE} ({', '.join(columns(provided))}) FROM STDIN") as copy:
            for piece in rows:
                copy.write(piece)
        return int(cursor.rowcount)
