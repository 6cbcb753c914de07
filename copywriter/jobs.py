"""The job kind that writes texts about products."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from catalog.facts import for_facts
from catalog.models import Product
from copywriter import selection, services
from copywriter.chunk import Chunk
from copywriter.engine_errors import as_job_errors
from copywriter.nearest import likeness
from copywriter.shown_job import CATEGORY_KIND, ShownDescriptions
from copywriter.writing import languages
from copywriter.writing.telling_apart import finished
from copywriter.writing.wishes import Wish
from foundation.inference.registry import generator
from foundation.inference.types import Generator
from foundation.jobs.errors import JobFailed
from foundation.jobs.kinds import Outcome, Stop
from foundation.jobs.models import Job, JobItem
from foundation.jobs.queues import Queue

KIND = "copy.describe"
WRITING = (KIND, CATEGORY_KIND)
"""The kinds of jobs that write drafts."""
SEEDS_A_JOB = 101
"""From one job's seed to the next one's: each text draws its own from there on, seldom more than these."""


class DescribeProducts(ShownDescriptions):
    """One item a product, with all texts that are wished for. Each text is checked while the engine writes others."""

    kind, queue, chunk_size = KIND, Queue.BULK, 8

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        return (str(pk) for pk in selection.product_ids(params.get("selection") or {}))

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        """Round by round, all texts at once, so that the engine always has much to write.

        Raises `JobFailed`, and what `as_job_errors` does.
        """
        wish = wish_of(job)
        with as_job_errors():
            yield from self._describe(job, wish, generator("copy"), items, stop)

    def finish(self, job: Job) -> None:
        services.measure(job)

    def _describe(
        self, job: Job, wish: Wish, engine: Generator, items: Sequence[JobItem], stop: Stop
    ) -> Iterator[Outcome]:
        products = _products(items)
        for item in items:
            if int(item.key) not in products:
                yield Outcome(item.key, error=_("The product was removed."))
        chunk = Chunk.of(list(products.values()), wish, seed_of(job))
        yield from (Outcome(str(product_id)) for product_id in chunk.with_nothing_to_write())
        for key, work in finished(engine, chunk.asked, likeness, stop):
            for product_id, works in chunk.taken(key, work):
                yield Outcome(str(product_id), save=partial(services.keep_all, job, product_id, works, engine.name))


def wish_of(job: Job) -> Wish:
    """What it is asked to write. Raises `JobFailed`."""
    try:
        wish = Wish.from_params(job.params)
    except ValueError as error:  # a kind that this version does not know any more
        raise JobFailed(str(error)) from error
    if problem := languages.problem(wish.language):
        raise JobFailed(problem)
    return wish


def seed_of(job: Job) -> int:
    """Another job about the same product writes another text; the same job retried writes the same."""
    return int(job.pk or 0) * SEEDS_A_JOB % 2**31


def _products(items: Sequence[JobItem]) -> dict[int, Product]:
    found = Product.objects.filter(pk__in=[int(item.key) for item in items]).prefetch_related(*for_facts())
    return {product.pk: product for product in found}
