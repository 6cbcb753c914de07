"""The job kind that writes texts about categories."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from copywriter import selection, services
from copywriter.category_counts import count
from copywriter.category_facts import facts_of_category, told_facts
from copywriter.engine_errors import as_job_errors
from copywriter.jobs import CATEGORY_KIND, seed_of, wish_of
from copywriter.kinds import CATEGORY
from copywriter.shown_job import ShownDescriptions
from copywriter.voices import ShopVoices
from copywriter.writing import refusal, writer
from copywriter.writing.guidance import Guidance
from copywriter.writing.rounds import finished
from copywriter.writing.wishes import Wish
from copywriter.writing.writer import Work
from foundation.inference.registry import generator
from foundation.jobs.kinds import Outcome, Stop
from foundation.jobs.models import Job, JobItem
from foundation.jobs.queues import Queue

LONGEST_KEY = 200
"""Characters of an item's key; a category's name may be longer."""


def key_of(name: str) -> str:
    return name if len(name) <= LONGEST_KEY else f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


class WriteCategories(ShownDescriptions):
    """One item a category, with all takes of its text."""

    kind, queue, chunk_size = CATEGORY_KIND, Queue.BULK, 8

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        return (key_of(name) for name in selection.category_names(params.get("selection") or {}))

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        """Raises `JobFailed`, and what `as_job_errors` does."""
        wish = wish_of(job)
        with as_job_errors():
            yield from self._write(job, wish, items, stop)

    def _write(self, job: Job, wish: Wish, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        engine, guided = generator("copy"), ShopVoices.read().guidance("", wish)
        named = {key_of(name): name for name in selection.category_names(job.params.get("selection") or {})}
        begun: dict[str, Work] = {}
        for number, item in enumerate(items):
            name = named.get(item.key)
            if name is None:
                yield Outcome(item.key, error=_("No product has this category any more."))
            else:
                begun.update(_works(number, name, wish.takes, guided, seed_of(job)))
        done: dict[int, list[Work]] = {}
        for key, work in finished(engine, begun, stop):
            number = int(key.partition(":")[0])
            works = done.setdefault(number, [])
            works.append(work)
            if len(works) == wish.takes:
                item_key = items[number].key
                kept = partial(services.keep_all, job, named[item_key], works, engine.name)
                yield Outcome(item_key, save=kept)

    def item_labels(self, keys: Sequence[str]) -> dict[str, str]:
        return {key: key for key in keys}


def _works(number: int, name: str, takes: int, guided: Guidance, seed: int) -> dict[str, Work]:
    """By item and take; a name may hold any mark, so its number stands for it."""
    facts = told_facts(facts_of_category(count(name)))
    brief = CATEGORY.brief(guided.tone)
    works = {f"{number}:{take}": writer.begin(facts, seed, brief, CATEGORY, take, guided) for take in range(takes)}
    return works if facts else {key: writer.refused(work, refusal.code(refusal.FEW)) for key, work in works.items()}
