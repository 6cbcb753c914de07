"""What can be wrong with a file as a whole, and with one of its rows. Sentences for people: `catalog.sentences`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class ReadingError(Exception):
    """The file can't be read. `code` names the sentence in `catalog.sentences`, `params` fill it."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class Stopped(Exception):
    """The reader was asked to stop between two blocks."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong with row `row` (counted from 1, header included). A warning's row is imported all the same."""

    row: int
    code: str
    column: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    warning: bool = False
