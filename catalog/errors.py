"""The one error that catalog services raise for what a user can cause."""

from __future__ import annotations

from typing import Any

from catalog.reading.errors import ReadingError
from catalog.sentences import sentence


class CatalogError(Exception):
    """`str()` is a sentence for the person that says what to do, in the active language; `code` is stable."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    @classmethod
    def of(cls, error: ReadingError) -> CatalogError:
        return cls(error.code, **error.params)

    def __str__(self) -> str:
        return sentence(self.code, self.params)
