"""What the commands on one job share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.jobs.errors import JobError
from foundation.jobs.models import Job
from foundation.tenancy.scope import merchant_scope


class JobCommand(BaseCommand):
    """Does `verb` to the jobs whose ids are given; the first that refuses ends it with its sentence."""

    verb: Callable[[Job], Job]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("job", type=int, nargs="+", help="the job's id, as `manage.py jobs` shows it")

    def handle(self, *args: Any, **options: Any) -> None:
        for job_id in options["job"]:
            job = Job.unscoped.select_related("merchant").filter(pk=job_id).first()
            if job is None:
                raise CommandError(f"There is no job {job_id}. `manage.py jobs --all` lists them.")
            with merchant_scope(job.merchant):
                try:
                    changed = type(self).verb(job)
                except JobError as error:
                    raise CommandError(f"Job {job_id}: {error}") from error
            self.stdout.write(f"Job {job_id} is now {changed.status}.")
