"""A preview of a voice as its page shows it: of each product the text on trial, and the one in the saved voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import prefetch_related_objects
from django.utils import timezone

from catalog.facts import for_facts, named
from catalog.models import Product
from copywriter.models import Preview
from copywriter.reviewing.marking import Marked, marked
from copywriter.subjects import facts_of_product
from copywriter.writing import refusal
from foundation.evidence import Fact, from_json
from foundation.jobs.models import Job, JobItem, JobStatus
from foundation.jobs.presentation import JobView, job_view

UNTAKEN, SLOW = timedelta(seconds=30), timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Text:
    """`marked` is None where no text could be written; then `missing` says what to add."""

    marked: Marked | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """One product. `saved` is None where the saved voice would say the same; both while they are being written."""

    product: Product
    trial: Text | None
    saved: Text | None
    problem: str = ""

    @property
    def is_same(self) -> bool:
        """Whether both voices came to one text."""
        return self.saved is not None and self.saved == self.trial


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """`is_untaken`: no worker has begun it although it waits for a while; `is_slow`: it is at it unusually long."""

    view: JobView
    tried: list[Tried]
    is_untaken: bool
    is_slow: bool


def shown(job: Job) -> ShownPreview:
    products = list(Product.objects.filter(pk__in=job.params["ids"]))
    prefetch_related_objects(products, *for_facts())
    by_id = {product.pk: product for product in products}
    texts = list(Preview.objects.filter(job=job))
    problems = {item.key: item.error for item in JobItem.objects.filter(job=job).exclude(error="")}
    tried = [
        _tried(by_id[pk], [one for one in texts if one.product_id == pk], problems.get(str(pk), ""))
        for pk in job.params["ids"]
        if pk in by_id
    ]
    waited = timezone.now() - job.created_at
    untaken = job.status == JobStatus.QUEUED and waited > UNTAKEN
    return ShownPreview(job_view(job), tried, untaken, job.status == JobStatus.RUNNING and waited > SLOW)


def _tried(product: Product, texts: Sequence[Preview], problem: str) -> Tried:
    facts = facts_of_product(product)
    found = {one.on_trial: _text(one, facts) for one in texts}
    return Tried(product, found.get(True), found.get(False), problem)


def _text(preview: Preview, facts: Sequence[Fact]) -> Text:
    if preview.reason:
        return Text(None, refusal.told(preview.reason))
    return Text(marked(preview.text, from_json(preview.evidence), named(facts)))
