"""JSON Lines: one object a line, read as a row of cells. What lies deeper is a column `outer.inner`."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from catalog.reading.detection import Detection
from catalog.reading.errors import ReadingError
from catalog.reading.limits import Limits
from catalog.reading.text import RECORD_CHARS, open_text

DEEPEST = 3  # objects inside each other; what is deeper stays JSON
SURROGATE = re.compile("[\ud800-\udfff]")  # halves of a character, which JSON can escape and no text can hold
Cells = dict[str, str]


def is_json_lines(sample: str) -> bool:
    """Whether the first line that is not blank is an object."""
    first = next((line for line in sample.split("\n") if line.strip()), "")
    return first.lstrip().startswith("{") and cells_of(first) is not None


def columns_of(path: Path, detection: Detection, limits: Limits) -> tuple[str, ...]:
    """Every key of every line, in the order of their first appearance. Raises `ReadingError`."""
    found: dict[str, None] = {}
    for _number, line in _lines(path, detection, limits):
        for name in cells_of(line) or ():
            found.setdefault(name)
        if len(found) > limits.columns:
            raise ReadingError("too_many_columns", count=len(found), limit=limits.columns)
    return tuple(found)


def blocks(
    path: Path, detection: Detection, limits: Limits, size: int
) -> Generator[tuple[int, list[list[str] | str | None]], None, None]:
    """`size` lines at a time, with the first one's number: cells in the order of the columns, None for a blank line,
    or the line itself where it is no object. Raises `ReadingError`."""
    lines = _lines(path, detection, limits)
    while taken := list(islice(lines, size)):
        yield taken[0][0], [_row(line, detection.columns, limits) for _number, line in taken]


def _row(line: str, columns: tuple[str, ...], limits: Limits) -> list[str] | str | None:
    if not line.strip():
        return None
    cells = cells_of(line)
    if cells is None or max(map(len, cells.values()), default=0) > limits.cell_chars:
        return line
    return [cells.get(name, "") for name in columns]


def cells_of(line: str) -> Cells | None:
    """None for what is no JSON object."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return dict(_flat(found, "", 1)) if isinstance(found, dict) else None


def _flat(found: dict[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        if isinstance(value, dict) and value and depth < DEEPEST:
            yield from _flat(value, f"{prefix}{name}.", depth + 1)
        else:
            label = " ".join(SURROGATE.sub("", f"{prefix}{name}").replace("\0", "").split())[:255]
            yield label or "?", _cell(value)


def _cell(value: Any) -> str:
    """As a person would have typed it: 5.0 → 5."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _lines(path: Path, detection: Detection, limits: Limits) -> Iterator[tuple[int, str]]:
    """Ended by \\n or \\r\\n only: JSON text may hold the other line ends of Unicode."""
    number = 0
    try:
        with open_text(path, detection, limits) as text:
            while line := text.readline(RECORD_CHARS):
                number += 1
                if len(line) >= RECORD_CHARS:
                    raise ReadingError("cell_too_long", row=number, limit=limits.cell_chars)
                if number > limits.rows:
                    raise ReadingError("too_many_rows", limit=limits.rows)
                yield number, line
    except UnicodeDecodeError as error:
        raise ReadingError("wrong_encoding", row=number + 1, encoding=detection.encoding) from error
