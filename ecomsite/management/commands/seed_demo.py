"""`manage.py seed_demo`: the demo shop with its catalog and a description job. Safe to repeat."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ecomsite.demo import seeding
from foundation.tenancy.scope import merchant_scope


class Command(BaseCommand):
    help = "Make the demo shop: an account, a catalog, a job that describes it. What is there already is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        owner = seeding.demo_owner()
        shop = seeding.demo_shop(owner)
        with merchant_scope(shop):
            file = seeding.import_catalog(owner)
            job = seeding.queue_descriptions(owner)
        self.stdout.write(
            f"demo shop {shop.slug}: {file.counts.get('products', 0)} products"
            + (", description job queued" if job else "")
        )
