"""A training of the bundled model on the set: what `manage.py train copy` and the job `copy.train` run."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from copywriter.training import preferring
from copywriter.training.augmenting import Pair
from copywriter.training.batches import encode, epoch
from copywriter.training.dataset import Example, read
from copywriter.training.kept import split
from foundation.inference import adapters, bundled
from foundation.inference.chat import ChatTokenizer
from foundation.inference.lora import Progress, State, Trainer
from foundation.inference.lora_plan import Encoded, Plan, packed
from foundation.inference.preferences import PreferenceTrainer
from foundation.inference.types import Generator, Stop

ONE_IN = 10
"""Pairs of which one is kept to measure by."""
OWN_SHARE, OWN_MOST = 3, 4
"""A shop's own examples are learnt several times an epoch, each time varied otherwise, until they make up about a third
of the project's; at most so many times."""


class NothingToLearn(Exception):
    """No examples, or next to no mistakes."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learnt and what is kept. `own_held` is the part of `held` that is the shop's own; maybe nothing.

    `start` is the adapter that it begins with.
    """

    model: Path
    start: Path | None
    plan: Plan
    tokenizer: ChatTokenizer
    learnt: tuple[Pair, ...]
    held: list[list[Encoded]]
    own_held: list[Encoded]


def lesson(data: Path, plan: Plan, data_dir: Path, own: Path | None = None, start: Path | None = None) -> Lesson:
    """The examples of `data/*.jsonl`, and a shop's own of the file `own`.

    Raises `NothingToLearn`, `BadExample`, and InferenceError where the bundled model is missing.
    """
    paths = sorted(data.glob("*.jsonl"))
    learnt, kept = split(read(paths))
    if not learnt:
        raise NothingToLearn(f"{data} holds no examples: one JSON object a line, in files that end in .jsonl.")
    own_learnt, own_kept = split(read([own] if own else []))
    model = bundled.torch_folder(data_dir)
    tokenizer = ChatTokenizer.from_folder(model)

    def held(examples: Sequence[Example]) -> list[Encoded]:
        rng = random.Random(plan.seed)  # noqa: S311 - no secret is drawn
        encoded = [encode(pair, tokenizer, rng) for pair in _pairs(examples)]
        return [one for one in encoded if one.answers]

    return Lesson(
        model=model,
        start=start,
        plan=replace(
            plan,
            data=checksum([*paths, own] if own else paths),
            start=adapters.checksum(start) if start else "",
        ),
        tokenizer=tokenizer,
        learnt=tuple(_pairs([*learnt, *own_learnt * times(len(learnt), len(own_learnt))])),
        held=packed([(one,) for one in held([*kept, *own_kept])], plan.budget),
        own_held=held(own_kept),
    )


def times(projects: int, own: int) -> int:
    """How often each of a shop's own examples is learnt in an epoch."""
    return min(OWN_MOST, max(1, projects // (OWN_SHARE * own))) if own else 0


def learn(this: Lesson, folder: Path, report: Callable[[Progress], None], stop: Callable[[], bool]) -> State:
    """Learns into `folder`, or goes on with what stands there.

    Raises `TooLittleMemory`, and ValueError where `folder` holds another training.
    """
    trainer = Trainer(this.model, folder, this.plan, report, stop, this.start)
    plan = this.plan
    return trainer.run(partial(epoch, this.learnt, this.tokenizer, plan.budget, plan.seed), this.held)


def prefer(
    this: Lesson,
    folder: Path,
    count: int,
    engine: Callable[[], Generator],
    report: Callable[[Progress], None],
    stop: Stop,
) -> State:
    """Asks the `engine` for about `count` sentences, once, and learns to prefer those that may stand to those that the
    check refuses; of the pairs that come of it a tenth is kept. The engine writes with the lesson's `start`.

    Raises what `learn` does, `NothingToLearn` where the model makes no mistake, and `InferenceError`.
    """
    path, plan = folder / preferring.FILE, this.plan
    if not path.exists():
        with closing(engine()) as writer:
            found = list(preferring.preferences(this.learnt, count, writer, plan.seed, stop))
        if stop():
            return State()
        preferring.write(path, found)
    pairs = [preferring.encode(one, this.tokenizer) for one in preferring.read(path)]
    if len(pairs) < ONE_IN:
        raise NothingToLearn(f"Of {count} sentences next to none is refused: there is nothing to unlearn.")
    plan = replace(plan, data=checksum([path]))
    trainer = PreferenceTrainer(this.model, folder, plan, report, stop, this.start)
    learnt = packed([pair for number, pair in enumerate(pairs) if number % ONE_IN], plan.budget)
    random.Random(plan.seed).shuffle(learnt)  # noqa: S311 - no secret is drawn
    return trainer.prefer(learnt, packed(pairs[::ONE_IN], plan.budget))


def checksum(paths: Sequence[Path]) -> str:
    """Of the files' names and contents, in their order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _pairs(examples: Sequence[Example]) -> list[Pair]:
    return [Pair(example.brief, example.facts, example.text) for example in examples]
