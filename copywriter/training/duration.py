"""About how long a training takes on this machine: by the shop's last one, or guessed by the cores."""

from __future__ import annotations

from functools import cache

from copywriter.training.dataset import DATA
from copywriter.training.teaching import times
from foundation.inference import hardware

TOKENS_EACH = 150
"""Of an example, with its prompt."""
TOKENS_PER_CORE = 60.0
"""Learnt a second, as two cores with AVX2 do."""


def seconds(usable: int, epochs: int, tokens_per_second: float = 0.0) -> int:
    """`tokens_per_second` as the last training measured it; 0 where none did."""
    speed = tokens_per_second or TOKENS_PER_CORE * hardware.usable_cores()
    examples = projects() + usable * times(projects(), usable)
    return int(examples * TOKENS_EACH * epochs / speed)


@cache
def projects() -> int:
    """How many examples the project's own set has."""
    return sum(path.read_bytes().count(b"\n") for path in DATA.glob("*.jsonl"))
