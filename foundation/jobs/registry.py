"""The job kinds of this installation, by name."""

from __future__ import annotations

from foundation.jobs.errors import UnknownKind
from foundation.jobs.kinds import JobKind
from foundation.jobs.queues import Queue

_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    """Raises `ValueError` for a name that is taken by another class, or a queue that doesn't exist."""
    Queue(kind.queue)
    known = _kinds.get(kind.kind)
    if known is not None and type(known) is not type(kind):
        raise ValueError(f"Two job kinds are called {kind.kind!r}.")
    if kind.chunk_size < 1:
        raise ValueError(f"{kind.kind}: a chunk holds at least one item.")
    _kinds[kind.kind] = kind


def get(name: str) -> JobKind:
    """Raises `UnknownKind`."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(name) from None


def names() -> list[str]:
    return sorted(_kinds)
