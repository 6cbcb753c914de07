"""`manage.py train copy`: teaches the bundled model to write from facts. After Ctrl-C or a kill it goes on later."""

from __future__ import annotations

import json
import math
import signal
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from copywriter.training import own_texts
from copywriter.training.dataset import DATA, BadExample
from copywriter.training.teaching import NothingToLearn, learn, lesson, prefer
from foundation.arguments import positive
from foundation.inference.lora import CHECKPOINT, Progress
from foundation.inference.lora_plan import Diverged, Plan, TooLittleMemory
from foundation.inference.registry import EngineSpec, build
from foundation.inference.types import InferenceError
from foundation.parts import Part
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope


def add_arguments(parser: ArgumentParser) -> None:
    usual = Plan()
    parser.add_argument("--data", type=Path, default=DATA, help="folder with the examples, *.jsonl")
    parser.add_argument("--shop", default="", help="a shop's slug: its own texts are learnt beside the examples")
    parser.add_argument("--start", type=Path, help="an adapter to begin with: far fewer steps are needed then")
    parser.add_argument(
        "--prefer", type=int, default=0, metavar="SENTENCES",
        help="have the adapter --start write so many sentences, and learn from what the check says of them",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, help="default: training/copy in the data folder, or copy-SLUG")
    parser.add_argument("--rank", type=positive, default=usual.rank, help="of the adapter's matrices")
    parser.add_argument("--epochs", type=positive, default=usual.epochs, help="times that it reads the whole set")
    parser.add_argument("--rate", type=float, default=usual.rate, help="the highest learning rate")
    parser.add_argument("--budget", type=positive, default=usual.budget, help="tokens a step; memory grows with it")
    parser.add_argument("--seed", type=int, default=usual.seed, help="of the order and of what is swapped and dropped")
    parser.add_argument("--json", action="store_true", help="one JSON object a step instead of a bar")


def handle(command: BaseCommand, options: dict[str, Any]) -> None:
    plan = Plan(**{name: options[name] for name in ("rank", "epochs", "rate", "budget", "seed")})
    told_to_stop = Event()
    signal.signal(signal.SIGINT, lambda *_: told_to_stop.set())  # the step ends, the checkpoint is written
    report = partial(_print, command) if options["json"] else _Bar()
    name = f"copy-{options['shop']}" if options["shop"] else "copy"
    out = options["out"] or Path(settings.DATA_DIR) / "training" / name
    own = _own_texts(command, options["shop"], out) if options["shop"] else None
    data_dir, start, stop = Path(settings.DATA_DIR), options["start"], told_to_stop.is_set
    if options["prefer"] and start is None:
        raise CommandError("--prefer needs --start: the adapter whose sentences are looked at.")
    try:
        this = lesson(options["data"], plan, data_dir, own, start)
        if options["prefer"]:
            engine = partial(build, EngineSpec(data_dir=data_dir, adapter=start))
            state = prefer(this, out, options["prefer"], engine, report, stop)
        else:
            state = learn(this, out, report, stop)
    except (NothingToLearn, BadExample, TooLittleMemory, Diverged, InferenceError, ValueError, OSError) as error:
        raise CommandError(str(error)) from error
    done = state.epoch == plan.epochs
    command.stdout.write(
        f"The adapter is in {out / 'adapter'}, kept loss {state.best:.3f}."
        if done
        else f"Stopped after step {state.step}. The same command goes on from here."
    )


def _own_texts(command: BaseCommand, slug: str, out: Path) -> Path:
    """The file with the shop's texts: written anew unless a training in `out` learns from it already."""
    merchant = Merchant.objects.filter(slug=slug).first()
    if merchant is None:
        raise CommandError(f"There is no shop {slug!r}: its slug is what stands after /m/ in its addresses.")
    path = out / own_texts.FILE
    if path.exists() and (out / CHECKPOINT).exists():
        command.stderr.write(f"Going on with the texts in {path}.")
        return path
    with merchant_scope(merchant):
        found = own_texts.write(path)
    command.stderr.write(f"{found.usable} of {found.looked} texts of {merchant.name} can be learnt from.")
    if not found.usable:
        raise CommandError("None of the shop's texts can be learnt from: nothing but them would be new.")
    return path


def _print(command: BaseCommand, progress: Progress) -> None:
    figures = {
        "step": progress.step, "steps": progress.steps, "kept_loss": progress.kept_loss,
        "loss": None if math.isnan(progress.loss) else round(progress.loss, 4),
        "tokens_per_second": round(progress.tokens_per_second, 1),
    }  # fmt: skip
    command.stdout.write(json.dumps(figures))
    command.stdout.flush()


class _Bar:
    """A bar of steps with the loss beside it."""

    def __init__(self) -> None:
        self.bar: tqdm[Any] | None = None

    def __call__(self, progress: Progress) -> None:
        if self.bar is None:
            self.bar = tqdm(total=progress.steps, initial=progress.step - 1, unit="step")
        if progress.kept_loss is not None:
            self.bar.write(f"step {progress.step}: kept loss {progress.kept_loss:.3f}")
            return
        self.bar.set_postfix_str(f"loss {progress.loss:.3f}, {progress.tokens_per_second:.0f} tokens/s")
        self.bar.update(progress.step - self.bar.n)


COPY = Part(
    "the bundled model; its adapter, its checkpoint and TensorBoard's curves go into one folder", add_arguments, handle
)
