"""How little a text surprises a model that was given its prompt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from foundation.inference import hardware
from foundation.inference.chat import ChatTokenizer
from foundation.inference.types import Message

LONGEST = 1024


def perplexity(folder: Path, pairs: Sequence[tuple[Sequence[Message], str]]) -> float:
    """exp of the mean negative log-likelihood a token of the texts (Jelinek et al. 1977), the prompts' not counted.

    `folder` as `from_pretrained` reads it; of prompt and text together LONGEST tokens are read. Raises ValueError of
    no pairs.
    """
    hardware.calm_threads()
    import torch
    from transformers import AutoModelForCausalLM

    if not pairs:
        raise ValueError("perplexity of no texts")
    tokenizer = ChatTokenizer.from_folder(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    total, count = 0.0, 0
    for messages, text in pairs:
        prompt = tokenizer.encode(messages)
        answer = [*tokenizer.tokenizer.encode(text, add_special_tokens=False).ids, min(tokenizer.eos_ids)]
        ids = torch.tensor([[*prompt, *answer][:LONGEST]])
        first = min(len(prompt), ids.shape[1] - 1)
        with torch.inference_mode():
            logits = model(ids).logits[0, first - 1 : -1].float()
            total += float(torch.nn.functional.cross_entropy(logits, ids[0, first:], reduction="sum"))
        count += ids.shape[1] - first
    return math.exp(total / count)
