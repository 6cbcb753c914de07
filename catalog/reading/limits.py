"""How much a file may hold before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

CSV_FIELD = 32 * 1024 * 1024  # characters that Python's `csv` takes for one cell: memory that one cell may use
LARGEST_CELL = CSV_FIELD // 4  # characters, each of which an encoding writes as up to four bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, cells in characters."""

    file_bytes: int = 512 * 1024 * 1024
    unpacked_bytes: int = 1024 * 1024 * 1024
    columns: int = 1_000
    cell_chars: int = 1_000_000
    rows: int = 2_000_000
