"""Passwords of the embedded services, made once and kept in a file that only its owner reads."""

from __future__ import annotations

import os
import secrets
import string
from pathlib import Path

_LETTERS = string.ascii_letters + string.digits


def read(path: Path) -> dict[str, str]:
    """NAME=value lines; comments and blank lines are passed over."""
    if not path.exists():
        return {}
    pairs = (line.partition("=") for line in path.read_text(encoding="utf-8").splitlines())
    return {name.strip(): value.strip() for name, equals, value in pairs if equals and not name.startswith("#")}


def ensure(path: Path, names: tuple[str, ...]) -> dict[str, str]:
    """The secrets `names`, generating those that the file lacks. The file is readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    known = read(path)
    missing = [name for name in names if not known.get(name)]
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as handle:
        os.fchmod(handle.fileno(), 0o600)
        for name in missing:
            # Letters and digits: the passwords stand inside URLs, and a person copies one with a double click.
            known[name] = "".join(secrets.choice(_LETTERS) for _ in range(24))
            handle.write(f"{name}={known[name]}\n")
    return {name: known[name] for name in names}
