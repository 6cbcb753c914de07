"""Members of a ZIP archive taken over into another one as they are."""

from __future__ import annotations

import copy
import shutil
import zipfile
from collections.abc import Iterable

from catalog.reading.container import damaged
from catalog.reading.errors import ReadingError
from catalog.reading.limits import Limits

BLOCK = 1 << 18  # bytes


def copied(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Name, time, rights and way of packing for a member that is written anew; sizes and place are to be found out."""
    fresh = copy.copy(info)
    fresh.extra = b""  # of ZIP64 and the like: the writer makes its own
    fresh.header_offset = fresh.CRC = fresh.compress_size = fresh.file_size = 0
    fresh.flag_bits &= 0x800  # that the name is UTF-8
    return fresh


def copy_members(old: zipfile.ZipFile, new: zipfile.ZipFile, infos: Iterable[zipfile.ZipInfo], limits: Limits) -> None:
    """Append these members of `old` to `new`, block by block. Raises `ReadingError` for damaged and too large ones."""
    chosen = list(infos)
    if sum(info.file_size for info in chosen) > limits.unpacked_bytes:  # never is more read than what is stated
        raise ReadingError("unpacked_too_big", limit=limits.unpacked_bytes)
    for info in chosen:
        if info.is_dir():
            new.writestr(copied(info), b"")
            continue
        large = info.file_size > 1 << 31
        with damaged(), old.open(info) as plain, new.open(copied(info), "w", force_zip64=large) as target:
            shutil.copyfileobj(plain, target, BLOCK)
