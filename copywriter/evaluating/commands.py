"""`manage.py evaluate evidence` and `evaluate copy`: how good the copywriter is, as figures. A subcommand a part."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog.errors import CatalogError
from copywriter import services
from copywriter.describing_a_file import DescribingFailed
from copywriter.evaluating import asked, confidence
from copywriter.evaluating.asked import Unasked
from copywriter.evaluating.copy import Wanted, evaluate
from copywriter.evaluating.evidence import Score, evidence_scores, read_labelled
from copywriter.evaluating.printed import Bars, printed, table
from foundation.inference.registry import EngineSpec
from foundation.inference.types import InferenceError
from foundation.parts import Part

LABELLED = Path(settings.BASE_DIR) / "tests" / "evidence"


def _evidence_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=LABELLED, help="folder with labelled.jsonl and products.json")
    parser.add_argument("--errors", action="store_true", help="list the sentences judged wrongly, held-out ones too")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def _confidence_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def _evidence(command: BaseCommand, options: dict[str, Any]) -> None:
    try:
        scores = evidence_scores(read_labelled(options["data"]))
    except FileNotFoundError as error:
        raise CommandError(f"There is no labelled data at {error.filename}. Name its folder with --data.") from error
    for score in scores:
        if options["json"]:
            command.stdout.write(json.dumps(score.as_json(with_errors=options["errors"])))
        else:
            command.stdout.write(_line(score))
            if options["errors"]:
                command.stdout.write("".join(f"    {wrong}\n" for wrong in score.wrong), ending="")


def _confidence(command: BaseCommand, options: dict[str, Any]) -> None:
    for found in confidence.figures(list(confidence.read())):
        line = json.dumps(found) if options["json"] else "   ".join(f"{name} {value}" for name, value in found.items())
        command.stdout.write(line)


def _copy(command: BaseCommand, options: dict[str, Any]) -> None:
    try:
        with asked.shop_of(options) as shop:
            guided = asked.guidance(options)
            groups = asked.groups(options, guided.tone, command.stderr.write)
            wanted = partial(Wanted, groups, guided, options["texts"])
            with Bars({kind: len(chosen) for kind, chosen in groups.items()}) as bars:
                found = evaluate(wanted(bars), _spec(options), not options["no_base"])
            if shop is not None:
                services.keep_evaluation(found, options["voice"] or "")
    except (CatalogError, DescribingFailed, InferenceError, OSError, Unasked) as error:
        raise CommandError(str(error)) from error
    command.stdout.write(json.dumps(printed(found)) if options["json"] else "\n".join(table(found)))


def _spec(options: dict[str, Any]) -> EngineSpec:
    """The engine that jobs use, but for what the caller wants otherwise."""
    spec = EngineSpec(data_dir=settings.DATA_DIR, **settings.INFERENCE_ROLES["copy"])
    other = {name: options[name] for name in ("adapter", "engine") if options[name]}
    return replace(spec, **other)


def _line(score: Score) -> str:
    return (
        f"{score.split:<6} {score.total:>4} sentences   precision {score.precision:.3f}   recall {score.recall:.3f}"
        f"   ({score.false_alarms} false alarms, {score.misses} missed)"
    )


PARTS = {
    "evidence": Part("precision and recall of “unbacked” on hand-labelled sentences", _evidence_arguments, _evidence),
    "copy": Part("what the model writes for a catalog, taught and untaught", asked.add_arguments, _copy),
    "confidence": Part("how well confidence tells publishable texts from others", _confidence_arguments, _confidence),
}
