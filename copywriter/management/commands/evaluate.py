"""`manage.py evaluate evidence` and `evaluate copy`: how good the copywriter is, as figures. A subcommand a part."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog.errors import CatalogError
from copywriter.briefs import KINDS, LENGTHS, TONES, Brief
from copywriter.describing_a_file import DescribingFailed
from copywriter.evaluating import copy, samples
from copywriter.evaluating.evidence import Score, evidence_scores, read_labelled
from copywriter.writer import FEWEST_FACTS, USUAL
from foundation.arguments import positive
from foundation.inference.registry import ENGINES, EngineSpec
from foundation.inference.types import InferenceError

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
        _copy_arguments(parts.add_parser("copy", help="what the model writes for a catalog, taught and untaught"))

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

    def copy(self, options: dict[str, Any]) -> None:
        try:
            chosen = _samples(options, self.stderr.write)
            if not chosen:
                fewest = options["facts"] or FEWEST_FACTS
                raise CommandError(f"No product has {fewest} facts besides title and tags: there is nothing to judge.")
            figures = copy.evaluate(chosen, _spec(options), not options["no_base"], options["texts"])
        except (CatalogError, DescribingFailed, InferenceError, OSError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(figures))
        else:
            self.stdout.write("\n".join(_table(figures)))


def _copy_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("catalog", type=Path, nargs="?", help="a catalog file as a shop exports it")
    parser.add_argument("--kept", action="store_true", help="the kept tenth of the training set instead of a catalog")
    parser.add_argument("--limit", type=positive, help="judge the first so many products only")
    parser.add_argument("--kind", choices=KINDS, help="usual: description; with --kept all kinds")
    parser.add_argument("--length", choices=LENGTHS, help="of a description; usual: long, as far as the facts carry")
    parser.add_argument("--tone", choices=TONES, help="usual: plain")
    parser.add_argument(
        "--facts", type=int, help=f"judge products with at least so many; usual: {samples.USABLE}, or what there is"
    )
    parser.add_argument("--hide-descriptions", action="store_true", help="the shop's own texts are no facts then")
    parser.add_argument("--adapter", type=Path, help="another adapter than the shipped one")
    parser.add_argument("--engine", choices=ENGINES, help="another engine than the configured one")
    parser.add_argument("--no-base", action="store_true", help="do not write it all again without the adapter")
    parser.add_argument("--texts", type=Path, help="write the texts there, one JSON object a line, to be read")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def _samples(options: dict[str, Any], say: Callable[[str], Any]) -> list[samples.Sample]:
    """Of a catalog whose sheets are all thin, those that the writer writes of at all."""
    if options["kept"]:
        if options["length"] or options["tone"]:
            raise CommandError(
                "The examples of --kept have their own lengths and tones. Leave out --length and --tone."
            )
        return samples.of_kept_examples(options["limit"], options["kind"])
    if options["catalog"] is None:
        raise CommandError("Name a catalog, or use --kept.")
    if not options["catalog"].is_file():
        raise CommandError(f"There is no file {options['catalog']}. Name a catalog, or use --kept.")
    brief = _brief(options["kind"] or USUAL.kind, options["length"], options["tone"] or USUAL.tone)
    found = partial(samples.of_catalog, options["catalog"], options["limit"], brief, options["hide_descriptions"])
    if options["facts"] is not None:
        return found(options["facts"])
    if not (chosen := found(samples.USABLE)) and (chosen := found(FEWEST_FACTS)):
        say(f"No product has {samples.USABLE} facts besides title and tags: those with {FEWEST_FACTS} are judged.")
    return chosen


def _brief(kind: str, length: str | None, tone: str) -> Brief:
    """What jobs write, but for what the caller wants otherwise."""
    if kind == "description":
        return Brief(kind, length or USUAL.length, tone)
    if length:
        raise CommandError("Only a description has a length. Leave out --length.")
    return Brief(kind, "", tone)


def _spec(options: dict[str, Any]) -> EngineSpec:
    """The engine that jobs use, but for what the caller wants otherwise."""
    spec = EngineSpec(data_dir=settings.DATA_DIR, **settings.INFERENCE_ROLES["copy"])
    other = {name: options[name] for name in ("adapter", "engine") if options[name]}
    return replace(spec, **other)


def _table(figures: dict[str, Any]) -> Iterator[str]:
    """The figures, and those of the base model beside them."""
    base = figures.pop("base", {})
    for name, value in figures.items():
        yield f"{name:<24} {value!s:>24} {base.get(name, '')!s:>24}".rstrip()


PARTS: dict[str, Callable[[Command, dict[str, Any]], None]] = {"evidence": Command.evidence, "copy": Command.copy}


def _line(score: Score) -> str:
    return (
        f"{score.split:<6} {score.total:>4} sentences   precision {score.precision:.3f}   recall {score.recall:.3f}"
        f"   ({score.false_alarms} false alarms, {score.misses} missed)"
    )
