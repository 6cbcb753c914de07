"""A copy of a file in which some cells of one column are new and every other byte is as it was."""

from __future__ import annotations

import csv
import gzip
import io
import shutil
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from catalog.reading.container import bom_length, unpacked
from catalog.reading.detection import Detection
from catalog.reading.errors import ReadingError
from catalog.reading.limits import Limits
from catalog.reading.spans import quoted, spans
from catalog.reading.text import open_text
from catalog.reading.xlsx_patch import patch
from catalog.reading.zip_copy import copied, copy_members

# In these a quote, a delimiter or a line end is always that one byte, so records can be cut without decoding them.
BYTEWISE = frozenset({"utf-8", "cp1252", "latin-1", "cp1250", "cp1251", "cp1253", "cp1254", "gb18030", "euc_kr"})
TRAILING = frozenset({"gb18030", "big5", "shift_jis"})  # whose second bytes may be a `|`


@dataclass(slots=True)
class Rewritten:
    """`failed` rows kept their cell; `unencodable` counts texts that the encoding lacks characters for."""

    replaced: int = 0
    failed: int = 0
    unencodable: int = 0


def rewrite(
    source: Path, target: Path, detection: Detection, limits: Limits, column: int, cells: Mapping[int, str]
) -> Rewritten:
    """Write `source` to `target` with `cells` (row number → content) in `column`. Without cells a plain copy.

    Raises `ReadingError` where the source can't be read as `detection` says.
    """
    if not cells:
        shutil.copyfile(source, target)
        return Rewritten()
    if detection.container == "xlsx":
        replaced = patch(source, target, detection.sheet, column, cells, limits)
        return Rewritten(replaced, len(cells) - replaced)
    with _packed(source, target, detection, limits) as out:
        return _Rewriter(detection, limits, column, cells).run(source, out)


@contextmanager
def _packed(source: Path, target: Path, detection: Detection, limits: Limits) -> Iterator[BinaryIO]:
    """Where the bytes go: compressed again as they came. A zip's other members are copied, each in its place."""
    with target.open("wb") as raw:
        if detection.compression == "gzip":
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                yield packed  # type: ignore[misc]
        elif detection.compression == "zip":
            with zipfile.ZipFile(source) as old, zipfile.ZipFile(raw, "w") as new:
                new.comment = old.comment
                table, infos = old.getinfo(detection.member), old.infolist()
                place = infos.index(table)
                copy_members(old, new, infos[:place], limits)
                with new.open(copied(table), "w", force_zip64=table.file_size > 1 << 31) as member:
                    yield member  # type: ignore[misc]
                copy_members(old, new, infos[place + 1 :], limits)
        else:
            yield raw


class _Rewriter:
    def __init__(self, detection: Detection, limits: Limits, column: int, cells: Mapping[int, str]) -> None:
        self.detection = detection
        self.limits = limits
        self.column = column
        self.cells = cells
        self.done = Rewritten()
        bytewise = detection.encoding in BYTEWISE and not (
            detection.delimiter == "|" and detection.encoding in TRAILING
        )
        # Latin-1 maps every byte to one character and back: what is not touched can't change.
        self.carrier = "latin-1" if bytewise else detection.encoding

    def run(self, source: Path, out: BinaryIO) -> Rewritten:
        if self.detection.bom:
            with unpacked(source, self.detection.compression, self.detection.member, self.limits) as raw:
                head = raw.read(4)
                out.write(head[: bom_length(head)])
        with open_text(source, self.detection, self.limits, encoding=self.carrier) as text:
            for row, raw_record, record in self._records(text):
                new = self.cells.get(row)
                out.write((raw_record if new is None else self._edited(raw_record, record, new)).encode(self.carrier))
        return self.done

    def _records(self, text: Iterator[str]) -> Iterator[tuple[int, str, list[str]]]:
        """Row number, raw text, cells of every record; the raw texts together are the whole file."""
        taken: list[str] = []

        def lines() -> Iterator[str]:
            for line in text:
                taken.append(line)
                yield line

        row = 0
        try:
            for record in csv.reader(lines(), delimiter=self.detection.delimiter):
                row += 1
                yield row, "".join(taken), record
                taken.clear()
        except csv.Error as error:
            raise ReadingError("cell_too_long", row=row + 1, limit=self.limits.cell_chars) from error

    def _edited(self, raw: str, record: list[str], new: str) -> str:
        places = spans(raw, self.detection.delimiter)
        if len(places) != len(record) or self.column >= len(places):
            self.done.failed += 1
            return raw
        start, end = places[self.column]
        before, after = raw[:start], raw[end:]
        always = all(raw[s:e].startswith('"') for s, e in places if e > s)
        edited = before + quoted(self._carried(new), self.detection.delimiter, always) + after
        if self._others(self._read(edited)) != self._others(record):
            self.done.failed += 1
            return raw
        self.done.replaced += 1
        return edited

    def _read(self, record: str) -> list[str]:
        """Its cells, none where `csv` can't read it."""
        try:
            # Not `splitlines`: it ends a line at a byte 0x85 too, which is half of an `Å` in UTF-8.
            return next(csv.reader(io.StringIO(record, newline=""), delimiter=self.detection.delimiter))
        except csv.Error:
            return []

    def _others(self, record: list[str]) -> list[str]:
        return record[: self.column] + record[self.column + 1 :]

    def _carried(self, new: str) -> str:
        """The text in the file's encoding, as the carrier shows it; the nearest characters where it has none."""
        encoding = self.detection.encoding
        try:
            data = new.encode(encoding)
        except UnicodeEncodeError:
            self.done.unencodable += 1
            data = nearest(new, encoding).encode(encoding)
        return data.decode(self.carrier)


def nearest(text: str, encoding: str) -> str:
    """Each character, else its compatible or accentless form, else `?`: nothing that the encoding lacks."""
    result = []
    for character in text:
        for candidate in (character, PLAIN.get(character, ""), _bare(character)):
            if candidate and _fits(candidate, encoding):
                result.append(candidate)
                break
        else:
            result.append("?")
    return "".join(result)


PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "×": "x", "\u00a0": " ", "€": "EUR"}


def _bare(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(part for part in decomposed if not unicodedata.combining(part))


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
