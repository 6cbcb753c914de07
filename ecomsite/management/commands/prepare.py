"""`manage.py prepare`: brings database and static files up to this version, and makes the demo shop. Safe to repeat."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from ecomsite import translations


class Command(BaseCommand):
    help = "Migrate, compile translations, collect static files and, unless --no-demo, make the demo shop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="make no demo shop")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        translations.compile_all()
        self._collect_static()
        if not options["no_demo"]:
            call_command("seed_demo")

    def _collect_static(self) -> None:
        """Only when a file changed: hashing and compressing all of them takes a second of every start."""
        mark = Path(settings.STATIC_ROOT) / ".collected"
        now = _static_fingerprint()
        if mark.exists() and mark.read_text() == now:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(now)
        self.stdout.write("static files collected")


def _static_fingerprint() -> str:
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{stat.st_mtime_ns}\0{stat.st_size}\n".encode())
    return digest.hexdigest()
