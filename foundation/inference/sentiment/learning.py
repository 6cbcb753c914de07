"""Fine-tuning of the encoder and its head: AdamW, lower layers slower, batches of texts of like length."""

from __future__ import annotations

import math
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foundation.inference import hardware
from foundation.inference.lora import rate_share
from foundation.inference.lora_plan import Diverged
from foundation.inference.sentiment import base, targets
from foundation.inference.sentiment.network import Network, Tokens, base_weights
from foundation.inference.sentiment.targets import Target

if TYPE_CHECKING:
    import torch

Example = tuple[str, Target]
NEIGHBOURS = 25  # batches' worth of texts that are sorted by length among each other
_LAYER = re.compile(r"encoder\.layer\.(\d+)\.")


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings of one training. `rate` is the top layer's highest; a layer below learns `slower` times as fast.

    The word embeddings and the `frozen` lowest layers stay as they are: few rows would only teach the words that they
    happen to hold, and what is not learnt costs no backward pass.
    """

    epochs: int = 2
    rate: float = 8e-5
    head_rate: float = 1e-3
    slower: float = 0.9
    batch: int = 32
    tokens: int = 160
    dropout: float = 0.1
    warm_up: float = 0.06
    seed: int = 17
    rank: int = 32
    frozen: int = 2


@dataclass(frozen=True, slots=True)
class Step:
    """After one step: its loss in nats a text, and texts learnt a second so far."""

    step: int
    steps: int
    loss: float
    texts_per_second: float


class Learner:
    """One training of `network`, the same for the same plan, texts, machine and number of threads."""

    def __init__(self, plan: Plan, threads: int | None = None) -> None:
        hardware.calm_threads()
        import torch

        self.plan = plan
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        if self.device == "cpu":
            torch.set_num_threads(threads or hardware.usable_cores())
        torch.manual_seed(plan.seed)
        folder = base.folder()
        self.network = Network(folder, base_weights(folder), plan.dropout).to(self.device, torch.float32)
        self._tokens = Tokens(folder, plan.tokens)
        encoder = self.network.encoder
        for part in (encoder.embeddings, *encoder.encoder.layer[: plan.frozen]):
            for weight in part.parameters():
                weight.requires_grad = False
        self._groups = list(self._parameter_groups())
        self._optimizer = torch.optim.AdamW(self._groups, betas=(0.9, 0.99))

    def run(self, examples_of: Callable[[int], Sequence[Example]], report: Callable[[Step], None]) -> Network:
        """Learns `examples_of(epoch)` for every epoch; every epoch has to give as many. Raises `Diverged`."""
        for module in self.network.modules():
            module.train()
        step, begun, learnt = 0, time.perf_counter(), 0
        for epoch in range(self.plan.epochs):
            batches = self._batches(examples_of(epoch), epoch)
            steps = len(batches) * self.plan.epochs
            for rows, wanted in batches:
                loss = self._learn(rows, wanted, rate_share(step, steps, self.plan.warm_up))
                step, learnt = step + 1, learnt + len(rows)
                if not math.isfinite(loss):
                    raise Diverged(f"In step {step} the loss is no number any more. Use a lower --rate.")
                report(Step(step, steps, loss, learnt / (time.perf_counter() - begun)))
        for module in self.network.modules():
            module.eval()
        return self.network

    def _batches(self, examples: Sequence[Example], epoch: int) -> list[tuple[list[list[int]], list[Target]]]:
        chance = random.Random(f"{self.plan.seed}-{epoch}")  # noqa: S311 - an order that can be had again
        mixed = chance.sample(list(examples), len(examples))
        rows, wanted, size = self._tokens([text for text, _ in mixed]), [one for _, one in mixed], self.plan.batch
        made: list[list[int]] = []
        for start in range(0, len(rows), size * NEIGHBOURS):
            near = sorted(range(start, min(len(rows), start + size * NEIGHBOURS)), key=lambda i: len(rows[i]))
            made += [near[i : i + size] for i in range(0, len(near), size)]
        chance.shuffle(made)
        return [([rows[i] for i in batch], [wanted[i] for i in batch]) for batch in made]

    def _learn(self, rows: list[list[int]], wanted: list[Target], share: float) -> float:
        import torch

        for group in self._groups:
            group["lr"] = group["highest"] * share
        loss = surprise_of(self.network.logits(rows), wanted)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([weight for group in self._groups for weight in group["params"]], 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        return float(loss.detach())

    def _parameter_groups(self) -> Iterator[dict[str, Any]]:
        last = self.network.encoder.config.num_hidden_layers - 1
        for name, weight in self.network.encoder.named_parameters():
            if weight.requires_grad:
                layer = _LAYER.match(name)
                below = last - int(layer[1]) if layer else last + 1
                yield _group(weight, self.plan.rate * self.plan.slower**below)
        for weight in self.network.head.parameters():
            yield _group(weight, self.plan.head_rate)


def _group(weight: Any, rate: float) -> dict[str, Any]:
    decay = 0.01 if weight.ndim > 1 else 0.0
    return {"params": [weight], "lr": rate, "highest": rate, "weight_decay": decay}


def surprise_of(logits: torch.Tensor, wanted: Sequence[Target]) -> torch.Tensor:
    """Mean of −Σ groups·log p(group) − Σ stars·log p(star | its group): of a rating its cross-entropy, of a class
    only that it is this class."""
    import torch

    told = torch.log_softmax(logits, dim=-1)
    sums = torch.stack(
        [
            torch.logsumexp(told[:, [i for i in range(targets.STARS) if targets.GROUP_OF[i] == group]], dim=-1)
            for group in range(len(targets.LABELS))
        ],
        dim=-1,
    )
    groups = torch.tensor([one.groups for one in wanted], device=logits.device)
    stars = torch.tensor([one.stars for one in wanted], device=logits.device)
    within = told - sums[:, list(targets.GROUP_OF)]
    return -((groups * sums).sum(dim=-1) + (stars * within).sum(dim=-1)).mean()
