"""Which character separates the cells, and whether the first row names the columns: judged on a sample's rows."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Sequence

from catalog.reading.detection import DELIMITERS
from catalog.reading.mapping import known_name

LONGEST_LABEL = 255  # characters: a page lists all columns for each field
NUMBER = re.compile(r"[^\w]?\s?-?\d[\d\s.,]*\s?\D{0,3}")
URL = re.compile(r"(?:https?:)?//\S+", re.I)


def sample_rows(text: str, delimiter: str, limit: int = 300) -> list[list[str]]:
    """The first rows of `text`; the last one is dropped where the sample may have cut it."""
    rows: list[list[str]] = []
    try:
        # Not `splitlines`: it ends a line at U+2028, U+0085 and the like too, which stand inside cells.
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > limit:
                break
    except csv.Error:  # a field over the limit: what came before still counts
        pass
    return rows


def delimiter_of(text: str) -> str:
    """The delimiter under which most rows have the same number of cells, and many of them."""
    return max(DELIMITERS, key=lambda delimiter: (_evidence(text, delimiter), delimiter == ","))


def _evidence(text: str, delimiter: str) -> float:
    widths = Counter(len(row) for row in sample_rows(text, delimiter) if any(row))
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1] * math.log(item[0] + 1e-9), item[0]))
    return 0.0 if width < 2 else (count / sum(widths.values())) ** 2 * math.log(width + 1)


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first non-blank row names columns rather than being a product."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return True
    first = [cell.strip() for cell in filled[0]]
    if any(URL.fullmatch(cell) for cell in first):
        return False
    numbers = sum(1 for cell in first if NUMBER.fullmatch(cell))
    known = sum(1 for cell in first if known_name(cell))
    if known and numbers <= known:
        return True
    if numbers:
        return False
    body = filled[1:60]
    for index in range(len(first)):  # a word above a column of numbers is its name
        cells = [row[index] for row in body if index < len(row) and row[index].strip()]
        if cells and first[index] and sum(1 for cell in cells if NUMBER.fullmatch(cell.strip())) > 0.8 * len(cells):
            return True
    named = [cell for cell in first if cell]
    return len(set(named)) == len(named) and all(len(cell) <= 60 for cell in named) and len(named) > len(first) / 2


def labels(cells: Sequence[str]) -> tuple[str, ...]:
    """Unique column labels: stripped, cut, numbered where empty or repeated."""
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    result = []
    for number, cell in enumerate(cells, 1):
        name = " ".join(cell.replace("\0", "").split())[:LONGEST_LABEL].rstrip() or f"Column {number}"
        seen[name] += 1
        label = name if seen[name] == 1 else f"{name} ({seen[name]})"
        while label in taken:
            seen[name] += 1
            label = f"{name} ({seen[name]})"
        taken.add(label)
        result.append(label)
    return tuple(result)
