"""Job kinds of reviews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.reading.errors import ReadingError, Stopped
from foundation.jobs.errors import JobFailed
from foundation.jobs.kinds import Outcome, Stop
from foundation.jobs.models import Job, JobItem, JobStatus
from foundation.jobs.queues import Queue
from foundation.tenancy.scope import current_merchant
from reviews.models import ReviewFile, ReviewFileStatus
from reviews.sentences import ReviewError
from reviews.services import imports, matches


class OfFile:
    """What the jobs of a file share: it is their one item, and its page their result."""

    icon = "message-square"

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        yield str(params["file"])

    def item_labels(self, keys: Sequence[str]) -> dict[str, str]:
        rows = ReviewFile.objects.filter(pk__in=[int(key) for key in keys if key.isdigit()])
        return {str(pk): name for pk, name in rows.values_list("pk", "original_name")}

    def results(self, job: Job) -> tuple[str, str] | None:
        where = {"slug": current_merchant().slug, "pk": job.params.get("file", 0)}
        return _("See the result"), reverse("reviews:import_detail", kwargs=where)

    def name(self, job: Job) -> str:
        key = str(job.params.get("file", 0))
        return self.item_labels([key]).get(key, _("a removed file"))


class ImportReviews(OfFile):
    """Published as a whole: a killed worker's transaction dies with it."""

    kind, queue, chunk_size = imports.IMPORT, Queue.IO, 1

    def title(self, job: Job) -> str:
        return _("Import reviews “%(file)s”") % {"file": self.name(job)}

    def made(self, jobs: Sequence[Job]) -> dict[int, str]:
        """How many reviews each file brought, once it is imported."""
        files = {job.params.get("file") for job in jobs} - {None}
        rows = ReviewFile.objects.filter(pk__in=files, status=ReviewFileStatus.PUBLISHED)
        counted = dict(rows.values_list("pk", "counts__new"))
        return {
            job.pk: _reviews(counted.get(job.params.get("file")) if job.status == JobStatus.DONE else None)
            for job in jobs
        }

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        for item in items:
            file = ReviewFile.objects.filter(pk=int(item.key)).first()
            if file is None:
                yield Outcome(item.key, error=_("The file was removed."))
            elif not imports.begin(file.pk, job.pk, ReviewFileStatus.IMPORTING):
                yield Outcome(item.key, error=_("The file was imported again since; that import counts."))
            else:
                yield from self._import(job, file, item.key, stop)

    def _import(self, job: Job, file: ReviewFile, key: str, stop: Stop) -> Iterator[Outcome]:
        """One transaction around it all, the item's own status included."""
        try:
            with transaction.atomic():
                done = imports.import_rows(file, stop)
                yield Outcome(key, save=partial(imports.conclude, file, done))
        except Stopped:
            job.refresh_from_db(fields=["status"], from_queryset=Job.objects.all())
            if job.status == JobStatus.CANCELLED:  # else its worker shuts down, and it is taken up again
                imports.stopped(file.pk, job.pk)
        except (ReadingError, FileNotFoundError) as error:
            found = ReviewError.of(error) if isinstance(error, ReadingError) else ReviewError("file_missing")
            imports.fail(file.pk, job.pk, str(found), getattr(error, "issues", ()))
            raise JobFailed(str(found)) from error

    def finish(self, job: Job) -> None:
        """Where the import crashed its worker again and again, the file must not seem to be importing still."""
        for item in JobItem.objects.filter(job=job).exclude(error=""):
            imports.fail(int(item.key), job.pk, item.error)


class UndoImport(OfFile):
    """Takes back what one file brought, as a whole."""

    kind, queue, chunk_size = imports.UNDO, Queue.IO, 1
    icon = "undo-2"

    def title(self, job: Job) -> str:
        return _("Take back the import of “%(file)s”") % {"file": self.name(job)}

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        for item in items:
            file = ReviewFile.objects.filter(pk=int(item.key)).first()
            if file is None or not imports.begin(file.pk, job.pk, ReviewFileStatus.UNDOING):
                yield Outcome(item.key, error=_("The file was removed."))
            else:
                yield Outcome(item.key, save=partial(imports.take_back, file))


class MatchReviews:
    """One item: all reviews that name a product and have none."""

    kind, queue, chunk_size = matches.MATCH, Queue.IO, 1
    icon = "link"

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        yield "reviews"

    def title(self, job: Job) -> str:
        return _("Match reviews to products")

    def results(self, job: Job) -> tuple[str, str] | None:
        return _("See the reviews"), reverse("reviews:review_list", kwargs={"slug": current_merchant().slug})

    def item_labels(self, keys: Sequence[str]) -> dict[str, str]:
        return {key: _("Reviews without a product") for key in keys}

    def made(self, jobs: Sequence[Job]) -> dict[int, str]:
        return {job.pk: "" for job in jobs}

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        for item in items:
            yield Outcome(item.key, save=matches.match_all)


def _reviews(number: int | None) -> str:
    if number is None:
        return ""
    return ngettext("%(n)s review", "%(n)s reviews", number) % {"n": intcomma(number)}
