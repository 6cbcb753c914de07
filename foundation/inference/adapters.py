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
_HALF = ".lora_B."
_CHANGES = (
    "use_dora", "use_rslora", "rank_pattern", "alpha_pattern", "fan_in_fan_out", "modules_to_save", "layer_replication",
)  # fmt: skip
"""Settings of peft under which the product of the two matrices is not all that is added."""
HIGHEST_RANK, HIGHEST_FACTOR = 1024, 64
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


def shape(folder: Path) -> tuple[int, frozenset[str]]:
    """The width of its matrices and which layers have some; (0, none) where the folder holds no readable adapter."""
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        return int(config["r"]), frozenset(config["target_modules"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, frozenset()


def seal(folder: Path) -> None:
    """Write `SHA256SUMS`, as `sha256sum --check` reads it."""
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in (CONFIG, WEIGHTS)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def _sums(folder: Path) -> dict[str, str]:
    """File name → digest; {} where there is no list. Raises `AdapterDamaged` for one that names not both files."""
    path = folder / SUMS
    if not path.is_file():
        return {}
    lines = path.read_bytes().decode("utf-8", errors="replace").splitlines()
    found = {name.lstrip(" *").removeprefix("./"): digest for digest, _space, name in (x.partition(" ") for x in lines)}
    if not {CONFIG, WEIGHTS} <= set(found):
        raise AdapterDamaged(f"{path} does not name {CONFIG} and {WEIGHTS}. Restore it, or unset COPY_ADAPTER.")
    return found


def deltas(folder: Path) -> Deltas:
    """transformers' name of a weight → makes the float32 matrix [out, in] to add to it.

    Raises `AdapterDamaged` for anything else than plain LoRA on linear layers, all of it finite: what is merged wrongly
    writes nonsense for ever after.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    rank, scale = _plain_lora(folder)
    try:
        tensors = load_file(folder / WEIGHTS)
    except (SafetensorError, OSError, ValueError) as error:
        raise AdapterDamaged(f"{folder / WEIGHTS} is no safetensors file: {error}") from error
    made: Deltas = {}
    for name, a in tensors.items():
        found = _PEFT_NAME.fullmatch(name)
        if not found:
            if _HALF not in name:
                raise AdapterDamaged(f"{folder / WEIGHTS} has {name}, which is no LoRA matrix.")
            continue
        b = tensors.get(name.replace("lora_A", "lora_B"))
        layer = _LAYER.fullmatch(f"{found[1]}.weight")
        if b is None or layer is None or layer[2] not in _GGUF:
            raise AdapterDamaged(f"{folder / WEIGHTS} has {name} without its other half, or in no known layer.")
        if a.ndim != 2 or b.ndim != 2 or a.shape[0] != rank or b.shape[1] != rank:
            raise AdapterDamaged(f"{folder / WEIGHTS}: {name} is not of rank {rank}.")
        if not (_is_finite(a) and _is_finite(b)):
            raise AdapterDamaged(f"{folder / WEIGHTS}: {name} holds what is no number.")
        made[f"{found[1]}.weight"] = _product(b, a, scale)
    if not made:
        raise AdapterDamaged(f"{folder / WEIGHTS} holds no LoRA matrices.")
    return made


def _plain_lora(folder: Path) -> tuple[int, float]:
    """(rank, factor of the product). Raises `AdapterDamaged` for settings that change more than these two."""
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        changed = [name for name in _CHANGES if config.get(name)]
        if config.get("peft_type") != "LORA" or changed or config.get("bias", "none") != "none":
            raise AdapterDamaged(f"{folder} holds no plain LoRA adapter.")
        rank, alpha = config["r"], config["lora_alpha"]
        good = type(rank) is int and 0 < rank <= HIGHEST_RANK and 0 < float(alpha) <= HIGHEST_FACTOR * rank
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AdapterDamaged(f"{folder / CONFIG} is no adapter's configuration: {error!r}") from error
    if not good:
        raise AdapterDamaged(f"{folder / CONFIG}: r is {rank!r} and lora_alpha {alpha!r}, which nobody trains with.")
    return rank, float(alpha) / rank


def _is_finite(matrix: np.ndarray) -> bool:
    import numpy as np

    return bool(np.isfinite(matrix.astype("float32")).all())


def _product(b: np.ndarray, a: np.ndarray, scale: float) -> Callable[[], np.ndarray]:
    return lambda: (b.astype("float32") @ a.astype("float32")) * scale


def fitting(delta: Callable[[], np.ndarray], name: str, shape: tuple[int, ...] | None) -> np.ndarray:
    """The matrix to add to the weight `name` of `shape`, None where the model has none. Raises `AdapterDamaged`."""
    matrix = delta()
    if matrix.shape != shape:
        raise AdapterDamaged(f"The adapter is of another model: {name} is {shape} here and {matrix.shape} there.")
    return matrix


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
