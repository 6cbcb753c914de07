"""Running a job in the calling process: for commands that wait for their result, and for tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from foundation.jobs import engine
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress, progress
from foundation.jobs.repair import repair

LOOK = 0.25
"""Seconds between two looks at the job."""


def run_here(job: Job, *, threads: int = 2, on_progress: Callable[[Progress], Any] | None = None) -> Job:
    """Work until the job has ended, beside whatever workers run too; returns it as it ended.

    `threads` chunks run at once (1: in the calling thread and its transaction). Must be called in the job's scope.
    A KeyboardInterrupt passes through once the chunks in work have ended.
    """
    if threads == 1:
        while _active(job):
            _work(job)
            if on_progress:
                on_progress(progress(job))
        return job
    over = threading.Event()
    with ThreadPoolExecutor(threads, thread_name_prefix="job") as pool:
        running = [pool.submit(_work_in_thread, job, over) for _number in range(threads)]
        try:
            while _active(job) and not any(future.done() for future in running):
                if on_progress:
                    on_progress(progress(job))
                time.sleep(LOOK)
        finally:
            over.set()
    for future in running:
        future.result()
    if on_progress:
        on_progress(progress(job))
    return job


def _active(job: Job) -> bool:
    job.refresh_from_db()
    return job.is_active


def _work_in_thread(job: Job, over: threading.Event) -> None:
    try:
        while not over.is_set():
            _work(job)
    finally:
        connection.close()


def _work(job: Job) -> None:
    if not engine.run_chunk(job.queue, job.pk):
        repair()
        time.sleep(LOOK)
