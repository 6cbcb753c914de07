"""Throwing an upload away that was not imported."""

from __future__ import annotations

import logging
from pathlib import Path

from django.db import transaction

from catalog.errors import CatalogError
from catalog.models import CatalogFile, FileStatus

logger = logging.getLogger(__name__)


def discard(file: CatalogFile) -> None:
    """The file and its stored bytes go. Raises `CatalogError` where products came or are coming from it."""
    with transaction.atomic():
        current = CatalogFile.objects.select_for_update(of=("self",)).select_related("job").get(pk=file.pk)
        if current.state in {FileStatus.IMPORTING, FileStatus.PUBLISHED}:
            raise CatalogError("not_discardable")
        path = current.absolute_path
        current.delete()
        transaction.on_commit(lambda: _remove(path))


def _remove(path: Path) -> None:
    """What can't be removed is the operator's to see: for the merchant the file is gone."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        logger.exception("a discarded upload could not be removed")
