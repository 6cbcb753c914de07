"""Ids of rows in addresses and forms, where a person or a robot may have written anything."""

from __future__ import annotations

LARGEST = 2**63 - 1  # of a bigint, which every id here is


def row_id(text: str | None) -> int | None:
    """The id that `text` says, or None for what names no row: a page without its cursor is the first page.

    ASCII digits only: `int` also takes "٣", " 7 " and "1_000", and refuses thousands of digits with an error.
    """
    if not text or not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST)):
        return None
    number = int(text)
    return number if number <= LARGEST else None
