"""The decoding loop of transformers models: one batch, each row with its own settings, seed and end.

Written out instead of `model.generate()` because that draws all rows from one random stream (a text would depend on
its neighbours), computes finished rows on to the end of the longest, and hands nothing over before the last is done.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from foundation.inference.torch_cache import roomy_cache
from foundation.inference.types import Request, Stop

if TYPE_CHECKING:
    import torch

WORTHWHILE = 16
NUCLEUS = 512  # candidates looked at for top_p; a nucleus larger than that is cut there


@dataclass(eq=False)
class Row:
    """One request in a batch."""

    request: Request
    prompt: list[int]
    max_tokens: int
    written: list[int] = field(default_factory=list)
    finish: str | None = None
    draws: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget what was written, for a retry after running out of memory."""
        self.written, self.finish, self.draws = [], None, random.Random(self.request.seed)  # noqa: S311 - no secret

    def append(self, token: int, eos_ids: frozenset[int]) -> None:
        """Take one new token, and notice the end."""
        self.written.append(token)
        if token in eos_ids:
            self.finish = "stop"
        elif len(self.written) >= self.max_tokens:
            self.finish = "length"


def decode(
    model: Any, rows: Sequence[Row], eos_ids: frozenset[int], pad_id: int, stop: Stop, turn: AbstractContextManager
) -> Iterator[list[Row]]:
    """Write `rows` token by token; yields, after each step, the rows that took a token in it.

    `turn` is held while the model computes, and is free while the caller uses what was yielded. Ends when all rows
    have ended or `stop()` answers True. Raises torch.OutOfMemoryError.
    """
    import torch

    with turn, torch.inference_mode():
        batch = _Batch(model, list(rows), pad_id)
        logits = batch.prefill()
    while not stop():
        with turn, torch.inference_mode():
            tokens = batch.pick(logits)
        stepped = [row for row in batch.rows if row.finish is None]
        for row, token in zip(batch.rows, tokens, strict=True):
            if row.finish is None:
                row.append(token, eos_ids)
        yield stepped
        with turn, torch.inference_mode():
            tokens = batch.drop_finished(tokens)
            if not batch.rows:
                return
            logits = batch.forward(tokens)


