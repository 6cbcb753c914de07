"""Direct preference optimisation (Rafailov et al. 2023, arXiv:2305.18290) of a LoRA adapter on its own answers.

Each batch holds pairs of conversations one after the other, the better first. The likelihood of the better one is kept
up beside (Pang et al. 2024, arXiv:2404.19733), or both answers of a pair could become unlikely together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foundation.inference.lora import Batches, State, Trainer
from foundation.inference.lora_plan import Encoded

if TYPE_CHECKING:
    import torch

BETA = 0.1
"""How far from the adapter that it began with the model may go; less is farther."""
LIKELY = 0.3
"""Weight of the better answer's likelihood."""


class PreferenceTrainer(Trainer):
    """`Trainer` on pairs; it needs the adapter to begin with, because the loss compares with what that one says."""

    def prefer(self, batches: Batches, held: Batches) -> State:
        """Learns all `batches` in each epoch. Raises what `run` does."""
        self._pairs = [*batches, *held]
        self._before: dict[Encoded, float] = {}
        return self.run(lambda _epoch: batches, held)

    def _resume(self) -> None:
        """First, while the weights are those it begins with: what they say of each answer."""
        import torch

        self.model.eval()
        with torch.inference_mode():
            for batch in self._pairs:
                self._before |= dict(zip(batch, self._told(batch)[0].tolist(), strict=True))
        super()._resume()

    def _loss(self, batch: Sequence[Encoded]) -> torch.Tensor:
        import torch

        told, tokens = self._told(batch)
        gained = told - torch.tensor([self._before[one] for one in batch], device=told.device)
        preferred = torch.nn.functional.logsigmoid(BETA * (gained[0::2] - gained[1::2])).mean()
        return -preferred - LIKELY * told[0::2].sum() / tokens[0::2].sum()
