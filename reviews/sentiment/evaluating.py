"""`manage.py evaluate sentiment FILE --text-column T --label-column L`: figures on a file that somebody labelled."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.inference.types import Classifier, InferenceError
from foundation.parts import Part
from reviews.sentiment.labels import LabelsUnknown, understood
from reviews.sentiment.measuring import figures
from reviews.sentiment.shipped import MODEL, classifier
from reviews.sentiment.table import ColumnsMissing, Labelled, labelled

WARM_UP = 8
"""Texts classified before the clock runs: the first batch pays for memory that later ones use again."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV, TSV or XLSX with a header")
    parser.add_argument("--text-column", required=True, help="the column with the texts")
    parser.add_argument("--label-column", required=True, help="0 and 1, stars from 1 to 5, or words like positive")
    parser.add_argument("--model", type=Path, default=MODEL, help="another folder that `train sentiment` wrote")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def handle(command: BaseCommand, options: dict[str, Any]) -> None:
    try:
        rows = labelled(options["file"], options["text_column"], options["label_column"])
        found = evaluate(rows, classifier(options["model"]))
    except (ColumnsMissing, LabelsUnknown, InferenceError, OSError) as error:
        raise CommandError(str(error)) from error
    command.stdout.write(json.dumps(found) if options["json"] else "\n".join(f"{k:<20} {v}" for k, v in found.items()))


def evaluate(rows: Labelled, model: Classifier) -> dict[str, Any]:
    """The figures, and how fast they came; loading the model is not counted. Raises `LabelsUnknown`."""
    labels = understood(rows.cells)
    model.classify(rows.texts[:WARM_UP])
    begun = time.perf_counter()
    probabilities = model.classify(rows.texts)
    seconds = time.perf_counter() - begun
    return {
        **figures(probabilities, labels),
        "texts_per_second": round(len(rows.texts) / seconds, 1),
        "texts": len(rows.texts),
        "skipped": rows.skipped,
        "labels": labels.scheme,
        "model": model.name,
    }


SENTIMENT = Part("how often the sentiment of texts is right, on a file with labels", add_arguments, handle)
