"""Wake-ups: the only thing that travels through the broker. Losing them all loses nothing; repair sends new ones."""

from __future__ import annotations

import logging
from typing import Any

from celery import current_app
from kombu import Connection
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

TASK = "jobs.run_chunk"
ENOUGH = 8
"""Wake-ups that may wait in a queue: more than that and its workers are busy anyway."""


def wake(queue: str) -> None:
    """Top the queue up to `ENOUGH` wake-ups. A broker that is down is logged, not raised: repair comes back to it."""
    try:
        with current_app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=2)
            waiting = _waiting(connection, queue)
            for _number in range(ENOUGH - waiting):
                current_app.send_task(TASK, args=(str(queue),), queue=str(queue), connection=connection, retry=False)
    except (OperationalError, ConnectionError, OSError) as error:
        logger.warning("The broker can't be reached, so %s work waits for the repair task: %s", queue, error)


def _waiting(connection: Connection, queue: str) -> int:
    channel: Any = connection.default_channel
    return int(channel.queue_declare(queue=str(queue), durable=True).message_count)
