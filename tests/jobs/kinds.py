"""Small job kinds for the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from foundation.jobs.kinds import Outcome, Stop
from foundation.jobs.models import Job, JobItem
from foundation.jobs.queues import Queue


class Scripted:
    """Plans `params["keys"]`; each key does what `deeds` says: an exception is raised, a text is its error."""

    kind = "test.scripted"
    queue = Queue.BULK
    chunk_size = 4

    def __init__(self) -> None:
        self.deeds: dict[str, Exception | str | Callable[[], object]] = {}
        self.chunks: list[list[str]] = []
        self.finished: list[int] = []

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        return params["keys"]

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        self.chunks.append([item.key for item in items])
        for item in items:
            if stop():
                return
            deed = self.deeds.get(item.key)
            if isinstance(deed, Exception):
                raise deed
            if isinstance(deed, str):
                yield Outcome(item.key, error=deed)
            else:
                yield Outcome(item.key, save=deed)

    def finish(self, job: Job) -> None:
        self.finished.append(job.pk)
