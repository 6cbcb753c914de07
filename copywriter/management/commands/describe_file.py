"""`manage.py describe_file export.csv described.csv`: the main job without a browser."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from catalog.errors import CatalogError
from copywriter.describing_a_file import Choice, DescribingFailed, Summary, describe_file
from foundation.arguments import positive
from foundation.jobs.errors import JobError
from foundation.jobs.progress import Progress


class Command(BaseCommand):
    help = "Import a catalog file, describe its products, and write it back in the shape it came in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("catalog", type=Path, help="a Shopify, WooCommerce or plain CSV/TSV/XLSX file")
        parser.add_argument("out", type=Path, help="where the described file goes")
        parser.add_argument("--without-description", action="store_true", help="leave existing descriptions alone")
        parser.add_argument("--limit", type=positive, help="describe the first so many products only")
        parser.add_argument(
            "--column", action="append", default=[], metavar="FIELD=NAME", help="a plain file's column, e.g. title=Name"
        )
        parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        source, target = options["catalog"], options["out"]
        if not source.is_file():
            raise CommandError(f"There is no file {source}.")
        if target.resolve() == source.resolve():
            raise CommandError("The result would replace the catalog itself. Name another file for it.")
        if not target.absolute().parent.is_dir():
            raise CommandError(f"There is no folder {target.absolute().parent} for the result.")
        choice = Choice(_columns(options["column"]), options["without_description"], options["limit"])
        with _Bar() as bar:
            try:
                summary = describe_file(source, target, choice, bar)
            except (CatalogError, DescribingFailed, JobError) as error:
                raise CommandError(str(error)) from error
            except OSError as error:
                raise CommandError(f"{error.strerror}: {error.filename}.") from error
        self.stdout.write(
            json.dumps({"out": str(target), **asdict(summary)}) if options["json"] else _text(summary, target)
        )


def _columns(pairs: list[str]) -> dict[str, str]:
    split = [pair.partition("=") for pair in pairs]
    if bad := [field for field, equals, name in split if not equals or not name]:
        raise CommandError(f"--column {bad[0]}: write FIELD=NAME, for example --column title=Name.")
    return {field: name for field, _equals, name in split}


class _Bar:
    """One progress bar a step on stderr, so that --json leaves stdout alone."""

    def __init__(self) -> None:
        self.step = ""
        self.bar: tqdm[Any] | None = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_details: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def __call__(self, step: str, progress: Progress) -> None:
        if step != self.step:
            self.__exit__()
            unit = " products" if step == "describe" else " files"
            often = 0.5 if sys.stderr.isatty() else 10.0  # a log file gets few lines
            self.step = step
            self.bar = tqdm(desc=step, total=progress.total, unit=unit, file=sys.stderr, mininterval=often)
        assert self.bar is not None
        self.bar.update(progress.ended - self.bar.n)


def _text(summary: Summary, target: Path) -> str:
    lines = [
        f"{target}: {summary.format}, {summary.rows} rows",
        f"  products   {summary.products}  ({summary.selected} chosen, {summary.seconds_importing:.1f} s to import)",
        f"  written    {summary.written}  ({summary.cells_replaced} cells of the file)",
        f"  refused    {sum(summary.refused.values())}",
        *(f"    {count:>5} × {reason}" for reason, count in summary.refused.items()),
        f"  failed     {summary.failed}",
        *(f"    {count:>5} × {reason}" for reason, count in summary.failures.items()),
        f"  tokens/s   {summary.tokens_per_second:.0f}  "
        f"({summary.tokens} tokens in {summary.seconds_describing:.1f} s, loading the model included)",
    ]
    if summary.row_errors:
        lines.append(f"  {summary.row_errors} rows could not be read as products")
    lines += [f"  note: {note}" for note in summary.notes]
    return "\n".join(lines)
