"""Taking a file of reviews in: stored whole, looked at, read differently where the person says so, or thrown away."""

from __future__ import annotations

import dataclasses
import logging
from pathlib import Path
from typing import Unpack

from django.db import transaction

from catalog.errors import CatalogError
from catalog.limits import limits
from catalog.reading.detect import Seen, examine, examine_again
from catalog.reading.detection import Choices, Detection
from catalog.reading.errors import ReadingError
from catalog.services.uploads import check_choices
from catalog.storing import Readable, plain_name, stored
from foundation.tenancy.models import User
from reviews.models import ReviewFile, ReviewFileStatus
from reviews.models.reviews import SOURCE
from reviews.reading.dates import DMY, MDY
from reviews.reading.mapping import DATES, SOURCE_NAME, Mapping, mapping_of
from reviews.reading.names import FIELDS
from reviews.sentences import ReviewError

logger = logging.getLogger(__name__)
CLOSED = (ReviewFileStatus.IMPORTING, ReviewFileStatus.PUBLISHED, ReviewFileStatus.UNDOING)


def upload(name: str, stream: Readable, by: User | None = None) -> ReviewFile:
    """Store the bytes and recognise what they are. UPLOADED where the texts' column must be chosen first, else READY.

    Raises `CatalogError` for what is no table; nothing is kept then.
    """
    with stored(stream, "reviews") as kept:
        seen = examine(kept.path, name, limits(), json_lines=True)
        mapping = _guess(seen)
        return ReviewFile.objects.create(
            original_name=plain_name(name, "reviews"),
            path=kept.relative,
            size=kept.size,
            sha256=kept.sha256,
            detection=dataclasses.replace(seen.detection, format="plain").to_json(),
            mapping=mapping,
            status=_status(mapping),
            uploaded_by=by,
        )


def reread(file: ReviewFile, *, mapping: Mapping | None = None, **choices: Unpack[Choices]) -> ReviewFile:
    """The person's own choices: read another way its columns are guessed anew, else `mapping` holds.

    Raises `CatalogError` and `ReviewError` where the file can't be read that way; it keeps what it had.
    """
    if file.state in CLOSED:
        raise CatalogError("not_editable")
    found = Detection.from_json(file.detection)
    if choices:
        check_choices(found, choices)
        found, mapping = _read_again(file, found, choices)
    chosen = _checked(found, mapping or {})
    # Reading took a while, and somebody may have confirmed the import meanwhile: then it runs as it was confirmed.
    same = ReviewFile.objects.filter(pk=file.pk, status=file.status, job=file.job)
    if not same.update(detection=found.to_json(), mapping=chosen, status=_status(chosen), error=""):
        raise CatalogError("not_editable")
    file.refresh_from_db(from_queryset=ReviewFile.objects.all())
    return file


def discard(file: ReviewFile) -> None:
    """The file and its stored bytes go. Raises `ReviewError` where reviews came or are coming from it."""
    with transaction.atomic():
        current = ReviewFile.objects.select_for_update(of=("self",)).select_related("job").get(pk=file.pk)
        if current.state in CLOSED:
            raise ReviewError("not_discardable")
        path = current.absolute_path
        current.delete()
        transaction.on_commit(lambda: _remove(path))


def _read_again(file: ReviewFile, found: Detection, choices: Choices) -> tuple[Detection, Mapping]:
    try:
        seen = examine_again(file.absolute_path, found, limits(), choices)
    except ReadingError as error:
        raise CatalogError.of(error) from error
    except FileNotFoundError as error:
        raise CatalogError("file_missing") from error
    kept = {name: file.mapping[name] for name in (SOURCE_NAME,) if name in file.mapping}
    return dataclasses.replace(seen.detection, format="plain"), _guess(seen) | kept


def _checked(found: Detection, mapping: Mapping) -> Mapping:
    """Without its gaps and what is no field. Raises for columns that the file has not."""
    chosen = {name: mapping[name] for name in FIELDS if mapping.get(name)}
    for column in chosen.values():
        if column not in found.columns:
            raise CatalogError("no_such_column", column=column)
    if mapping.get(DATES, MDY) not in {DMY, MDY}:
        raise ReviewError("bad_dates")
    if source := " ".join(mapping.get(SOURCE_NAME, "").replace("\0", "").split()):
        chosen[SOURCE_NAME] = source[:SOURCE]
    return chosen | {DATES: mapping.get(DATES, MDY)}


def _guess(seen: Seen) -> Mapping:
    return mapping_of(seen.detection.columns, seen.data)


def _status(mapping: Mapping) -> str:
    return ReviewFileStatus.READY if "text" in mapping else ReviewFileStatus.UPLOADED


def _remove(path: Path) -> None:
    """What can't be removed is the operator's to see: for the merchant the file is gone."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        logger.exception("a discarded file of reviews could not be removed")
