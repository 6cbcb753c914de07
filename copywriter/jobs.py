"""The job kind that writes descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from catalog.facts import for_facts, product_facts
from catalog.models import Product
from copywriter import selection, services, writer
from copywriter.rounds import finished
from copywriter.shown_job import ShownDescriptions
from copywriter.writer import Work
from foundation.inference.registry import generator
from foundation.inference.types import Generator, InferenceError
from foundation.jobs.errors import JobFailed
from foundation.jobs.kinds import Outcome, Stop
from foundation.jobs.models import Job, JobItem
from foundation.jobs.queues import Queue

KIND = "copy.describe"
SEEDS_A_JOB = 101
"""From one job's seed to the next one's: each text draws its own from there on, seldom more than these."""


class DescribeProducts(ShownDescriptions):
    """One item a product. Each product's texts are checked while the engine writes those of the others."""

    kind, queue, chunk_size = KIND, Queue.BULK, 8

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        return (str(pk) for pk in selection.product_ids(params.get("selection") or {}))

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        """Round by round, all products at once, so that the engine always has much to write. Raises `JobFailed`."""
        try:
            engine = generator("copy")
            yield from self._describe(job, engine, items, stop)
        except InferenceError as error:
            raise JobFailed(str(error)) from error

    def _describe(self, job: Job, engine: Generator, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        products = _products(items)
        begun: dict[str, Work] = {}
        for item in items:
            product = products.get(int(item.key))
            if product is None:
                yield Outcome(item.key, error=_("The product was removed."))
            else:
                begun[item.key] = writer.begin(product_facts(product, list(product.variants.all())), seed_of(job))
        for key, work in finished(engine, begun, stop):
            result = writer.result(work)
            yield Outcome(key, save=partial(services.keep, job, int(key), result, engine.name))


def seed_of(job: Job) -> int:
    """Another job about the same product writes another text; the same job retried writes the same."""
    return int(job.pk or 0) * SEEDS_A_JOB % 2**31


def _products(items: Sequence[JobItem]) -> dict[int, Product]:
    found = Product.objects.filter(pk__in=[int(item.key) for item in items]).prefetch_related(*for_facts())
    return {product.pk: product for product in found}
