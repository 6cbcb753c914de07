"""The job kind that writes descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from catalog.facts import for_facts, product_facts
from catalog.models import Product
from copywriter import selection, services, writer
from copywriter.shown_job import ShownDescriptions
from foundation.inference.registry import generator
from foundation.inference.types import Completion, Generator, InferenceError, Request
from foundation.jobs.errors import JobFailed
from foundation.jobs.kinds import Outcome, Stop
from foundation.jobs.models import Job, JobItem
from foundation.jobs.queues import Queue

KIND = "copy.describe"


@dataclass(slots=True)
class _Work:
    """One product of the chunk: what was planned, what came back, how much is still under way."""

    key: str
    plan: writer.Plan
    completions: dict[str, Completion] = field(default_factory=dict)
    waiting: int = 0

    def asked(self, requests: Iterable[Request]) -> list[Request]:
        sent = [replace(request, key=f"{self.key}/{request.key}") for request in requests]
        self.waiting = len(sent)
        return sent

    def take(self, key: str, completion: Completion) -> bool:
        """Keep one completion; True when it was the last that was asked for."""
        self.completions[key] = replace(completion, key=key)
        self.waiting -= 1
        return self.waiting == 0


class DescribeProducts(ShownDescriptions):
    """One item a product. Each product's sentences are checked while the engine writes those of the others."""

    kind, queue, chunk_size = KIND, Queue.BULK, 8

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        return (str(pk) for pk in selection.product_ids(params.get("selection") or {}))

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        """Two rounds: every sentence, then once more the ones that came out poor. Raises `JobFailed`."""
        try:
            engine = generator("copy")
            yield from self._describe(job, engine, items, stop)
        except InferenceError as error:
            raise JobFailed(str(error)) from error

    def _describe(self, job: Job, engine: Generator, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        products = _products(items)
        works: dict[str, _Work] = {}
        for item in items:
            product = products.get(int(item.key))
            if product is None:
                yield Outcome(item.key, error=_("The product was removed."))
                continue
            work = _Work(item.key, writer.plan(product_facts(product, list(product.variants.all())), seed_of(job)))
            if work.plan.refused:
                yield self._outcome(job, engine, work)
            else:
                works[item.key] = work
        poor: list[tuple[_Work, list[Request]]] = []
        first = (request for work in works.values() for request in work.asked(work.plan.requests))
        for work in _finished(engine, list(first), works, stop):
            more = writer.again(work.plan, work.completions)
            if more:
                poor.append((work, more))
            else:
                yield self._outcome(job, engine, work)
        second = [request for work, more in poor for request in work.asked(more)]
        for work in _finished(engine, second, works, stop):
            yield self._outcome(job, engine, work)

    def _outcome(self, job: Job, engine: Generator, work: _Work) -> Outcome:
        result = writer.choose(work.plan, work.completions)
        return Outcome(work.key, save=partial(services.keep, job, int(work.key), result, engine.name))


def seed_of(job: Job) -> int:
    """Another job about the same product writes another text; the same job retried writes the same."""
    return int(job.pk or 0) * 101 % 2**31


def _products(items: Sequence[JobItem]) -> dict[int, Product]:
    found = Product.objects.filter(pk__in=[int(item.key) for item in items]).prefetch_related(*for_facts())
    return {product.pk: product for product in found}


def _finished(
    engine: Generator, requests: Sequence[Request], works: Mapping[str, _Work], stop: Stop
) -> Iterator[_Work]:
    """Each product as soon as the last of its requests is answered."""
    if not requests or stop():
        return
    for completion in engine.generate(requests, stop):
        item, _slash, key = completion.key.partition("/")
        if works[item].take(key, completion):
            yield works[item]
