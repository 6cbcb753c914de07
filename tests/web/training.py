"""Trainings of a shop as they stand after some of their slices; nothing is learnt."""

from __future__ import annotations

from copywriter.training.job import KIND
from copywriter.training.place import SLICES, Figures, Place
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope


def trained(shop: Merchant, status: str = JobStatus.DONE, slices: int = SLICES, error: str = "") -> Job:
    """A training as it is after some of its slices."""
    with merchant_scope(shop):
        job = Job.objects.create(kind=KIND, queue="bulk", status=status, dedup_key="own-texts", error=error)
        states = [ItemStatus.DONE] * slices + [ItemStatus.PENDING] * (SLICES - slices)
        JobItem.objects.bulk_create(JobItem(job=job, key=str(n + 1), status=state) for n, state in enumerate(states))
    place = Place.of(job)
    place.run.mkdir(parents=True)
    figures = Figures(texts=60, usable=55, tokens_per_second=300.0)
    for number in range(1, slices + 1):
        figures.losses[str(number)] = [(2.0 - 0.05 * number) * 4, 4]
    if slices >= SLICES // 2:
        figures.kept.append([10.0, 1.7])
    if status == JobStatus.DONE:
        figures.kept.append([20.0, 1.25])
        figures.own_kept, figures.before, figures.after = 4, 1.8125, 1.3125
        (place.run / "adapter").mkdir()
    figures.write(place.run)
    if status == JobStatus.DONE:
        place.install()
    return job
