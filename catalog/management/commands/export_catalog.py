"""`manage.py export_catalog --shop SLUG [--file N] OUT`: the file as it came, with the accepted descriptions."""

from __future__ import annotations

import json
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog import services
from catalog.errors import CatalogError
from catalog.models import CatalogFile, FileStatus
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope


class Command(BaseCommand):
    help = "Write a shop's imported file back, in the shape it came in, with the accepted descriptions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path)
        parser.add_argument("--shop", required=True, help="the shop's address (slug)")
        parser.add_argument("--file", type=int, help="its number, as import_catalog said; the newest otherwise")
        parser.add_argument("--json", action="store_true", help="print the result as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        merchant = Merchant.objects.filter(slug=options["shop"]).first()
        if merchant is None:
            raise CommandError(f"There is no shop {options['shop']!r}.")
        with merchant_scope(merchant):
            files = CatalogFile.objects.filter(status=FileStatus.PUBLISHED)
            if options["file"] is not None:
                files = files.filter(pk=options["file"])
            file = files.order_by("-created_at").first()
            if file is None:
                raise CommandError("The shop has no such published file. Import one first.")
            self._write(file, options["out"], options["json"])

    def _write(self, file: CatalogFile, out: Path, as_json: bool) -> None:
        try:
            done = services.export(file)
        except CatalogError as error:
            raise CommandError(str(error)) from error
        try:
            shutil.copyfile(done.path, out)
        except OSError as error:
            raise CommandError(f"{out} can't be written: {error.strerror}.") from error
        finally:
            done.path.unlink(missing_ok=True)
        if as_json:
            self.stdout.write(json.dumps({"file": file.pk, "replaced": done.replaced, "notes": done.notes}))
        else:
            self.stdout.write(f"{out}: {done.replaced} descriptions written into {file.original_name}.")
            for note in done.notes:
                self.stdout.write(f"  {note}")
