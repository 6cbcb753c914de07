"""`manage.py train sentiment`: teaches the sentiment classifier on the rows with an open licence."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from foundation.arguments import positive
from foundation.inference.lora_plan import Diverged
from foundation.inference.sentiment.learning import Plan, Step
from foundation.inference.types import InferenceError
from foundation.parts import Part
from reviews.sentiment.rows import RowsMissing, read
from reviews.sentiment.training import as_json, table, train

DATA = Path("..") / "shared" / "data"


def add_arguments(parser: ArgumentParser) -> None:
    usual = Plan()
    parser.add_argument(
        "--data", type=Path, default=DATA, help="folder with the open rows: womens_clothing.csv, uci/ …"
    )
    parser.add_argument("--out", type=Path, help="default: training/sentiment in the data folder")
    parser.add_argument("--epochs", type=positive, default=usual.epochs, help="times that it reads all rows")
    parser.add_argument("--rate", type=float, default=usual.rate, help="the highest learning rate of the top layer")
    parser.add_argument("--rank", type=positive, default=usual.rank, help="of what is kept of each matrix's change")
    parser.add_argument("--seed", type=int, default=usual.seed, help="of the order, and of what is made of the rows")
    parser.add_argument("--threads", type=positive, help="default: all cores that this process may use")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a bar and a table")


def handle(command: BaseCommand, options: dict[str, Any]) -> None:
    plan = Plan(**{name: options[name] for name in ("epochs", "rate", "rank", "seed")})
    out = options["out"] or Path(settings.DATA_DIR) / "training" / "sentiment"
    bar = _Bar()
    try:
        taught = train(read(options["data"]), plan, out, bar, options["threads"])
    except (RowsMissing, Diverged, InferenceError, OSError) as error:
        raise CommandError(str(error)) from error
    finally:
        bar.close()
    if options["json"]:
        command.stdout.write(json.dumps(as_json(taught)))
        return
    command.stdout.write("\n".join(table(taught)))
    command.stdout.write(f"Learnt from {taught.learnt} rows, temperature {taught.temperature}. The model is in {out}.")


class _Bar:
    """Of steps with the loss beside it, on stderr."""

    def __init__(self) -> None:
        self.bar: tqdm[Any] | None = None

    def __call__(self, step: Step) -> None:
        if self.bar is None:
            self.bar = tqdm(total=step.steps, unit="step", mininterval=1)
        self.bar.set_postfix_str(f"loss {step.loss:.3f}, {step.texts_per_second:.0f} texts/s", refresh=False)
        self.bar.update(step.step - self.bar.n)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()


SENTIMENT = Part("the classifier that tells negative, neutral and positive reviews", add_arguments, handle)
