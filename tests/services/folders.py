"""Folders for tests that start servers under another account: pytest's own are closed to everybody else."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that every user can enter, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ecomsite-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
