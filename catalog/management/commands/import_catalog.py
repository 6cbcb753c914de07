"""`manage.py import_catalog --shop SLUG FILE`: what the upload page does, waiting for the end."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog import services
from catalog.errors import CatalogError
from catalog.models import CatalogFile, FileStatus, RowIssue
from foundation.jobs.engine import run_chunk
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope


class Command(BaseCommand):
    help = "Import a catalog file into a shop and wait until it is published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a Shopify, WooCommerce or plain CSV, TSV or XLSX file")
        parser.add_argument("--shop", required=True, help="the shop's address (slug)")
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        merchant = Merchant.objects.filter(slug=options["shop"]).first()
        if merchant is None:
            raise CommandError(f"There is no shop {options['shop']!r}.")
        with merchant_scope(merchant):
            file = self._imported(options["file"])
            if options["json"]:
                self.stdout.write(json.dumps({"file": file.pk, "detection": file.detection, **file.counts}))
            else:
                self._tell(file)

    def _imported(self, path: Path) -> CatalogFile:
        try:
            with path.open("rb") as stream:
                file = services.upload(path.name, stream)
            job = services.confirm(file)
        except OSError as error:
            raise CommandError(f"{path} can't be opened: {error.strerror}.") from error
        except CatalogError as error:
            raise CommandError(str(error)) from error
        while run_chunk(job.queue, job.pk):
            pass
        file.refresh_from_db(from_queryset=CatalogFile.objects.all())
        if file.status != FileStatus.PUBLISHED:
            raise CommandError(file.error or f"The import ended as {file.get_status_display()}.")
        return file

    def _tell(self, file: CatalogFile) -> None:
        counts = file.counts
        self.stdout.write(
            f"{file.original_name}: read as {file.format}, {file.detection['encoding']}. {counts['rows']} rows = "
            f"{counts['products']} products + {counts['continued']} further rows of theirs + {counts['blank']} blank + "
            f"{counts['skipped']} skipped."
        )
        self.stdout.write(
            f"{counts['new']} new, {counts['changed']} changed, {counts['unchanged']} unchanged; "
            f"{counts['variants']} variants. File number {file.pk}."
        )
        for issue in RowIssue.objects.filter(file=file).order_by("row")[:20]:
            self.stdout.write(f"  row {issue.row} {issue.column}: {issue.reason}")
