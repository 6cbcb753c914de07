"""Which column of a file of reviews means what: by its name, held against what its cells hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from catalog.reading.mapping import Guess, best, by_name
from reviews.reading import dates, ratings
from reviews.reading.names import FIELDS, KNOWN

Mapping = dict[str, str]
DATES, SOURCE_NAME = "dates", "source_name"  # of a mapping, besides its columns
MOST = 0.8  # of the filled cells of a column of stars or dates are some
LONG = 12  # characters that a review has on average, at least, where only the cells tell the column
LATER = date(9999, 12, 31)


def guess(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[dict[str, Guess], str]:
    """One guess a field at most, and whether days come before months."""
    cells = {
        name: [row[i].strip() for row in rows if i < len(row) and row[i].strip()] for i, name in enumerate(columns)
    }
    named = [found for found in (by_name(column, KNOWN) for column in columns) if found is not None]
    order = dates.order_of(cell for found in named if found.field == "written_on" for cell in cells[found.column])
    found = best((one for one in named if _holds(one, cells[one.column], order)), columns, rows)
    if "text" not in found:
        found |= _by_length(columns, cells, {one.column for one in found.values()})
    return found, order


def mapping_of(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping:
    """A missing text column shows itself as a mapping without `text`."""
    found, order = guess(columns, rows)
    return {field: found[field].column for field in FIELDS if field in found} | {DATES: order}


def _holds(one: Guess, cells: Sequence[str], order: str) -> bool:
    """A "score" of up to 100 is no rating, whatever its name."""
    if one.field == "rating":
        return _mostly(ratings.stars, cells)
    if one.field == "written_on":
        return _mostly(lambda cell: dates.day(cell, order, LATER), cells)
    return True


def _mostly(read: Callable[[str], object], cells: Sequence[str]) -> bool:
    return not cells or sum(_reads(read, cell) for cell in cells) > MOST * len(cells)


def _reads(read: Callable[[str], object], cell: str) -> bool:
    try:
        read(cell)
    except ValueError:
        return False
    return True


def _by_length(columns: Sequence[str], cells: dict[str, list[str]], taken: set[str]) -> dict[str, Guess]:
    """The longest texts, where no name says which they are."""
    lengths = [(sum(map(len, cells[name])) / len(cells[name]), name) for name in columns if cells[name]]
    free = [(length, name) for length, name in lengths if name not in taken and length >= LONG]
    return {"text": Guess("text", max(free)[1], 0.5)} if free else {}
