"""`manage.py demo_status`: how far the demo shop is. .ci/run waits for its first draft with it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.models import Product
from copywriter.jobs import KIND
from copywriter.models import Draft, DraftStatus
from foundation.jobs.models import Job
from foundation.jobs.progress import progress
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope


class Command(BaseCommand):
    help = "Says how many products, drafts and refusals the demo shop has, and how far its job is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        shop = Merchant.objects.filter(is_demo=True).order_by("pk").first()
        if shop is None:
            raise CommandError("There is no demo shop yet: `manage.py seed_demo` makes one.")
        with merchant_scope(shop):
            found = _counts()
        if options["json"]:
            self.stdout.write(json.dumps({"shop": shop.slug, **found}))
        else:
            self.stdout.write(f"{shop.name}: " + ", ".join(f"{name} {value}" for name, value in found.items()))


def _counts() -> dict[str, Any]:
    """`drafts` are texts the model wrote, whatever was decided about them since."""
    job = Job.objects.filter(kind=KIND).order_by("pk").first()
    state = progress(job) if job else None
    return {
        "products": Product.objects.count(),
        "drafts": Draft.objects.exclude(status=DraftStatus.REFUSED).count(),
        "refused": Draft.objects.filter(status=DraftStatus.REFUSED).count(),
        "job": job.status if job else None,
        "left": state.left if state else None,
        "failed": state.failed if state else None,
    }
