"""Compiles the translations (`*.po`, kept in git) into what Django reads (`*.mo`, not kept).

Without Django and without gettext's tools, which a fresh machine does not have: `python -m ecomsite.translations`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib

REPOSITORY = Path(__file__).resolve().parent.parent


def compile_all(root: Path = REPOSITORY) -> list[Path]:
    """Writes the `.mo` of every `.po` in locale folders that is newer than it; the files written."""
    written = []
    for source in sorted(root.glob("**/locale/*/LC_MESSAGES/*.po")):
        if ".venv" in source.parts:
            continue
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        fresh = source.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        fresh.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_all():
        sys.stdout.write(f"compiled {path.relative_to(REPOSITORY)}\n")
