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
from copywriter.wishes import Wish
from copywriter.writer import Work
from foundation.evidence import Fact
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
    """One item a product, with all texts that are wished for. Each text is checked while the engine writes others."""

    kind, queue, chunk_size = KIND, Queue.BULK, 8

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        return (str(pk) for pk in selection.product_ids(params.get("selection") or {}))

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        """Round by round, all texts at once, so that the engine always has much to write. Raises `JobFailed`."""
        try:
            wish = Wish.from_params(job.params)
        except ValueError as error:  # a kind that this version does not know any more
            raise JobFailed(str(error)) from error
        try:
            engine = generator("copy")
            yield from self._describe(job, wish, engine, items, stop)
        except InferenceError as error:
            raise JobFailed(str(error)) from error

    def _describe(
        self, job: Job, wish: Wish, engine: Generator, items: Sequence[JobItem], stop: Stop
    ) -> Iterator[Outcome]:
        products = _products(items)
        begun: dict[str, Work] = {}
        for item in items:
            product = products.get(int(item.key))
            if product is None:
                yield Outcome(item.key, error=_("The product was removed."))
            else:
                begun.update(_works(item.key, product_facts(product, list(product.variants.all())), wish, seed_of(job)))
        done: dict[str, list[Work]] = {}
        for key, work in finished(engine, begun, stop):
            item_key = key.partition(":")[0]
            works = done.setdefault(item_key, [])
            works.append(work)
            if len(works) == wish.texts:
                yield Outcome(item_key, save=partial(services.keep_all, job, int(item_key), works, engine.name))


def _works(key: str, facts: Sequence[Fact], wish: Wish, seed: int) -> dict[str, Work]:
    """By item, kind and take."""
    return {
        f"{key}:{kind.name}:{take}": writer.begin(facts, seed, kind.brief(wish.tone), kind, take)
        for kind, take in wish.each()
    }


def seed_of(job: Job) -> int:
    """Another job about the same product writes another text; the same job retried writes the same."""
    return int(job.pk or 0) * SEEDS_A_JOB % 2**31


def _products(items: Sequence[JobItem]) -> dict[int, Product]:
    found = Product.objects.filter(pk__in=[int(item.key) for item in items]).prefetch_related(*for_facts())
    return {product.pk: product for product in found}
