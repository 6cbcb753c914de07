"""How many products a file would give, and why some rows give none, told before anything is imported."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.errors import CatalogError
from catalog.models import CatalogFile
from catalog.reading.blocks import Tally
from catalog.reading.detection import Detection
from catalog.reading.errors import Issue, ReadingError
from catalog.sentences import advice, skipped
from catalog.services.imports import blocks_of

LARGEST = 16 * 1024 * 1024  # bytes; a larger file is worth a minute of a worker, not of a page
PACKED = 8  # times smaller a workbook is than what it unpacks to
MOST_SECONDS = 10.0  # of the web process: a small archive may hold a million rows
MOST_CELLS = 2_000_000  # of a workbook, which is parsed whole
REASONS = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """Why `rows` rows would be skipped; `advice` is what to choose otherwise, "" where no choice would help."""

    rows: int
    text: str
    advice: str


@dataclass(slots=True)
class Counted:
    tally: Tally = field(default_factory=Tally)
    reasons: list[Reason] = field(default_factory=list)  # the most frequent ones, most rows first


def counted(file: CatalogFile) -> Counted | None:
    """Reads the whole file as the import will; None where that would take too long.

    Raises `CatalogError` for what the import would fail with.
    """
    found = Detection.from_json(file.detection)
    if max(file.size, found.unpacked // PACKED) > LARGEST or found.cells > MOST_CELLS or "title" not in file.mapping:
        return None
    result, begun = Counted(), time.monotonic()
    why: Counter[tuple[str, str]] = Counter()
    try:
        for block in blocks_of(file)[1]:
            result.tally.add(block.tally)
            _count(block.issues, why)
            if time.monotonic() - begun > MOST_SECONDS:
                return None
    except ReadingError as error:
        raise CatalogError.of(error) from error
    except FileNotFoundError as error:
        raise CatalogError("file_missing") from error
    free = found.format == "plain"  # only there the columns are the user's to choose
    result.reasons = [
        Reason(rows, skipped(code, column), advice(code, _role(file, column)) if free else "")
        for (code, column), rows in why.most_common(REASONS)
    ]
    return result


def _count(issues: Iterable[Issue], why: Counter[tuple[str, str]]) -> None:
    for issue in issues:
        if not issue.warning:
            why[issue.code, issue.column] += int(issue.params.get("rows", 1))


def _role(file: CatalogFile, column: str) -> str:
    """What products are known by: the shop's own id, or the SKU where it has none."""
    return "key" if file.mapping.get("key", "") == column else "sku"
