"""Database work that outlives a restart of the database."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

logger = logging.getLogger(__name__)
T = TypeVar("T")

PATIENCE = 120.0
"""Seconds; a PostgreSQL that was killed is back within a few."""
PAUSE = 0.5


def surviving(work: Callable[[], T]) -> T:
    """`work()`, again after each lost connection until `PATIENCE` is over; it must be whole in one transaction."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return work()
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block or time.monotonic() > deadline:
                raise
            logger.warning("The database is away, trying again: %s", error)
            connection.close()
            time.sleep(PAUSE)
