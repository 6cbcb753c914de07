"""`manage.py jobs`: what runs, what waits, what failed."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from foundation.jobs.models import ACTIVE, Job
from foundation.jobs.progress import Progress, progress_of
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope


class Command(BaseCommand):
    help = "Lists jobs: the active ones, or all with --all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--shop", help="the shop's slug")
        parser.add_argument("--all", action="store_true", help="ended jobs too, the newest 50 of each shop")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        merchants = Merchant.objects.order_by("slug")
        if options["shop"]:
            merchants = merchants.filter(slug=options["shop"])
        for merchant in merchants:
            with merchant_scope(merchant):
                jobs = list(_jobs(everything=options["all"]))
                for job, state in zip(jobs, progress_of(jobs).values(), strict=True):
                    self.stdout.write(_json(merchant, job, state) if options["json"] else _line(merchant, job, state))


def _jobs(*, everything: bool) -> Any:
    jobs = Job.objects.order_by("-pk")
    return jobs[:50] if everything else jobs.filter(status__in=ACTIVE)


def _line(merchant: Merchant, job: Job, state: Progress) -> str:
    rate = f"{state.per_minute:.0f}/min" if state.per_minute is not None else "-"
    counts = f"{state.done} done, {state.failed} failed, {state.left} left of {state.total}"
    return f"{job.pk:>6}  {merchant.slug:<24} {job.kind:<20} {job.status:<10} {counts}  {rate}  {job.error}".rstrip()


def _json(merchant: Merchant, job: Job, state: Progress) -> str:
    return json.dumps(
        {
            "id": job.pk,
            "shop": merchant.slug,
            "kind": job.kind,
            "queue": job.queue,
            "status": job.status,
            "total": state.total,
            "done": state.done,
            "failed": state.failed,
            "left": state.left,
            "per_minute": state.per_minute,
            "seconds_left": state.seconds_left,
            "error": job.error,
            "created_at": job.created_at.isoformat(),
        }
    )
