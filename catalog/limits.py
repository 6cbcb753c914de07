"""The limits of reading, out of the settings."""

from __future__ import annotations

from django.conf import settings

from catalog.reading.limits import LARGEST_CELL, Limits


def limits() -> Limits:
    return Limits(
        file_bytes=settings.CATALOG_MAX_FILE_BYTES,
        unpacked_bytes=settings.CATALOG_MAX_UNPACKED_BYTES,
        columns=settings.CATALOG_MAX_COLUMNS,
        cell_chars=min(settings.CATALOG_MAX_CELL_CHARS, LARGEST_CELL),
        rows=settings.CATALOG_MAX_ROWS,
    )
