"""How long a job will probably take, by how fast the last one of this shop was."""

from __future__ import annotations

from django.db.models import Count, Max, Min, Q

from copywriter.jobs import KIND
from copywriter.wishes import Wish
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus

FEWEST = 5  # fewer products say more about loading the model than about writing


def seconds_for(texts: int) -> int | None:
    """None where no finished job tells."""
    job = Job.objects.filter(kind=KIND, status=JobStatus.DONE, started_at__isnull=False).order_by("-pk").first()
    if job is None:
        return None
    done = Q(status=ItemStatus.DONE)
    told = JobItem.objects.filter(job_id=job.pk).aggregate(
        n=Count("id", filter=done), first=Min("finished_at", filter=done), last=Max("finished_at", filter=done)
    )
    if told["n"] < FEWEST or told["last"] is None or job.started_at is None:
        return None
    written = told["n"] * Wish.from_params(job.params).texts
    return max(1, round((told["last"] - job.started_at).total_seconds() / written * texts))
