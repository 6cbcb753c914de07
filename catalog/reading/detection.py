"""What was recognised in a file; every part can be overruled by the user."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, TypedDict

# What the user may choose from; any of them is a codec of Python's.
ENCODINGS = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "gb18030",
    "big5",
    "shift_jis",
    "cp1252",
    "latin-1",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "euc_kr",
)
DELIMITERS = (",", ";", "\t", "|", "#")
LISTS = frozenset({"columns", "notes", "sheets"})


class Choices(TypedDict, total=False):
    """What the user may overrule."""

    encoding: str
    delimiter: str
    has_header: bool
    format: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Detection:
    """`header_row` is the row number of the column names, 0 where there are none; data starts after it.

    `notes` are codes of `catalog.sentences`: what the user should know (a CSV named .xlsx, for one).
    """

    container: str  # csv | tsv | xlsx | jsonl
    compression: str = ""  # "" | gzip | zip
    member: str = ""  # of a zip archive
    encoding: str = "utf-8"
    bom: bool = False
    delimiter: str = ","
    has_header: bool = True
    header_row: int = 1
    columns: tuple[str, ...] = ()  # unique labels, in the file's order
    format: str = "plain"
    sheet: str = ""
    sheets: tuple[str, ...] = ()  # of a workbook, to choose from
    unpacked: int = 0  # bytes of a workbook without its compression
    cells: int = 0  # of the rectangle that the largest sheet of a workbook spans
    nul: bool = False  # a NUL character occurs somewhere
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), **{name: list(getattr(self, name)) for name in LISTS}}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Detection:
        known = {item.name for item in fields(cls)}
        plain = {name: value for name, value in data.items() if name in known}
        return cls(**{**plain, **{name: tuple(data.get(name, ())) for name in LISTS}})
