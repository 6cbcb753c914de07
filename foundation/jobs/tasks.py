"""Doors from Celery: ids in, a service called, nothing else."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down
from django.db import DatabaseError, connection

from foundation.jobs import engine
from foundation.jobs.keeper import keeper
from foundation.jobs.repair import repair as repair_now
from foundation.jobs.scratch import sweep
from foundation.jobs.wakeups import TASK, wake

logger = logging.getLogger(__name__)


@shared_task(name=TASK)
def run_chunk(queue: str) -> None:
    """Sent to the queue it names, whose workers take its next chunk, whichever job that is of."""
    try:
        more = engine.run_chunk(queue)
    except DatabaseError as error:
        logger.warning("The database is away; the repair task wakes this queue again: %s", error)
        return
    if more:
        wake(queue)


@shared_task(name="jobs.repair")
def repair() -> None:
    try:
        repair_now()
        sweep()
    except DatabaseError as error:
        logger.warning("The database is away, the next repair will do it: %s", error)


@worker_ready.connect
def repair_at_start(**_signal: Any) -> None:
    """A worker that comes back after a crash finds the work of the one before it without waiting for the clock."""
    try:
        repair()
    finally:
        connection.close()


@worker_shutting_down.connect
def stop_chunks(**_signal: Any) -> None:
    """Running chunks end after their batch and give back the rest; nobody is blamed for it."""
    keeper.closing.set()
