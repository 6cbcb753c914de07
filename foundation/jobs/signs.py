"""A worker's sign of life: the time of a file. The supervisor starts a worker again whose file stays as it was.

Two give it, so that it stops only where nothing at all goes on: the worker's main loop, and the thread that renews
leases. A chunk that takes long, or a broker that is away while one runs, is no silence.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

logger = logging.getLogger(__name__)

VARIABLE = "WORKER_SIGN_FILE"
EVERY = 5.0
"""Seconds between two signs of the main loop."""


def give() -> None:
    """Does nothing where nobody looks, as under systemd or in a command."""
    name = os.environ.get(VARIABLE)
    if not name:
        return
    try:
        Path(name).touch()
    except OSError as error:
        logger.warning("The sign of life could not be given: %s", error)
