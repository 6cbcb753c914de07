"""Which model writes, by a name that tells two taught ones apart, and what that changes; from the settings, so that no
model is loaded."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q

WEIGHTS = ("adapter_model.safetensors", "adapter_config.json")


def is_bundled() -> bool:
    """Whether it is the bundled one, which knows the briefs that it was taught and follows no other instruction."""
    role = settings.INFERENCE_ROLES["copy"]
    return bool(role["model"] == "bundled" and role["engine"] != "remote")


def model_name() -> str:
    """`bundled+1f2e…` with the adapter's digest, `name@url` of a remote one, else the model's name or folder."""
    role = settings.INFERENCE_ROLES["copy"]
    name = str(role["model"])
    if role["engine"] == "remote":
        return f"{name}@{role['url']}"
    adapter = role.get("adapter")
    return f"{name}+{_digest_of(Path(adapter))}" if adapter else name


def _digest_of(folder: Path) -> str:
    states = []
    for name in WEIGHTS:
        path = folder / name
        if path.is_file():
            told = path.stat()
            states.append((path, told.st_mtime_ns, told.st_size))
    return _hashed(tuple(states))


@lru_cache(maxsize=8)
def _hashed(states: tuple[tuple[Path, int, int], ...]) -> str:
    """Of the files' bytes; read again only where a file's time or size changed."""
    whole = hashlib.sha256()
    for path, _time, _size in states:
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def wrote_by() -> Q:
    """The drafts of the model that writes now, as far as `Draft.model` says; a taught one counts as the bundled one."""
    role = settings.INFERENCE_ROLES["copy"]
    return Q(model=f"remote:{role['model']}") if role["engine"] == "remote" else ~Q(model__startswith="remote:")
