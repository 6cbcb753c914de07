"""The verbs of the catalog: the only place that writes its rows. All of them run inside a merchant's scope."""

from __future__ import annotations

from catalog.services.descriptions import restore_description, set_description
from catalog.services.discards import discard
from catalog.services.exports import Exported, export
from catalog.services.imports import confirm, import_job
from catalog.services.previews import FieldGuess, Preview, preview
from catalog.services.uploads import reread, upload

__all__ = [
    "Exported",
    "FieldGuess",
    "Preview",
    "confirm",
    "discard",
    "export",
    "import_job",
    "preview",
    "reread",
    "restore_description",
    "set_description",
    "upload",
]
