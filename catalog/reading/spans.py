"""Where each cell stands in the raw text of one record, by the same rules as Python's `csv`."""

from __future__ import annotations

from collections.abc import Iterator

Span = tuple[int, int]


def spans(raw: str, delimiter: str) -> list[Span]:
    """`raw[start:end]` of each cell, quotes included; `raw` is one record with or without its line end."""
    return list(_spans(raw, delimiter))


def _spans(raw: str, delimiter: str) -> Iterator[Span]:
    end = len(raw)
    while end and raw[end - 1] in "\r\n":
        end -= 1
    position = 0
    while True:
        start = position
        if position < end and raw[position] == '"':
            position += 1
            while position < end:
                if raw[position] != '"':
                    position = _next(raw, '"', position, end)
                elif position + 1 < end and raw[position + 1] == '"':
                    position += 2
                else:
                    position += 1
                    break
        position = _next(raw, delimiter, position, end)
        yield start, position
        if position >= end:
            return
        position += 1
        if position == end:
            yield end, end
            return


def _next(raw: str, what: str, start: int, end: int) -> int:
    found = raw.find(what, start, end)
    return end if found < 0 else found


def quoted(cell: str, delimiter: str, always: bool) -> str:
    """The cell as CSV: quoted where it must be, or where its neighbours are."""
    if always or any(mark in cell for mark in (delimiter, '"', "\n", "\r")) or cell != cell.strip():
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell
