"""Job kinds of the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.errors import CatalogError
from catalog.models import CatalogFile
from catalog.reading.errors import ReadingError, Stopped
from catalog.services import imports
from catalog.shown_job import ShownImport
from foundation.jobs.errors import JobFailed
from foundation.jobs.kinds import Outcome, Stop
from foundation.jobs.models import Job, JobItem, JobStatus
from foundation.jobs.queues import Queue


class ImportCatalog(ShownImport):
    """One item: the whole file, because it is published as a whole. A killed worker's transaction dies with it."""

    kind, queue, chunk_size = imports.KIND, Queue.IO, 1

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        yield str(params["file"])

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        for item in items:
            file = CatalogFile.objects.filter(pk=int(item.key)).first()
            if file is None:
                yield Outcome(item.key, error=_("The file was removed."))
                continue
            if not imports.begin(file.pk, job.pk):
                yield Outcome(item.key, error=_("The file was imported again since; that import counts."))
                continue
            yield from self._import(job, file, item.key, stop)

    def _import(self, job: Job, file: CatalogFile, key: str, stop: Stop) -> Iterator[Outcome]:
        """One transaction around it all, the item's own status included: published as a whole or not at all."""
        try:
            with transaction.atomic():
                done = imports.import_rows(file, stop)
                yield Outcome(key, save=partial(imports.conclude, file, done))
        except Stopped:
            self._stopped(job, file)
            return
        except (ReadingError, FileNotFoundError) as error:
            found = CatalogError.of(error) if isinstance(error, ReadingError) else CatalogError("file_missing")
            imports.fail(file.pk, job.pk, str(found))
            raise JobFailed(str(found)) from error
        imports.enter_into_lists(file, done.tally.products)

    @staticmethod
    def _stopped(job: Job, file: CatalogFile) -> None:
        """A cancelled import ends; one whose worker shuts down is taken up again."""
        job.refresh_from_db(fields=["status"], from_queryset=Job.objects.all())
        if job.status == JobStatus.CANCELLED:
            imports.cancelled(file.pk, job.pk)

    def finish(self, job: Job) -> None:
        """Where the import crashed its worker again and again, the file must not seem to be importing still."""
        imports.enter_forgotten()
        for item in JobItem.objects.filter(job=job).exclude(error=""):
            imports.fail(int(item.key), job.pk, item.error)
