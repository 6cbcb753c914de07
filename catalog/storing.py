"""Taking the bytes of an upload in: stored whole under the shop's folder, up to the limit."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from catalog.errors import CatalogError
from catalog.limits import limits
from catalog.reading.errors import ReadingError
from foundation.tenancy.scope import current_merchant

CHUNK = 1 << 20


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """`relative` to MEDIA_ROOT, as `TableFile.path` keeps it."""

    path: Path
    relative: str
    size: int
    sha256: str


@contextmanager
def stored(stream: Readable, folder: str) -> Iterator[Stored]:
    """The bytes, kept unless the body raises; a `ReadingError` in it becomes a `CatalogError`."""
    relative = Path(str(current_merchant().pk)) / folder / uuid.uuid4().hex
    path = Path(settings.MEDIA_ROOT) / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        size, digest = _store(stream, path)
        yield Stored(path, str(relative), size, digest)
    except ReadingError as error:
        path.unlink(missing_ok=True)
        raise CatalogError.of(error) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def plain_name(name: str, otherwise: str) -> str:
    """An upload's name without its folders, as short as the column that keeps it."""
    return Path(name.replace("\\", "/")).name.replace("\0", "")[-255:] or otherwise


def _store(stream: Readable, path: Path) -> tuple[int, str]:
    """Bytes written and their SHA-256; stops at the limit, not at the end of a file that is too big."""
    limit, size, digest = limits().file_bytes, 0, hashlib.sha256()
    stated = getattr(stream, "size", None)
    if isinstance(stated, int) and stated > limit:
        raise ReadingError("file_too_big", limit=limit)
    with path.open("wb") as target:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise ReadingError("file_too_big", limit=limit)
            digest.update(chunk)
            target.write(chunk)
    return size, digest.hexdigest()
