"""How many products a file would give, told before anything is imported."""

from __future__ import annotations

import time

from catalog.errors import CatalogError
from catalog.models import CatalogFile
from catalog.reading.blocks import Tally
from catalog.reading.detection import Detection
from catalog.reading.errors import ReadingError
from catalog.services.imports import blocks_of

LARGEST = 16 * 1024 * 1024  # bytes; a larger file is worth a minute of a worker, not of a page
PACKED = 8  # times smaller a workbook is than what it unpacks to
MOST_SECONDS = 10.0  # of the web process: a small archive may hold a million rows
MOST_CELLS = 2_000_000  # of a workbook, which is parsed whole


def tally(file: CatalogFile) -> Tally | None:
    """Reads the whole file as the import will; None where that would take too long.

    Raises `CatalogError` for what the import would fail with.
    """
    found = Detection.from_json(file.detection)
    if max(file.size, found.unpacked // PACKED) > LARGEST or found.cells > MOST_CELLS or "title" not in file.mapping:
        return None
    total, begun = Tally(), time.monotonic()
    try:
        for block in blocks_of(file)[1]:
            total.add(block.tally)
            if time.monotonic() - begun > MOST_SECONDS:
                return None
    except ReadingError as error:
        raise CatalogError.of(error) from error
    except FileNotFoundError as error:
        raise CatalogError("file_missing") from error
    return total
