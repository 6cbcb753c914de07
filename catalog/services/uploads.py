"""Taking a file in: stored whole, looked at, and read differently where the user says so."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from catalog.errors import CatalogError
from catalog.limits import limits
from catalog.models import CatalogFile, FileStatus
from catalog.reading.detect import detect, head_rows, redetect
from catalog.reading.detection import DELIMITERS, ENCODINGS, Detection
from catalog.reading.errors import ReadingError
from catalog.reading.formats import FORMATS, format_named
from catalog.reading.mapping import Mapping
from foundation.tenancy.models import User
from foundation.tenancy.scope import current_merchant

CHUNK = 1 << 20


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def upload(name: str, stream: Readable, by: User | None = None) -> CatalogFile:
    """Store the bytes and recognise what they are. UPLOADED where the title column must be chosen first, else READY.

    Raises `CatalogError` for what is no catalog; nothing is kept then.
    """
    folder = Path(str(current_merchant().pk)) / "catalog"
    relative = folder / uuid.uuid4().hex
    path = Path(settings.MEDIA_ROOT) / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        size, digest = _store(stream, path)
        found = detect(path, name, limits())
        mapping = _guess(path, found)
        return CatalogFile.objects.create(
            original_name=Path(name.replace("\\", "/")).name.replace("\0", "")[-255:] or "catalog",
            path=str(relative),
            size=size,
            sha256=digest,
            detection=found.to_json(),
            mapping=mapping,
            status=_status(mapping),
            uploaded_by=by,
        )
    except ReadingError as error:
        path.unlink(missing_ok=True)
        raise CatalogError.of(error) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def reread(
    file: CatalogFile,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    has_header: bool | None = None,
    format: str | None = None,
    mapping: Mapping | None = None,
) -> CatalogFile:
    """The user's own choices; a mapping given here is kept as it is, otherwise it is guessed anew.

    Raises `CatalogError` where the file can't be read that way; the file keeps what it had.
    """
    if file.state in {FileStatus.IMPORTING, FileStatus.PUBLISHED}:
        raise CatalogError("not_editable")
    _check_choices(encoding, delimiter, format)
    current = Detection.from_json(file.detection)
    try:
        found = current
        if any(choice is not None for choice in (encoding, delimiter, has_header, format)):
            found = redetect(
                file.absolute_path,
                current,
                limits(),
                encoding=encoding,
                delimiter=delimiter,
                has_header=has_header,
                format=format,
            )
        if mapping is not None and found.format == "plain":
            chosen: Mapping = {field: column for field, column in mapping.items() if column}
            chosen.setdefault("attributes", [])
            if "title" in chosen:
                format_named("plain").reader(found.columns, chosen)  # refuses columns that the file has not
        else:
            chosen = _guess(file.absolute_path, found)
    except ReadingError as error:
        raise CatalogError.of(error) from error
    except FileNotFoundError as error:
        raise CatalogError("file_missing") from error
    # Reading took a while, and somebody may have confirmed the import meanwhile: then it runs as it was confirmed.
    editable = CatalogFile.objects.filter(pk=file.pk).exclude(status__in=[FileStatus.IMPORTING, FileStatus.PUBLISHED])
    if not editable.update(detection=found.to_json(), mapping=chosen, status=_status(chosen), error=""):
        raise CatalogError("not_editable")
    file.refresh_from_db(from_queryset=CatalogFile.objects.all())
    return file


def remove(file: CatalogFile) -> None:
    """Forget the file and its bytes; products that came from it stay. Raises `CatalogError` while it is imported."""
    if file.state == FileStatus.IMPORTING:
        raise CatalogError("not_editable")
    path = file.absolute_path
    file.delete()
    path.unlink(missing_ok=True)


def _check_choices(encoding: str | None, delimiter: str | None, name: str | None) -> None:
    if encoding is not None and encoding not in ENCODINGS:
        raise CatalogError("unknown_encoding", encoding=encoding)
    if delimiter is not None and delimiter not in DELIMITERS:
        raise CatalogError("unknown_delimiter", delimiter=delimiter)
    if name is not None and name not in {item.name for item in FORMATS}:
        raise CatalogError("unknown_format", format=name)


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


def _guess(path: Path, found: Detection) -> dict[str, Any]:
    rows = head_rows(path, found, limits())[found.header_row :]
    return dict(format_named(found.format).mapping(found.columns, rows))


def _status(mapping: Mapping) -> str:
    return FileStatus.READY if "title" in mapping else FileStatus.UPLOADED
