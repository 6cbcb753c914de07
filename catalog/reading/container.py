"""What a file is by its first bytes, and its unpacked bytes as a stream that ends at the limit."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from catalog.reading.errors import ReadingError
from catalog.reading.limits import Limits

PICTURES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"\x00\x00\x01\x00": "ICO",
}
BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|rss|feed|html)\b", re.I)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")


class LimitedReader(io.RawIOBase):
    """Bytes of `source`, until more than `limit` of them came: then `ReadingError`."""

    def __init__(self, source: BinaryIO, limit: int) -> None:
        self.source = source
        self.limit = limit
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self.source.read(len(view))
        except EOFError as error:
            raise ReadingError("archive_truncated") from error
        except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error) as error:
            raise ReadingError("archive_damaged") from error
        self.count += len(data)
        if self.count > self.limit:
            raise ReadingError("unpacked_too_big", limit=self.limit)
        view[: len(data)] = data
        return len(data)


@contextmanager
def unpacked(path: Path, compression: str, member: str, limits: Limits) -> Iterator[BinaryIO]:
    """The file's bytes without their compression. Raises `ReadingError` for a damaged, cut or too large archive."""
    with path.open("rb") as raw:
        if compression == "gzip":
            with gzip.GzipFile(fileobj=raw) as plain:
                yield io.BufferedReader(LimitedReader(plain, limits.unpacked_bytes), 1 << 18)  # type: ignore[arg-type]
        elif compression == "zip":
            with open_zip(raw) as archive, _member(archive, member) as plain:
                yield io.BufferedReader(LimitedReader(plain, limits.unpacked_bytes), 1 << 18)  # type: ignore[arg-type]
        else:
            yield raw


@contextmanager
def damaged() -> Iterator[None]:
    """What unpacking a ZIP archive's members fails with becomes a `ReadingError`."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise ReadingError("archive_damaged") from error


def open_zip(raw: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(raw)
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise ReadingError("archive_damaged") from error


def _member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Raises `ReadingError` for a damaged head, and for a way of packing that Python can't undo."""
    try:
        return archive.open(name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ReadingError("archive_damaged") from error


def compression_of(path: Path) -> tuple[str, str, str]:
    """`(kind, compression, member)` with kind `table` or `xlsx`. Raises `ReadingError` for what is no table."""
    with path.open("rb") as raw:
        head = raw.read(8)
        if not head:
            raise ReadingError("empty_file")
        if head.startswith(b"\x1f\x8b"):
            return "table", "gzip", ""
        if head.startswith(b"PK\x05\x06"):
            raise ReadingError("archive_without_table")
        if not head.startswith(b"PK\x03\x04"):
            return "table", "", ""
        with open_zip(raw) as archive:
            return _inside_zip(archive)


def _inside_zip(archive: zipfile.ZipFile) -> tuple[str, str, str]:
    names = [info for info in archive.infolist() if not info.is_dir() and not info.filename.startswith("__MACOSX")]
    if any(info.filename == "xl/workbook.xml" for info in names):
        return "xlsx", "", ""
    if any(info.flag_bits & 1 for info in names):
        raise ReadingError("archive_locked")
    tables = [info for info in names if info.filename.lower().endswith((".csv", ".tsv", ".txt"))]
    if len(tables) != 1:
        raise ReadingError("archive_without_table" if not tables else "archive_with_several", count=len(tables))
    return "table", "zip", tables[0].filename


def refuse_binary(head: bytes) -> None:
    """Raises `ReadingError` where the first bytes are a picture's, a PDF's, an old workbook's or no text at all."""
    for magic, name in PICTURES.items():
        if head.startswith(magic) and (len(magic) > 2 or CONTROL.search(head[:64])):
            raise ReadingError("picture", kind=name)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        raise ReadingError("picture", kind="WebP")
    if head.startswith(b"%PDF"):
        raise ReadingError("not_a_table", kind="PDF")
    if MARKUP.match(head):
        raise ReadingError("markup")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadingError("old_workbook")
    if bom_of(head) or wide(head):
        return
    if len(CONTROL.findall(head)) > max(8, len(head) // 50):
        raise ReadingError("binary")


def bom_of(head: bytes) -> str:
    return next((encoding for bom, encoding in BOMS.items() if head.startswith(bom)), "")


def bom_length(head: bytes) -> int:
    return next((len(bom) for bom in BOMS if head.startswith(bom)), 0)


def wide(head: bytes) -> str:
    """UTF-16 without a byte-order mark, by where its zero bytes stand; '' where it is not."""
    sample = head[:4096]
    if len(sample) < 8:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return ""
