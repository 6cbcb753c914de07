"""What a training changed in the encoder, as a small file: each matrix's change by its largest singular values.

The change of a fine-tuned matrix is nearly of low rank (Aghajanyan et al. 2020, arXiv:2012.13255); vectors stay whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foundation.inference.types import InferenceError

if TYPE_CHECKING:
    import numpy as np

WEIGHTS, CONFIG, SUMS = "difference.safetensors", "config.json", "SHA256SUMS"
FORMAT = 1
LEFT, RIGHT, WHOLE, HEAD = ".left", ".right", ".whole", "head."
Arrays = dict[str, "np.ndarray"]


class DifferenceDamaged(InferenceError):
    """The artefact's files are missing, or not what can be added to the encoder."""


@dataclass(frozen=True, slots=True)
class Config:
    """What besides the weights makes a prediction what it is. `base_sha256` is of the weights it was taught on."""

    base: str
    base_sha256: str
    rank: int
    temperature: float
    format: int = FORMAT


def shortened(before: Mapping[str, np.ndarray], after: Mapping[str, np.ndarray], rank: int) -> Arrays:
    """The change of every weight that changed, in fp16: matrices as the product of two of `rank`, vectors whole."""
    import numpy as np

    made: Arrays = {}
    for name, old in before.items():
        change = after[name].astype("float32") - old.astype("float32")
        if not np.any(change):
            continue
        if change.ndim != 2 or min(change.shape) <= rank:
            made[name + WHOLE] = change.astype("float16")
            continue
        u, s, v = np.linalg.svd(change, full_matrices=False)
        root = np.sqrt(s[:rank])
        made[name + LEFT] = (u[:, :rank] * root).astype("float16")
        made[name + RIGHT] = (root[:, None] * v[:rank]).astype("float16")
    return made


def added(base: Mapping[str, np.ndarray], change: Mapping[str, np.ndarray]) -> Arrays:
    """The weights after the training, float32. Raises `DifferenceDamaged` where the two do not fit each other."""
    weights: Arrays = {name: value.astype("float32") for name, value in base.items()}
    for name in change:
        if name.endswith(RIGHT) or name.startswith(HEAD):
            continue
        weight, _dot, form = name.rpartition(".")
        if f".{form}" == LEFT and weight + RIGHT in change:
            whole = change[name].astype("float32") @ change[weight + RIGHT].astype("float32")
        elif f".{form}" == WHOLE:
            whole = change[name].astype("float32")
        else:
            raise DifferenceDamaged(
                f"The sentiment model has {name}, which nothing can be done with. Restore its files."
            )
        if weight not in weights or weights[weight].shape != whole.shape:
            raise DifferenceDamaged(f"The sentiment model is of another encoder: {weight} does not fit.")
        weights[weight] = weights[weight] + whole
    return weights


def write(folder: Path, config: Config, change: Mapping[str, np.ndarray], head: Mapping[str, np.ndarray]) -> None:
    """The artefact: weights, settings and their checksums."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    tensors = {**change, **{HEAD + name: value.astype("float16") for name, value in head.items()}}
    save_file({name: tensors[name] for name in sorted(tensors)}, folder / WEIGHTS)
    (folder / CONFIG).write_text(json.dumps(asdict(config), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    lines = [f"{digest(folder / name)}  {name}\n" for name in (CONFIG, WEIGHTS)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def read(folder: Path) -> tuple[Config, Arrays]:
    """Raises `DifferenceDamaged` where a file is missing, is not what `SHA256SUMS` says, or is of another format."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    for name, expected in _sums(folder).items():
        if not (folder / name).is_file() or digest(folder / name) != expected:
            raise DifferenceDamaged(f"{folder / name} is missing or not what {SUMS} beside it says. Restore it.")
    try:
        told: dict[str, Any] = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        config = Config(**told)
        tensors = load_file(folder / WEIGHTS)
    except (OSError, ValueError, TypeError, SafetensorError) as error:
        raise DifferenceDamaged(
            f"{folder} holds no sentiment model: {error}. Restore it, or train it again."
        ) from error
    if config.format != FORMAT:
        raise DifferenceDamaged(f"{folder} is of format {config.format}; this version reads {FORMAT}. Train it again.")
    return config, tensors


def head_of(tensors: Mapping[str, np.ndarray]) -> Arrays:
    """The head's weights by their names in it, float32."""
    return {n.removeprefix(HEAD): v.astype("float32") for n, v in tensors.items() if n.startswith(HEAD)}


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sums(folder: Path) -> dict[str, str]:
    path = folder / SUMS
    if not path.is_file():
        raise DifferenceDamaged(f"{path} is missing. Restore it, or train the model again: manage.py train sentiment.")
    pairs = (line.split(maxsplit=1) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    found = {name.lstrip("*"): digest for digest, name in pairs}
    if not {CONFIG, WEIGHTS} <= set(found):
        raise DifferenceDamaged(f"{path} does not name {CONFIG} and {WEIGHTS}. Restore it.")
    return found
