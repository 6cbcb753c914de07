"""How far a running import is, for whoever watches its page.

An import is one transaction, of which nobody sees anything before its end; so this goes through the cache. Losing it
loses nothing but the moving figures.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.core.cache import cache
from redis.exceptions import RedisError

from catalog.reading.blocks import Block, Tally

logger = logging.getLogger(__name__)
OFTEN = 0.5  # seconds between two reports
KEPT = 600  # seconds that a report is kept: past that its worker is gone


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """Rows read so far, what they gave, and how many were left out; `read` once the file's end is reached."""

    rows: int
    products: int
    failed: int
    read: bool = False


def reported(blocks: Iterator[Block], job_id: int) -> Iterator[Block]:
    """The same blocks; on their way they are counted and reported as the progress of that job's import."""
    total = Tally()
    due = 0.0
    for block in blocks:
        total.add(block.tally)
        if time.monotonic() >= due:
            _report(job_id, total, read=False)
            due = time.monotonic() + OFTEN
        yield block
    _report(job_id, total, read=True)


def import_progress(job_id: int) -> ImportProgress | None:
    """The last report; None before the first one, and where the cache can't be reached."""
    try:
        known = cache.get(_key(job_id))
    except (RedisError, OSError) as error:
        logger.warning("The progress of an import can't be read: %s", error)
        return None
    return ImportProgress(**known) if known else None


def _report(job_id: int, total: Tally, read: bool) -> None:
    try:
        cache.set(_key(job_id), asdict(ImportProgress(total.rows, total.products, total.skipped, read)), KEPT)
    except (RedisError, OSError) as error:
        logger.warning("The progress of an import can't be told: %s", error)


def _key(job_id: int) -> str:
    return f"catalog-import-{job_id}"
