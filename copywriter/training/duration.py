"""About how long a training takes on this machine: by the shop's last one, or guessed by the cores."""

from __future__ import annotations

from functools import cache

from copywriter.training.batches import drawn
from copywriter.training.dataset import DATA, read
from copywriter.training.kept import ONE_IN, split
from copywriter.training.teaching import times
from foundation.inference import hardware

TOKENS_EACH = 190
"""Of an example that an epoch learns, with its prompts; tests/copywriter/test_duration.py measures it."""
TOKENS_PER_CORE = 80.0
"""Learnt a second: half the `tokens_per_second` that `manage.py train copy --json` prints on two cores with AVX2."""


def seconds(usable: int, epochs: int, tokens_per_second: float = 0.0) -> int:
    """`tokens_per_second` as the last training measured it; 0 where none did."""
    speed = tokens_per_second or TOKENS_PER_CORE * hardware.usable_cores()
    descriptions, others = projects()
    own = usable - usable // ONE_IN  # all of them descriptions
    each = drawn(descriptions + own * times(descriptions + others, own), others)
    return int(each * TOKENS_EACH * epochs / speed)


@cache
def projects() -> tuple[int, int]:
    """How many of the project's own examples are learnt from: descriptions, and other texts."""
    learnt, _kept = split(read(sorted(DATA.glob("*.jsonl"))))
    descriptions = sum(example.brief.kind == "description" for example in learnt)
    return descriptions, len(learnt) - descriptions
