"""How many products a file would give, told before anything is imported."""

from __future__ import annotations

from catalog.errors import CatalogError
from catalog.models import CatalogFile
from catalog.reading.blocks import Tally
from catalog.reading.errors import ReadingError
from catalog.services.imports import blocks_of

LARGEST = 16 * 1024 * 1024  # bytes; a larger file is worth a minute of a worker, not of a page


def tally(file: CatalogFile) -> Tally | None:
    """Reads the whole file as the import will; None where that would take too long.

    Raises `CatalogError` for what the import would fail with.
    """
    if file.size > LARGEST or "title" not in file.mapping:
        return None
    total = Tally()
    try:
        for block in blocks_of(file)[1]:
            total.add(block.tally)
    except ReadingError as error:
        raise CatalogError.of(error) from error
    except FileNotFoundError as error:
        raise CatalogError("file_missing") from error
    return total
