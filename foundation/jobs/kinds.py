"""What an app writes to add work: a job kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from foundation.jobs.models import Job, JobItem
from foundation.jobs.queues import Queue

Stop = Callable[[], bool]
"""True once the work should end soon: the job was cancelled or the worker shuts down. Cheap, for any thread."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the item `key`: `save` is called in the transaction that marks it done; `error` fails it for good.

    With neither, the item is simply done. `save` may run again after a lost connection, in a fresh transaction.
    """

    key: str
    save: Callable[[], object] | None = None
    error: str | None = None


class JobKind(Protocol):
    """Registered once in `AppConfig.ready()`. Every method runs inside the merchant's scope.

    The active language is that of the person who asked, so that sentences they will read come out in it.
    """

    kind: str
    queue: Queue
    chunk_size: int

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        """The keys of the items, each once, at most 200 characters; runs in the enqueueing transaction."""
        ...

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        """One `Outcome` an item, in any order, as soon as each is known; ends early once `stop()` is true.

        Several chunks may run at once in threads of one process. An exception sends the items without an outcome
        back, to be tried in smaller chunks and then alone, three times each. `JobFailed` ends the whole job.
        """
        ...


@runtime_checkable
class Finishes(Protocol):
    def finish(self, job: Job) -> None:
        """Called once, in the transaction that ends the job as DONE or FAILED; not after a cancel."""
        ...
