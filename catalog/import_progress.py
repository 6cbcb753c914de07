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
    """Rows read so far, how many products or reviews they gave, how many were left out; `read` once all is read."""

    rows: int
    made: int
    failed: int
    read: bool = False


def reported(blocks: Iterator[Block], job_id: int) -> Iterator[Block]:
    """The same blocks; on their way they are counted and reported as the progress of that job's import."""
    total, told = Tally(), Reports(job_id)
    for block in blocks:
        total.add(block.tally)
        told.tell(total.rows, total.products, total.skipped)
        yield block
    told.tell(total.rows, total.products, total.skipped, read=True)


class Reports:
    """Reports of one import, not more often than anybody looks; the one of the file's end always."""

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        self.due = 0.0

    def tell(self, rows: int, made: int, failed: int, read: bool = False) -> None:
        if read or time.monotonic() >= self.due:
            _report(self.job_id, ImportProgress(rows, made, failed, read))
            self.due = time.monotonic() + OFTEN


def import_progress(job_id: int) -> ImportProgress | None:
    """The last report; None before the first one, and where the cache can't be reached."""
    try:
        known = cache.get(_key(job_id))
    except (RedisError, OSError) as error:
        logger.warning("The progress of an import can't be read: %s", error)
        return None
    return ImportProgress(**known) if known else None


def _report(job_id: int, progress: ImportProgress) -> None:
    try:
        cache.set(_key(job_id), asdict(progress), KEPT)
    except (RedisError, OSError) as error:
        logger.warning("The progress of an import can't be told: %s", error)


def _key(job_id: int) -> str:
    return f"catalog-import-{job_id}"
