"""Addresses that several pages lead to."""

from __future__ import annotations

from django.urls import reverse

from copywriter.reviewing.queue import Queue
from foundation.jobs.models import Job


def job_url(slug: str, job: Job) -> str:
    return reverse("jobs:job", kwargs={"slug": slug, "job_id": job.pk})


def queue_url(slug: str, queue: Queue) -> str:
    """The review, narrowed as the queue says."""
    return reverse("copywriter:draft_list", kwargs={"slug": slug}) + queue.url()
