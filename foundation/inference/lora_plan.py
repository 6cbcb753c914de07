"""How a training runs, and what it needs; figures that a run is reproduced by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

LINEAR = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
GB = 1 << 30


class TooLittleMemory(Exception):
    """The machine can't hold the training; the message says how much it needs and what to lower."""


class Diverged(Exception):
    """The loss is no number any more; the message says what to lower."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token `ids` of a conversation; `answers` are the spans (start, end) of what the model is to say in it."""

    ids: tuple[int, ...]
    answers: tuple[tuple[int, int], ...]

    @property
    def learnt(self) -> int:
        """How many tokens are learnt."""
        return sum(end - start for start, end in self.answers)


def packed(groups: Iterable[Sequence[Encoded]], budget: int) -> list[list[Encoded]]:
    """Batches of whole groups, neighbours by length together so that little is padded; each of at most `budget`
    tokens, padding counted."""
    made: list[list[Encoded]] = []
    batch: list[Encoded] = []
    for group in sorted(groups, key=_longest):
        if batch and _longest(group) * (len(batch) + len(group)) > budget:
            made.append(batch)
            batch = []
        batch.extend(group)
    return [*made, batch] if batch else made


def _longest(group: Sequence[Encoded]) -> int:
    return max(len(one.ids) for one in group)


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings of one training. `budget` is tokens a step, padding counted; `rate` the highest learning rate."""

    rank: int = 8
    epochs: int = 3
    rate: float = 8e-4
    budget: int = 4096
    warm_up: float = 0.04
    seed: int = 17
    save_every: int = 20
    targets: tuple[str, ...] = LINEAR
    data: str = ""
    """Checksum of the training set: a resumed training must not go on with another."""
    start: str = ""
    """Checksum of the adapter that it begins with; "" begins with the bare model."""

    @property
    def shape(self) -> tuple[int, frozenset[str]]:
        """Of an adapter that it can begin with, as `adapters.shape` tells it."""
        return self.rank, frozenset(self.targets)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    def is_in(self, path: Path) -> bool:
        """Whether the plan written there is this one. A setting that it lacks has the usual value there, as before
        there was the setting; one that is not known here makes it another plan."""
        written = {**asdict(Plan()), **json.loads(path.read_text(encoding="utf-8"))}
        return json.dumps(written, sort_keys=True) == json.dumps(asdict(self), sort_keys=True)

    def memory(self, parameters: int, layers: int, width: int, inner: int, vocabulary: int, size: int) -> int:
        """Bytes at the peak of a step, estimated: weights, what the backward pass needs of each layer, the logits.

        `size` is bytes a value (4 for fp32, 2 for bf16). Of a layer's token it keeps about fourteen vectors of `width`
        and five of `inner` (inputs and outputs of the linear layers, norms, the gate), twice where an adapter copies
        its input; of the answers' tokens (half of all, at most) logits, their softmax and gradient in fp32.
        """
        kept = self.budget * layers * (14 * width + 5 * inner) * size
        logits = self.budget // 2 * vocabulary * (4 + 4 + size)
        return parameters * size + int(1.3 * kept) + logits + GB // 2


def available() -> int:
    """Bytes of memory that a process may take on this machine without swapping."""
    import psutil

    return int(psutil.virtual_memory().available)


def check_memory(needed: int, there: int, budget: int) -> None:
    """Raises `TooLittleMemory`."""
    if needed > there:
        fits = max(512, int(budget * 0.8 * there / needed) // 256 * 256)
        raise TooLittleMemory(
            f"Training with {budget} tokens a step needs about {needed / GB:.1f} GB of memory, and {there / GB:.1f} GB"
            f" are free. Close other programs or use --budget {fits}."
        )
