"""What a format is. Adding one is a module with a `Format` and a line in `formats/__init__.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from catalog.reading.blocks import Block, Provided
from catalog.reading.mapping import Mapping
from catalog.reading.table import Rows


class Reader(Protocol):
    """Fed with all rows in order, it gives products; `end` gives what waited for rows that never came."""

    provided: Provided
    whole: bool  # variants may come long after their product, so that it can't be written before the end

    def read(self, rows: Rows) -> Block: ...

    def end(self) -> Block: ...


class Format(Protocol):
    name: str
    label: str
    html: bool | None  # whether descriptions are HTML; None: judged by the cells

    def recognises(self, columns: Sequence[str]) -> bool: ...

    def mapping(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping:
        """Field → column; raises `ReadingError` where a column is missing without which nothing can be read."""

    def reader(self, columns: Sequence[str], mapping: Mapping) -> Reader: ...
