"""Job kinds of the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from catalog import staging
from catalog.errors import CatalogError
from catalog.models import CatalogFile, FileStatus
from catalog.reading.errors import ReadingError, Stopped
from catalog.services import imports
from catalog.shown_job import ShownImport
from foundation.jobs.errors import JobFailed, TryAgain
from foundation.jobs.kinds import Outcome, Stop
from foundation.jobs.models import Job, JobItem, JobStatus
from foundation.jobs.queues import Queue


class ImportCatalog(ShownImport):
    """One item: the whole file, because it is published as a whole. A killed worker's staging tables die with it."""

    kind, queue, chunk_size = imports.KIND, Queue.IO, 1

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        yield str(params["file"])

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        for item in items:
            file = CatalogFile.objects.filter(pk=int(item.key)).first()
            if file is None:
                yield Outcome(item.key, error=_("The file was removed."))
                continue
            CatalogFile.objects.filter(pk=file.pk).update(status=FileStatus.IMPORTING, error="")
            yield from self._import(job, file, item.key, stop)

    def _import(self, job: Job, file: CatalogFile, key: str, stop: Stop) -> Iterator[Outcome]:
        with staging.staging():
            try:
                reader, blocks = imports.blocks_of(file, stop)
                staged = staging.stage(blocks)
                imports.refuse_empty(staged)
            except Stopped:
                self._stopped(job, file)
                return
            except (ReadingError, FileNotFoundError) as error:
                found = CatalogError.of(error) if isinstance(error, ReadingError) else CatalogError("file_missing")
                imports.fail(file.pk, str(found))
                raise JobFailed(str(found)) from error
            yield Outcome(key, save=partial(self._publish, file, staged, reader.provided))
        imports.tend(staged.tally.products)

    @staticmethod
    def _publish(file: CatalogFile, staged: staging.Staged, provided: Any) -> None:
        if not staging.exists():  # the connection was lost in between, and the tables with it
            raise TryAgain(_("The connection to the database was lost."))
        imports.publish(file, staged, provided)

    @staticmethod
    def _stopped(job: Job, file: CatalogFile) -> None:
        """A cancelled import ends; one whose worker shuts down is taken up again."""
        job.refresh_from_db(fields=["status"], from_queryset=Job.objects.all())
        if job.status == JobStatus.CANCELLED:
            imports.cancelled(file.pk)

    def finish(self, job: Job) -> None:
        """Where the import crashed its worker again and again, the file must not seem to be importing still."""
        for item in JobItem.objects.filter(job=job).exclude(error=""):
            imports.fail(int(item.key), item.error)
