"""From a file to what it is: container, encoding, delimiter, header, format. Content decides, names don't."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from catalog.reading import dialect, encoding, jsonl
from catalog.reading.container import bom_length, bom_of, compression_of, refuse_binary, unpacked
from catalog.reading.detection import Choices, Detection
from catalog.reading.errors import ReadingError
from catalog.reading.formats import recognise
from catalog.reading.limits import Limits
from catalog.reading.text import open_text, record_blocks
from catalog.reading.xlsx import read_head, sheets
from catalog.reading.xlsx_extent import guard

SAMPLE_CHARS = 512 * 1024
SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file was recognised as, and the first rows that this was judged by."""

    detection: Detection
    head: list[list[str]]

    @property
    def data(self) -> list[list[str]]:
        return self.head[self.detection.header_row :]


def examine(path: Path, name: str, limits: Limits, json_lines: bool = False) -> Seen:
    """What `path` holds; `name` is only compared with it. Raises `ReadingError` for what is no table.

    `json_lines`: whether that is one; only who never has to write the file back, as an export does, takes it.
    """
    kind, compression, member = compression_of(path)
    seen = _workbook(path, limits) if kind == "xlsx" else _text(path, compression, member, limits, json_lines)
    return dataclasses.replace(seen, detection=dataclasses.replace(seen.detection, notes=_notes(seen.detection, name)))


def examine_again(path: Path, current: Detection, limits: Limits, choices: Choices) -> Seen:
    """`current` with the user's choices; what was not chosen and depends on them is judged anew."""
    changed = current
    has_header: bool | None = choices.get("has_header", current.has_header)
    if "encoding" in choices:
        with unpacked(path, current.compression, current.member, limits) as raw:
            marked = bom_of(raw.read(4))
        encoding = choices["encoding"]
        changed = dataclasses.replace(changed, encoding=encoding, bom=marked == encoding)
    if "delimiter" in choices:
        delimiter = choices["delimiter"]
        changed = dataclasses.replace(changed, delimiter=delimiter, container="tsv" if delimiter == "\t" else "csv")
    if "sheet" in choices:
        changed = dataclasses.replace(changed, sheet=choices["sheet"])
        has_header = choices.get("has_header")
    seen = _columns(path, changed, limits, has_header)
    chosen = choices.get("format", seen.detection.format)
    return dataclasses.replace(seen, detection=dataclasses.replace(seen.detection, format=chosen, notes=current.notes))


def _workbook(path: Path, limits: Limits) -> Seen:
    """Its first sheet that holds a table."""
    measured = guard(path, limits)
    names = sheets(path)
    start = Detection("xlsx", sheets=names, unpacked=measured.unpacked, cells=measured.cells)
    for name in names:
        try:
            return _columns(path, dataclasses.replace(start, sheet=name), limits)
        except ReadingError as error:
            if error.code != "no_columns":
                raise
    raise ReadingError("no_columns")


def _text(path: Path, compression: str, member: str, limits: Limits, json_lines: bool) -> Seen:
    with unpacked(path, compression, member, limits) as raw:
        head = raw.read(64 * 1024)
    if not head[bom_length(head) :].strip(b"\x00 \t\r\n\x1a") and len(head) < 64 * 1024:
        raise ReadingError("empty_file")
    refuse_binary(head)

    def read() -> Iterator[bytes]:
        with unpacked(path, compression, member, limits) as source:
            yield from encoding.in_chunks(source.read)

    found = encoding.detect(read, head)
    start = Detection("csv", compression, member, found.name, found.bom, nul=found.nul)
    with open_text(path, start, limits, errors="replace") as text:
        sample = text.read(SAMPLE_CHARS)
    if json_lines and jsonl.is_json_lines(sample):
        return _columns(path, dataclasses.replace(start, container="jsonl"), limits)
    delimiter = dialect.delimiter_of(sample)
    start = dataclasses.replace(start, delimiter=delimiter, container="tsv" if delimiter == "\t" else "csv")
    return _columns(path, start, limits)


def _columns(path: Path, start: Detection, limits: Limits, has_header: bool | None = None) -> Seen:
    """`start` with column labels, header row and format."""
    if start.container == "jsonl":
        keys = jsonl.columns_of(path, start, limits)
        objects = dataclasses.replace(start, has_header=True, header_row=0, columns=keys, format="plain")
        return Seen(objects, head_rows(path, objects, limits))
    rows = head_rows(path, start, limits)
    first = next((index for index, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if first is None:
        raise ReadingError("no_columns" if start.container == "xlsx" else "empty_file")
    header = dialect.has_header(rows) if has_header is None else has_header
    width = len(rows[first]) if header else max(len(row) for row in rows)
    if width > limits.columns:
        raise ReadingError("too_many_columns", count=width, limit=limits.columns)
    named = _trimmed(rows[first]) if header else [""] * width
    columns = dialect.labels(named)
    found = dataclasses.replace(
        start,
        has_header=header,
        header_row=first + 1 if header else 0,
        columns=columns,
        format=recognise(columns) if header else "plain",
    )
    return Seen(found, rows)


def _trimmed(cells: list[str]) -> list[str]:
    """Without empty cells at the end: a header row that a spreadsheet padded."""
    last = max((index for index, cell in enumerate(cells) if cell.strip()), default=0)
    return cells[: last + 1]


def head_rows(path: Path, detection: Detection, limits: Limits, count: int = SAMPLE_ROWS) -> list[list[str]]:
    """The first rows, header and blank ones included. Raises `ReadingError`, also for a wrongly chosen encoding."""
    if detection.container == "xlsx":
        return read_head(path, detection.sheet, count)
    if detection.container == "jsonl":
        with closing(jsonl.blocks(path, detection, limits, count)) as read:
            return [row if isinstance(row, list) else [] for row in next(read, (1, []))[1]]
    with closing(record_blocks(path, detection, limits, count)) as blocks:
        return next(blocks, [])


def _notes(found: Detection, name: str) -> tuple[str, ...]:
    suffix = name.lower().removesuffix(".gz").removesuffix(".zip").rpartition(".")[2]
    notes = []
    if found.container != "xlsx" and suffix in {"xlsx", "xls"}:
        notes.append("named_workbook_is_text")
    if found.container == "xlsx" and suffix in {"csv", "tsv", "txt"}:
        notes.append("named_text_is_workbook")
    if not found.has_header:
        notes.append("no_header")
    if found.nul:
        notes.append("has_nul")
    return tuple(notes)
