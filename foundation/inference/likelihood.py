"""How much texts surprise a model: what a training's use is told by, before and after."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from foundation.inference import hardware
from foundation.inference.lora_plan import Encoded

LONGEST = 1024
"""Tokens that are read of a text: a longer one would take gigabytes."""


def mean_loss(model: Path, adapter: Path | None, texts: Sequence[Encoded]) -> float:
    """Mean negative log-likelihood in nats of the answers' tokens, the prompts' not counted; NaN of none.

    `model` as `from_pretrained` reads it, `adapter` a folder as peft writes it, or None for the model as it is. In
    fp32, so that two adapters compare whatever the chip. A token that nothing stands before is not counted.
    """
    hardware.calm_threads()
    import torch
    from transformers import AutoModelForCausalLM

    if not texts:
        return math.nan
    device = "cuda" if torch.cuda.is_available() else "cpu"
    base: Any = AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32)
    if adapter is not None:
        from peft import PeftModel

        base = PeftModel.from_pretrained(base, str(adapter))
    loaded = base.to(device).eval()
    total, count = 0.0, 0
    for one in texts:
        ids = torch.tensor([one.ids[:LONGEST]], device=device)
        said = torch.zeros(ids.shape[1] - 1, dtype=torch.bool, device=device)  # of each token but the first
        for start, end in one.answers:
            said[max(start, 1) - 1 : end - 1] = True
        with torch.inference_mode():
            logits = loaded(input_ids=ids, use_cache=False).logits[0, :-1][said].float()
            total += float(torch.nn.functional.cross_entropy(logits, ids[0, 1:][said], reduction="sum"))
        count += int(said.sum())
    return total / count if count else math.nan
