"""One thread a process that renews its leases, and tells running chunks when to stop.

Kinds ask `stop()` from engine threads of their own; it reads a flag that this thread keeps, so that no foreign
thread ever opens a database connection.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models.functions import Now

from foundation.jobs import signs
from foundation.jobs.claims import LEASE, Chunk
from foundation.jobs.models import ACTIVE, Job, Lease

logger = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between two looks at the jobs' status: how soon a cancel is noticed."""
RENEW = 4.0
"""Seconds between two renewals; three may fail before the lease runs out."""


class Held:
    """A lease in this process's hands."""

    def __init__(self, keeper: Keeper, chunk: Chunk) -> None:
        self._keeper = keeper
        self._ended = threading.Event()
        self.chunk = chunk

    def stop(self) -> bool:
        """True once the job is no longer active, the lease is lost, or the worker shuts down."""
        return self._ended.is_set() or self._keeper.closing.is_set()

    def end(self) -> None:
        self._ended.set()


class Keeper:
    def __init__(self) -> None:
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._held: dict[UUID, Held] = {}
        self._thread: threading.Thread | None = None

    @contextmanager
    def keeping(self, chunk: Chunk) -> Iterator[Held]:
        held = Held(self, chunk)
        if connection.in_atomic_block:
            # Inside the caller's own transaction nobody else sees the lease: none can take it, none renew it.
            yield held
            return
        with self._lock:
            self._held[chunk.lease] = held
            if self._thread is None:
                self._thread = threading.Thread(target=self._keep, name="lease-keeper", daemon=True)
                self._thread.start()
        try:
            yield held
        finally:
            with self._lock:
                self._held.pop(chunk.lease, None)

    def _keep(self) -> None:
        renewed = time.monotonic()
        while True:
            time.sleep(LOOK)
            with self._lock:
                held = dict(self._held)
                if not held:
                    self._thread = None  # under the lock: the next chunk starts a new one
                    break
            due = time.monotonic() - renewed >= RENEW
            try:
                if due:
                    renew(list(held))
                    signs.give()
                    renewed = time.monotonic()
                for lease in held.keys() - still_wanted(list(held)):
                    held[lease].end()
                if self.closing.is_set():
                    disclaim(list(held))
            except DatabaseError as error:
                logger.warning("Leases could not be renewed, trying again: %s", error)
                connection.close()
        connection.close()


def renew(leases: list[UUID]) -> None:
    kept = Lease.unscoped.filter(pk__in=leases)
    kept.update(expires_at=Now() + LEASE)
    Job.unscoped.filter(pk__in=kept.values("job_id"), status__in=ACTIVE).update(heartbeat_at=Now())


def disclaim(leases: list[UUID]) -> None:
    """Whoever is told to end and killed because it takes too long (a model is being loaded) has done nothing wrong."""
    Lease.unscoped.filter(pk__in=leases).update(running=False)


def still_wanted(leases: list[UUID]) -> set[UUID]:
    """Those that were not taken back, of jobs that are still active."""
    return set(Lease.unscoped.filter(pk__in=leases, job__status__in=ACTIVE).values_list("pk", flat=True))


keeper = Keeper()


def _forget_after_fork() -> None:
    """A child of a prefork pool has none of the parent's threads or leases."""
    keeper.__init__()  # type: ignore[misc]


os.register_at_fork(after_in_child=_forget_after_fork)
