"""Running a chunk: claim, hand it to its kind, commit each result with its item's status, give back the rest."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Generator, Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.jobs import guilt, registry
from foundation.jobs.claims import Chunk, claim
from foundation.jobs.errors import Away, JobFailed, Later, TryAgain, UnknownKind
from foundation.jobs.finishing import end_job, finish_if_complete, finish_overdue
from foundation.jobs.gate import gate
from foundation.jobs.keeper import Held, keeper
from foundation.jobs.kinds import Outcome
from foundation.jobs.models import ItemStatus, JobItem, JobStatus, Lease
from foundation.jobs.surviving import surviving
from foundation.tenancy.scope import merchant_scope

logger = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker has the chunk: this one's results must not be written."""


class NoOutcome(Exception):
    """A kind's `process` ended without saying what became of an item, or spoke of one it was not given."""


def run_chunk(queue: str, job_id: int | None = None) -> bool:
    """Claim one chunk and run it to its end; False where no work waits. `job_id`: of this job only."""
    if keeper.closing.is_set():
        return False
    chunk = claim(queue, job_id)
    if chunk is None:
        finish_overdue(queue)
        return False
    with merchant_scope(chunk.job.merchant), override(chunk.job.language):
        with keeper.keeping(chunk) as held, gate.entered(alone=chunk.exclusive, stop=held.stop) as entered:
            if entered and surviving(lambda: _mark_running(chunk)):
                _run(chunk, held)
            else:
                surviving(lambda: guilt.give_back(chunk.lease))
        surviving(lambda: finish_if_complete(chunk.job.pk))
    return True


def _mark_running(chunk: Chunk) -> bool:
    """From here on a crash may be this chunk's doing; before, it only waited its turn."""
    return bool(Lease.objects.filter(pk=chunk.lease).update(running=True))


def _run(chunk: Chunk, held: Held) -> None:
    open_items = {item.key: item for item in chunk.items}
    try:
        _process(chunk, held, open_items)
    except LeaseLost:
        logger.warning("Job %s: a chunk was taken back from this worker; its results were dropped", chunk.job.pk)
    except (JobFailed, UnknownKind) as error:
        reason = str(error)
        surviving(lambda: guilt.give_back(chunk.lease))
        surviving(lambda: end_job(chunk.job.pk, JobStatus.FAILED, reason))
    except (Away, Later) as wait:
        seconds, reason = wait.seconds if isinstance(wait, Later) else None, str(wait)
        surviving(lambda: guilt.give_back(chunk.lease))
        if len(open_items) < len(chunk.items):  # now, because it ends a pause as well
            surviving(lambda: guilt.forget_errors(chunk.job.pk))
        surviving(lambda: guilt.pause(chunk.job.pk, reason, seconds))
        return
    except (TryAgain, OperationalError, InterfaceError) as error:
        logger.warning("Job %s: trying again soon: %s", chunk.job.pk, error)
        reason = str(error) if isinstance(error, TryAgain) else _("The database could not be reached.")
        surviving(lambda: guilt.give_back(chunk.lease))
        _count(chunk, reason)
    except Exception:
        # The full trace goes to the log under an id; the merchant sees the id.
        reference = secrets.token_hex(4)
        logger.exception("[%s] job %s (%s) went wrong", reference, chunk.job.pk, chunk.job.kind)
        reason = _("An unexpected error; the log has it under %(id)s.") % {"id": reference}
        surviving(lambda: guilt.blame(chunk.lease, len(chunk.items), reason, alone=True))
        _count(chunk, reason)
    else:
        surviving(lambda: guilt.give_back(chunk.lease))
    if len(open_items) < len(chunk.items):
        surviving(lambda: guilt.forget_errors(chunk.job.pk))


def _process(chunk: Chunk, held: Held, open_items: dict[str, JobItem]) -> None:
    """Takes items out of `open_items` as their outcomes are committed."""
    kind = registry.get(chunk.job.kind)
    with _closed_at_the_end(kind.process(chunk.job, chunk.items, held.stop)) as outcomes:
        for outcome in outcomes:
            item = open_items.get(outcome.key)
            if item is None:
                raise NoOutcome(f"{chunk.job.kind} spoke of {outcome.key!r}, which is not in its chunk or was before")
            _record(chunk, item, outcome)
            del open_items[outcome.key]
    if open_items and not held.stop():
        raise NoOutcome(f"{chunk.job.kind} ended without an outcome for {sorted(open_items)[:5]}")


@contextmanager
def _closed_at_the_end(outcomes: Iterator[Outcome]) -> Iterator[Iterator[Outcome]]:
    """A generator that is left early frees what it holds (a running batch) now, not at some collection of garbage."""
    try:
        yield outcomes
    finally:
        if isinstance(outcomes, Generator):
            outcomes.close()


def _record(chunk: Chunk, item: JobItem, outcome: Outcome) -> None:
    """Raises `LeaseLost`; an exception of `save` leaves nothing of this outcome behind.

    After a lost connection nobody knows whether the commit arrived. It is tried again: if it had, the item is no
    longer leased, and nothing is written twice.
    """

    def write() -> None:
        with transaction.atomic():
            status = ItemStatus.DONE if outcome.error is None else ItemStatus.FAILED
            fenced = JobItem.objects.filter(pk=item.pk, lease=chunk.lease, status=ItemStatus.LEASED)
            if not fenced.update(status=status, lease=None, error=outcome.error or "", finished_at=Now()):
                raise LeaseLost
            if outcome.error is None and outcome.save is not None:
                outcome.save()

    surviving(write)


def _count(chunk: Chunk, reason: str) -> None:
    if surviving(lambda: guilt.count_error(chunk.job.pk, reason, pause=True)):
        surviving(lambda: end_job(chunk.job.pk, JobStatus.FAILED, guilt.too_many_errors(reason)))
