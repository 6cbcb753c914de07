"""Columns of text as the bytes of PostgreSQL's `COPY … FROM STDIN` in text format."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.blocks import Cell, Columns

SEPARATOR = "\x1f"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"


def copy_bytes(columns: Columns) -> bytes:
    """One line a row; None becomes NULL."""
    if not columns or not columns[0]:
        return b""
    escaped = [_escaped(column) for column in columns]
    return ("\n".join(map("\t".join, zip(*escaped, strict=True))) + "\n").encode()


def _escaped(column: Sequence[Cell]) -> Sequence[str]:
    """Whole columns at a time: most have nothing to escape, which four scans of one string tell."""
    try:
        joined = SEPARATOR.join(column)  # type: ignore[arg-type]
    except TypeError:  # it holds None
        return [NULL if cell is None else cell.translate(ESCAPES) for cell in column]
    if not ("\\" in joined or "\t" in joined or "\n" in joined or "\r" in joined):
        return column  # type: ignore[return-value]
    joined = joined.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    parts = joined.split(SEPARATOR)
    if len(parts) == len(column):
        return parts
    return [(cell or "").translate(ESCAPES) for cell in column]
