"""Job kinds that decide about many drafts: accept all that pass, and take a whole run back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction

from copywriter import services
from copywriter.reviewing import passing, reasons, runs
from copywriter.reviewing.confidence import least_to_pass
from copywriter.reviewing.queue import Queue as Filter
from copywriter.shown_deciding import ShownDecision, ShownUndo
from foundation.jobs.kinds import Outcome, Stop
from foundation.jobs.models import Job, JobItem
from foundation.jobs.queues import Queue

DRAFTS_AT_ONCE = 200  # of one transaction: about a second of work, in which nobody else can decide about them


class DecideDrafts(ShownDecision):
    """Accepts what passes the filter. An item is a draft; one that is left waiting has failed, with the reason."""

    kind, queue, chunk_size = runs.DECIDE, Queue.IO, DRAFTS_AT_ONCE

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        drafts = passing.passing(
            Filter.from_query(params["filter"]), params["until"], over_people=params["over_people"]
        )
        return (str(pk) for pk in drafts.values_list("pk", flat=True))

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        """All or nothing of a chunk: a killed worker's transaction dies with it."""
        with transaction.atomic():
            accepted = services.accept_many(
                [int(item.key) for item in items],
                job.created_by,
                over_people=job.params["over_people"],
                only_clean=True,
                least=least_to_pass(Filter.from_query(job.params["filter"]).sure) or 0,
            )
            for item in items:
                code = accepted.left.get(int(item.key))
                yield Outcome(item.key, error=reasons.told(code) if code else None)


class UndoRun(ShownUndo):
    """Takes back what a run put into the catalog. An item is a subject with all its drafts of the run."""

    kind, queue, chunk_size = runs.UNDO, Queue.IO, DRAFTS_AT_ONCE

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        return runs.subjects(runs.find(params["run"]))

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        """All or nothing of a chunk: a killed worker's transaction dies with it."""
        run = runs.find(job.params["run"])
        with transaction.atomic():
            drafts = runs.accepted_of(run, [item.key for item in items])
            kept = services.take_back(list(drafts), keep_edited=runs.keeps_edited(run)).kept
            for item in items:
                codes = {code for pk, code in kept.items() if drafts[pk] == item.key}
                yield Outcome(item.key, error=" ".join(map(reasons.told, sorted(codes))) or None)
