"""A LoRA adapter as plain matrices to add to a model's weights (Hu et al. 2021, arXiv:2106.09685).

Merged once into what each engine loads, an adapter costs nothing while the model writes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from foundation.inference.types import InferenceError

if TYPE_CHECKING:
    import numpy as np

WEIGHTS, CONFIG, SUMS = "adapter_model.safetensors", "adapter_config.json", "SHA256SUMS"
_PEFT_NAME = re.compile(r"(?:base_model\.model\.)?(.+)\.lora_A\.weight")
_LAYER = re.compile(r"model\.layers\.(\d+)\.(?:self_attn|mlp)\.(\w+)\.weight")
_GGUF = {
    "q_proj": "attn_q", "k_proj": "attn_k", "v_proj": "attn_v", "o_proj": "attn_output", "gate_proj": "ffn_gate",
    "up_proj": "ffn_up", "down_proj": "ffn_down",
}  # fmt: skip
Deltas = dict[str, Callable[[], "np.ndarray"]]


class AdapterDamaged(InferenceError):
    """The adapter's files are missing, or not what the engines can merge."""


def checksum(folder: Path) -> str:
    """Of both files: a model built with another adapter is another model.

    Raises `AdapterDamaged` where one is missing, or is not what `SHA256SUMS` beside it says.
    """
    digest, sums = hashlib.sha256(), _sums(folder)
    for name in (CONFIG, WEIGHTS):
        path = folder / name
        if not path.is_file():
            raise AdapterDamaged(f"{path} is missing. Restore it, or unset COPY_ADAPTER.")
        content = path.read_bytes()
        if sums.get(name, found := hashlib.sha256(content).hexdigest()) != found:
            raise AdapterDamaged(f"{path} is not what {SUMS} beside it says. Restore it, or unset COPY_ADAPTER.")
        digest.update(content)
    return digest.hexdigest()


def rank(folder: Path) -> int:
    """The width of its matrices; 0 where the folder holds no readable adapter."""
    try:
        return int(json.loads((folder / CONFIG).read_text(encoding="utf-8")).get("r", 0))
    except (OSError, ValueError):
        return 0


def seal(folder: Path) -> None:
    """Write `SHA256SUMS`, as `sha256sum --check` reads it."""
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in (CONFIG, WEIGHTS)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def _sums(folder: Path) -> dict[str, str]:
    """File name → digest; {} where there is no list."""
    path = folder / SUMS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {name: digest for digest, _space, name in (line.partition("  ") for line in lines)}


def deltas(folder: Path) -> Deltas:
    """transformers' name of a weight → makes the float32 matrix [out, in] to add to it.

    Raises `AdapterDamaged` for an adapter of another kind than plain LoRA on linear layers.
    """
    from safetensors.numpy import load_file

    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    if config.get("peft_type") != "LORA" or config.get("use_dora") or config.get("rank_pattern"):
        raise AdapterDamaged(f"{folder} holds no plain LoRA adapter.")
    tensors = load_file(folder / WEIGHTS)
    scale = config["lora_alpha"] / config["r"]
    made: Deltas = {}
    for name, a in tensors.items():
        found = _PEFT_NAME.fullmatch(name)
        if not found:
            continue
        b = tensors.get(name.replace("lora_A", "lora_B"))
        if b is None or _LAYER.fullmatch(f"{found[1]}.weight") is None:
            raise AdapterDamaged(f"{folder / WEIGHTS} has {name} without its other half, or in no known layer.")
        made[f"{found[1]}.weight"] = _product(b, a, scale)
    if not made:
        raise AdapterDamaged(f"{folder / WEIGHTS} holds no LoRA matrices.")
    return made


def _product(b: np.ndarray, a: np.ndarray, scale: float) -> Callable[[], np.ndarray]:
    return lambda: (b.astype("float32") @ a.astype("float32")) * scale


def for_gguf(found: Deltas, heads: int, heads_kv: int) -> Deltas:
    """The same by the names of a GGUF file of the architecture `llama`.

    There the rows of a query or key projection stand in another order: the halves that rotary position embedding turns
    against each other are interleaved within each head (llama.cpp, `convert_hf_to_gguf.py`, `permute`).
    """
    made: Deltas = {}
    for name, delta in found.items():
        layer = _LAYER.fullmatch(name)
        assert layer, name  # `deltas` lets no other through
        count = {"q_proj": heads, "k_proj": heads_kv}.get(layer[2])
        made[f"blk.{layer[1]}.{_GGUF[layer[2]]}.weight"] = _permuted(delta, count) if count else delta
    return made


def _permuted(delta: Callable[[], np.ndarray], heads: int) -> Callable[[], np.ndarray]:
    def made() -> np.ndarray:
        matrix = delta()
        halves = matrix.reshape(heads, 2, matrix.shape[0] // heads // 2, matrix.shape[1])
        return halves.swapaxes(1, 2).reshape(matrix.shape)

    return made
