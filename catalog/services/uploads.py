"""Taking a file in: stored whole, looked at, and read differently where the user says so."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

from catalog.errors import CatalogError
from catalog.limits import limits
from catalog.models import CatalogFile, FileStatus
from catalog.reading.detect import Seen, examine, examine_again, head_rows
from catalog.reading.detection import DELIMITERS, ENCODINGS, Choices, Detection
from catalog.reading.errors import ReadingError
from catalog.reading.formats import FORMATS, format_named
from catalog.reading.mapping import Mapping
from catalog.storing import Readable, plain_name, stored
from foundation.tenancy.models import User


def upload(name: str, stream: Readable, by: User | None = None) -> CatalogFile:
    """Store the bytes and recognise what they are. UPLOADED where the title column must be chosen first, else READY.

    Raises `CatalogError` for what is no catalog; nothing is kept then.
    """
    with stored(stream, "catalog") as kept:
        seen = examine(kept.path, name, limits())
        mapping = _guess(seen)
        return CatalogFile.objects.create(
            original_name=plain_name(name, "catalog"),
            path=kept.relative,
            size=kept.size,
            sha256=kept.sha256,
            detection=seen.detection.to_json(),
            mapping=mapping,
            status=_status(mapping),
            uploaded_by=by,
        )


def reread(file: CatalogFile, *, mapping: Mapping | None = None, **choices: Unpack[Choices]) -> CatalogFile:
    """The user's own choices; a mapping given here is kept as it is, otherwise it is guessed anew.

    Raises `CatalogError` where the file can't be read that way; the file keeps what it had.
    """
    if file.state in {FileStatus.IMPORTING, FileStatus.PUBLISHED}:
        raise CatalogError("not_editable")
    current = Detection.from_json(file.detection)
    check_choices(current, choices)
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


def check_choices(current: Detection, choices: Choices) -> None:
    if "encoding" in choices and choices["encoding"] not in ENCODINGS:
        raise CatalogError("unknown_encoding", encoding=choices["encoding"])
    if "delimiter" in choices and choices["delimiter"] not in DELIMITERS:
        raise CatalogError("unknown_delimiter", delimiter=choices["delimiter"])
    if "format" in choices and choices["format"] not in {item.name for item in FORMATS}:
        raise CatalogError("unknown_format", format=choices["format"])
    if "sheet" in choices and choices["sheet"] not in current.sheets:
        raise CatalogError("unknown_sheet", sheet=choices["sheet"])


def _guess(seen: Seen) -> Mapping:
    return dict(format_named(seen.detection.format).mapping(seen.detection.columns, seen.data))


def _status(mapping: Mapping) -> str:
    return FileStatus.READY if "title" in mapping else FileStatus.UPLOADED
