"""Taking a file in: stored whole, looked at, and read differently where the user says so."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path
from typing import Protocol, Unpack

from django.conf import settings

from catalog.errors import CatalogError
from catalog.limits import limits
from catalog.models import CatalogFile, FileStatus
from catalog.reading.detect import Seen, examine, examine_again, head_rows
from catalog.reading.detection import DELIMITERS, ENCODINGS, Choices, Detection
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
        seen = examine(path, name, limits())
        mapping = _guess(seen)
        return CatalogFile.objects.create(
            original_name=Path(name.replace("\\", "/")).name.replace("\0", "")[-255:] or "catalog",
            path=str(relative),
            size=size,
            sha256=digest,
            detection=seen.detection.to_json(),
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


def reread(file: CatalogFile, *, mapping: Mapping | None = None, **choices: Unpack[Choices]) -> CatalogFile:
    """The user's own choices; a mapping given here is kept as it is, otherwise it is guessed anew.

    Raises `CatalogError` where the file can't be read that way; the file keeps what it had.
    """
    if file.state in {FileStatus.IMPORTING, FileStatus.PUBLISHED}:
        raise CatalogError("not_editable")
    current = Detection.from_json(file.detection)
    _check_choices(current, choices)
    try:
        found, chosen = _read_again(file.absolute_path, current, choices, mapping)
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


def _read_again(path: Path, current: Detection, choices: Choices, mapping: Mapping | None) -> tuple[Detection, Mapping]:
    if mapping is not None and not choices and current.format == "plain":
        return current, _checked(current, mapping)
    if choices:
        seen = examine_again(path, current, limits(), choices)
    else:
        seen = Seen(current, head_rows(path, current, limits()))
    if mapping is not None and seen.detection.format == "plain":
        return seen.detection, _checked(seen.detection, mapping)
    return seen.detection, _guess(seen)


def _checked(found: Detection, mapping: Mapping) -> Mapping:
    """The user's mapping without its gaps. Raises `ReadingError` for columns that the file has not."""
    chosen: Mapping = {field: column for field, column in mapping.items() if column}
    chosen.setdefault("attributes", [])
    if "title" in chosen:
        format_named("plain").reader(found.columns, chosen)
    return chosen


def _check_choices(current: Detection, choices: Choices) -> None:
    if "encoding" in choices and choices["encoding"] not in ENCODINGS:
        raise CatalogError("unknown_encoding", encoding=choices["encoding"])
    if "delimiter" in choices and choices["delimiter"] not in DELIMITERS:
        raise CatalogError("unknown_delimiter", delimiter=choices["delimiter"])
    if "format" in choices and choices["format"] not in {item.name for item in FORMATS}:
        raise CatalogError("unknown_format", format=choices["format"])
    if "sheet" in choices and choices["sheet"] not in current.sheets:
        raise CatalogError("unknown_sheet", sheet=choices["sheet"])


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


def _guess(seen: Seen) -> Mapping:
    return dict(format_named(seen.detection.format).mapping(seen.detection.columns, seen.data))


def _status(mapping: Mapping) -> str:
    return FileStatus.READY if "title" in mapping else FileStatus.UPLOADED
