"""How much a workbook is once it is parsed, found out before anything parses it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from catalog.reading.container import damaged, open_zip
from catalog.reading.errors import ReadingError
from catalog.reading.limits import Limits
from catalog.reading.xml_pieces import pieces

MAX_RATIO = 500  # a sheet of real cells packs about 10 to 1
MAX_CELLS = 20_000_000  # of the rectangle that holds all cells: the parser keeps it in memory
SPARSE = 2_000_000  # cells of such a rectangle that a sheet of few real ones may have
MAX_STRETCH = 20  # cells of the rectangle for each real one above that
# As freely as the parser reads it: either quote, small letters, blanks, other attributes with a `>` in them, or no
# reference at all. Nothing runs past the next `<`, so that the time is linear in the bytes whatever they are.
TAG = re.compile(
    rb"<(?:[^\s<>:/]+:)?(c|row)(?=[\s/>])"
    rb"(?:\s(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*?(?<![\w:.-])r\s*=\s*[\"']([A-Za-z]{0,8})(\d{1,18})[\"'])?"
)


@dataclass(slots=True)
class Extent:
    """The rectangle that the cells of one member span, and how many they are. Fed with the member's `pieces`.

    `row` and `column` are where it stands. Rows without a cell span nothing: some programs write them to the last one.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    is_sheet: bool = False
    row: int = 0
    column: int = 0

    @property
    def area(self) -> int:
        return self.rows * self.columns

    def add(self, text: bytes) -> None:
        self.is_sheet = self.is_sheet or b"sheetData" in text
        tags = TAG.findall(text)
        if not tags:
            return
        kinds, letters, digits = zip(*tags, strict=True)
        self.cells += kinds.count(b"c")
        if b"" in digits:
            self._walk(tags)
            return
        self.columns = max(self.columns, *map(column_number, set(letters)))
        self.rows = max(self.rows, *map(int, {number for kind, _letters, number in tags if kind == b"c"} or {0}))
        self.column = column_number(letters[-1])
        if b"row" in kinds:
            self.row = int(digits[len(kinds) - 1 - kinds[::-1].index(b"row")])

    def _walk(self, tags: list[tuple[bytes, bytes, bytes]]) -> None:
        """One by one: what states no reference stands after the one before it."""
        for kind, letters, digits in tags:
            if kind == b"row":
                self.row, self.column = int(digits) if digits else self.row + 1, 0
                continue
            self.column = column_number(letters) if digits else self.column + 1
            self.rows = max(self.rows, int(digits) if digits else max(self.row, 1))
            self.columns = max(self.columns, self.column)

    def check(self, limits: Limits) -> None:
        """Raises `ReadingError` where the part seen so far is too much already."""
        if not self.is_sheet:
            return
        if self.columns > limits.columns:
            raise ReadingError("too_many_columns", count=self.columns, limit=limits.columns)
        if self.rows > limits.rows:
            raise ReadingError("too_many_rows", limit=limits.rows)
        if self.cells > MAX_CELLS:
            raise ReadingError("too_many_cells", limit=MAX_CELLS)

    def check_whole(self) -> None:
        """Raises `ReadingError` for a rectangle that the parser would fill with almost nothing, or that is too big."""
        if not self.is_sheet:
            return
        if self.area > max(SPARSE, MAX_STRETCH * self.cells):
            raise ReadingError("stretched", rows=self.rows, columns=self.columns, count=self.cells)
        if self.area > MAX_CELLS:
            raise ReadingError("too_many_cells", limit=MAX_CELLS)


@dataclass(frozen=True, slots=True)
class Measured:
    """`unpacked` in bytes; `cells` of the largest sheet's rectangle."""

    unpacked: int
    cells: int


def guard(path: Path, limits: Limits) -> Measured:
    """Raises `ReadingError` for a bomb: by the sizes the archive states, then by what really comes out of it."""
    with path.open("rb") as raw, open_zip(raw) as archive:
        infos = archive.infolist()
        stated = sum(info.file_size for info in infos)
        if stated > limits.unpacked_bytes:
            raise ReadingError("unpacked_too_big", limit=limits.unpacked_bytes)
        packed = sum(info.compress_size for info in infos)
        if stated > 50_000_000 and stated > packed * MAX_RATIO:
            raise ReadingError("bomb")
        unpacked, cells = 0, 0
        for info in infos:
            count, extent = _measure(archive, info, limits.unpacked_bytes - unpacked, limits)
            unpacked += count
            cells = max(cells, extent.area if extent.is_sheet else 0)
    return Measured(unpacked, cells)


def _measure(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, limits: Limits) -> tuple[int, Extent]:
    """Bytes that really come out of one member, and its extent.

    Of every member, whatever its name: the workbook says which of them is a sheet.
    """
    count, extent = 0, Extent()
    with damaged(), archive.open(info) as member:
        for piece in pieces(member):
            count += len(piece)
            if count > left:
                raise ReadingError("unpacked_too_big", limit=limits.unpacked_bytes)
            extent.add(piece)
            extent.check(limits)
    extent.check_whole()
    return count, extent


def column_number(letters: bytes) -> int:
    """`A` → 1, `AA` or `aa` → 27, `` → 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
