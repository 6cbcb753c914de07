"""A training of the bundled model on the set: what `manage.py train copy` runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from copywriter.training.augmenting import Pair
from copywriter.training.batches import encode, epoch, packed
from copywriter.training.dataset import Example, read
from copywriter.training.kept import split
from foundation.inference import bundled
from foundation.inference.chat import ChatTokenizer
from foundation.inference.lora import Progress, State, Trainer
from foundation.inference.lora_plan import Plan


class NothingToLearn(Exception):
    """The folder holds no examples."""


def teach(
    data: Path, folder: Path, plan: Plan, data_dir: Path, report: Callable[[Progress], None], stop: Callable[[], bool]
) -> State:
    """Learns the examples of `data/*.jsonl` into `folder`, or goes on with what stands there.

    Raises `NothingToLearn`, `BadExample`, `TooLittleMemory`, and ValueError where `folder` holds another training.
    """
    paths = sorted(data.glob("*.jsonl"))
    learnt, kept = split(read(paths))
    if not learnt:
        raise NothingToLearn(f"{data} holds no examples: one JSON object a line, in files that end in .jsonl.")
    plan = replace(plan, data=checksum(paths))
    model = bundled.torch_folder(data_dir)
    tokenizer = ChatTokenizer.from_folder(model)
    held = list(packed([encode(pair, tokenizer) for pair in _pairs(kept)], plan.budget))
    trainer = Trainer(model, folder, plan, report, stop)
    return trainer.run(partial(epoch, _pairs(learnt), tokenizer, plan.budget, plan.seed), held)


def checksum(paths: Sequence[Path]) -> str:
    """Of the files' names and contents, in their order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _pairs(examples: Sequence[Example]) -> list[Pair]:
    return [Pair(example.brief, example.facts, example.text) for example in examples]
