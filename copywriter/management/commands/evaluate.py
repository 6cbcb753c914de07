"""`manage.py evaluate evidence`: how good a part of the copywriter is, as figures. Each part is a subcommand."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from copywriter.evaluation import Score, evidence_scores, read_labelled

LABELLED = Path(settings.BASE_DIR) / "tests" / "evidence"


class Command(BaseCommand):
    help = "Measure a part of the copywriter on labelled data and print the figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
        evidence = parts.add_parser("evidence", help="precision and recall of “unbacked” on hand-labelled sentences")
        evidence.add_argument(
            "--data", type=Path, default=LABELLED, help="folder with labelled.jsonl and products.json"
        )
        evidence.add_argument(
            "--errors", action="store_true", help="list the sentences judged wrongly, held-out ones too"
        )
        evidence.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        PARTS[options["part"]](self, options)

    def evidence(self, options: dict[str, Any]) -> None:
        try:
            scores = evidence_scores(read_labelled(options["data"]))
        except FileNotFoundError as error:
            raise CommandError(
                f"There is no labelled data at {error.filename}. Name its folder with --data."
            ) from error
        for score in scores:
            if options["json"]:
                self.stdout.write(json.dumps(score.as_json(with_errors=options["errors"])))
            else:
                self.stdout.write(_line(score))
                if options["errors"]:
                    self.stdout.write("".join(f"    {wrong}\n" for wrong in score.wrong), ending="")


PARTS: dict[str, Callable[[Command, dict[str, Any]], None]] = {"evidence": Command.evidence}


def _line(score: Score) -> str:
    return (
        f"{score.split:<6} {score.total:>4} sentences   precision {score.precision:.3f}   recall {score.recall:.3f}"
        f"   ({score.false_alarms} false alarms, {score.misses} missed)"
    )
