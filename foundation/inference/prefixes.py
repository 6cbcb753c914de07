"""Which prompts wait a step, so that what they share with another is computed once.

OpenVINO's prefix cache gives a prompt the blocks that were computed before it is added. Prompts that are added
together therefore share nothing, not even when they are equal, as a product's candidates are: 16 equal prompts of 200
tokens took 13.9 s of processor time added at once and 1.4 s added after the first. So a prompt is held back while a
beginning that it shares with a prompt just being read is still to be computed.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence

BLOCK = 32  # tokens of a cache block on a CPU; only whole blocks are shared
REMEMBERED = 50_000  # blocks thought of as computed. Where OpenVINO forgot one sooner, it is computed again, no more


class PrefixGate:
    """Knows which beginnings are computed and which are being computed. Used by the engine's thread alone."""

    def __init__(self) -> None:
        self._computed: OrderedDict[int, None] = OrderedDict()
        self._pending: Counter[int] = Counter()

    def may_start(self, blocks: Sequence[int]) -> bool:
        """Whether waiting would save nothing: no more is shared with prompts being read than is computed already."""
        return _leading(blocks, self._pending) <= _leading(blocks, self._computed)

    def started(self, blocks: Sequence[int]) -> None:
        """A prompt was added to the pipeline."""
        self._pending.update(blocks)

    def computed(self, blocks: Sequence[int]) -> None:
        """A prompt was read: the first token after it is there."""
        self.abandoned(blocks)
        for block in blocks:
            self._computed[block] = None
            self._computed.move_to_end(block)
        while len(self._computed) > REMEMBERED:
            self._computed.popitem(last=False)

    def abandoned(self, blocks: Sequence[int]) -> None:
        """A prompt was dropped before it was read."""
        self._pending.subtract(blocks)
        for block in blocks:
            if self._pending[block] <= 0:
                del self._pending[block]


def blocks_of(ids: Sequence[int]) -> tuple[int, ...]:
    """A name for each beginning of whole blocks, shortest first: equal names, equal tokens up to there."""
    names: list[int] = []
    for start in range(0, len(ids) - BLOCK + 1, BLOCK):
        names.append(hash((names[-1] if names else 0, *ids[start : start + BLOCK])))
    return tuple(names)


def _leading(blocks: Sequence[int], known: Counter[int] | OrderedDict[int, None]) -> int:
    return next((n for n, block in enumerate(blocks) if block not in known), len(blocks))