class _Batch:
    """The tensors of the rows still being written: left-padded prompts, their cache, masks and settings."""

    def __init__(self, model: Any, rows: list[Row], pad_id: int) -> None:
        import torch

        self.model, self.rows, self.device, self.pad_id = model, rows, model.device, pad_id
        self.cache = roomy_cache(model.config)
        self.mask = torch.ones(0, 0)
        self.seen = torch.zeros(len(rows), model.config.get_text_config().vocab_size, dtype=torch.bool)
        for n, row in enumerate(rows):
            self.seen[n, row.prompt] = True
        self.seen = self.seen.to(self.device)
        self.settings = torch.tensor(
            [[r.request.temperature, r.request.top_p, r.request.repetition_penalty] for r in rows], device=self.device
        )

    def prefill(self) -> torch.Tensor:
        """Read the prompts; returns the next token's logits [rows, vocabulary].

        What prompts share is read once: the beginning (the same rules for each product), and all of it where a
        product is asked for several times with different seeds.
        """
        import torch

        prompts = list(dict.fromkeys(tuple(row.prompt) for row in self.rows))
        shared = shared_beginning(prompts) if len(prompts) > 1 else 0
        self.mask = torch.ones(1, shared, dtype=torch.long, device=self.device)
        if shared:
            ids = torch.tensor([prompts[0][:shared]], device=self.device)
            self._forward(ids, torch.arange(shared, device=self.device)[None])
            self.cache.batch_select_indices(torch.zeros(len(prompts), dtype=torch.long, device=self.device))
        width = max(map(len, prompts)) - shared
        padding = [width + shared - len(prompt) for prompt in prompts]
        ids = torch.tensor(
            [[self.pad_id] * pad + list(prompt[shared:]) for pad, prompt in zip(padding, prompts, strict=True)],
            device=self.device,
        )
        own = torch.arange(width, device=self.device)[None] >= torch.tensor(padding, device=self.device)[:, None]
        self.mask = torch.cat([self.mask.expand(len(prompts), -1), own.long()], dim=1)
        logits = self._forward(ids, (self.mask.cumsum(-1) - 1).clamp(min=0)[:, shared:])
        if len(prompts) == len(self.rows):
            return logits
        place = {prompt: n for n, prompt in enumerate(prompts)}
        index = torch.tensor([place[tuple(row.prompt)] for row in self.rows], device=self.device)
        self.cache.batch_select_indices(index)
        self.mask = self.mask[index]
        return logits[index]

    def forward(self, tokens: list[int]) -> torch.Tensor:
        """Read one new token a row; returns the next token's logits [rows, vocabulary]."""
        import torch

        ids = torch.tensor(tokens, device=self.device)[:, None]
        self.seen.scatter_(1, ids, True)
        self.mask = torch.cat([self.mask, self.mask.new_ones(len(tokens), 1)], dim=1)
        return self._forward(ids, self.mask.sum(-1, keepdim=True) - 1)

    def _forward(self, ids: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
        out = self.model(
            input_ids=ids,
            attention_mask=self.mask,
            position_ids=positions,
            past_key_values=self.cache,
            use_cache=True,
            logits_to_keep=1,
        )
        return out.logits[:, -1].float()

    def drop_finished(self, tokens: list[int]) -> list[int]:
        """Take ended rows out, so that nothing is computed for them; returns the other rows' tokens.

        Not one by one, because that copies the cache: once an eighth of the batch has ended.
        """
        import torch

        keep = [n for n, row in enumerate(self.rows) if row.finish is None]
        if keep and len(self.rows) - len(keep) < max(1, len(self.rows) // 8):
            return tokens
        self.rows = [self.rows[n] for n in keep]
        if keep:
            index = torch.tensor(keep, device=self.device)
            self.cache.batch_select_indices(index)
            self.mask, self.seen, self.settings = self.mask[index], self.seen[index], self.settings[index]
        return [tokens[n] for n in keep]

    def pick(self, logits: torch.Tensor) -> list[int]:
        """One token a row: the best one at temperature 0, else drawn with the row's own random numbers."""
        import torch

        temperature, top_p, penalty = self.settings.unbind(1)
        if (penalty != 1).any():
            punished = torch.where(logits < 0, logits * penalty[:, None], logits / penalty[:, None])
            logits = torch.where(self.seen, punished, logits)
        best = logits.argmax(-1)
        if not (temperature > 0).any():
            return best.tolist()
        draws = [row.draws.random() if row.request.temperature > 0 else 0.0 for row in self.rows]
        drawn = draw(logits, temperature, top_p, torch.tensor(draws, device=self.device))
        return torch.where(temperature > 0, drawn, best).tolist()


def shared_beginning(prompts: Sequence[Sequence[int]]) -> int:
    """Tokens that all prompts begin with, short of a whole prompt; 0 where it is too little to be worth a pass."""
    first, last = min(prompts, key=list), max(prompts, key=list)  # in lexical order; what these two share, all share
    length = 0
    while length < min(map(len, prompts)) - 1 and first[length] == last[length]:
        length += 1
    return length if length >= WORTHWHILE else 0


def draw(logits: torch.Tensor, temperature: torch.Tensor, top_p: torch.Tensor, uniform: torch.Tensor) -> torch.Tensor:
    """Nucleus sampling (Holtzman et al., 2020) by inverting the cumulative distribution: [rows] token ids.

    `logits` [rows, vocabulary]; `temperature`, `top_p` and `uniform` (in [0, 1)) are [rows]. A row's token depends on
    its own numbers only. The likeliest token is always in the nucleus.
    """
    whole = (logits / temperature.clamp(min=1e-5)[:, None]).softmax(-1)
    tokens = invert(whole, uniform)
    cut = top_p < 1
    if not cut.any():
        return tokens
    probabilities, candidates = whole[cut].topk(min(NUCLEUS, whole.shape[-1]), dim=-1)
    before = probabilities.cumsum(-1) - probabilities
    outside = before >= top_p[cut][:, None]
    outside[:, 0] = False
    index = invert(probabilities.masked_fill(outside, 0.0), uniform[cut])
    tokens[cut] = candidates.gather(-1, index[:, None])[:, 0]
    return tokens


def invert(weights: torch.Tensor, uniform: torch.Tensor) -> torch.Tensor:
    """The column [rows] at which a row's running sum of `weights` [rows, columns] passes its share `uniform`."""
    reached = weights.cumsum(-1)
    return (reached <= uniform[:, None] * reached[:, -1:]).sum(-1).clamp(max=weights.shape[-1] - 1)
