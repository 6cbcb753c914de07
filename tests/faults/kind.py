"""A job kind that takes its time, writes down what it does, and kills its own process where it is told to.

`faults_begun` gets a row when an item is taken up, whatever becomes of it; `faults_result` one with the item's
outcome. Neither has a unique key, so work that is done twice shows.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db import connection

from foundation.jobs.kinds import Outcome, Stop
from foundation.jobs.models import Job, JobItem
from foundation.jobs.queues import Queue

TABLES = """
CREATE TABLE IF NOT EXISTS faults_begun (job_id bigint, key text, pid int, at timestamptz DEFAULT clock_timestamp());
CREATE TABLE IF NOT EXISTS faults_result (job_id bigint, key text, pid int, at timestamptz DEFAULT clock_timestamp());
"""


class Interruptible:
    """Params: `count` items, `seconds` for each, `poison`: keys whose text takes the process down."""

    kind = "test.faults"
    queue = Queue.BULK
    chunk_size = 32

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        return (f"{number:05}" for number in range(params["count"]))

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        for item in items:
            if stop():
                return
            note("faults_begun", job.pk, item.key)
            if item.key in job.params.get("poison", ()):
                os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(job.params["seconds"])
            yield Outcome(item.key, save=partial(note, "faults_result", job.pk, item.key))


def note(table: str, job_id: int, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} (job_id, key, pid) VALUES (%s, %s, %s)", [job_id, key, os.getpid()])
