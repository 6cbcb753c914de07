"""The artefact that the project ships, and a classifier made of it."""

from __future__ import annotations

from pathlib import Path

from foundation.inference.sentiment.classifier import SentimentClassifier

MODEL = Path(__file__).resolve().parent / "model"


def classifier(model: Path | None = None, threads: int | None = None) -> SentimentClassifier:
    """Raises InferenceError where the encoder or the artefact is missing or damaged."""
    return SentimentClassifier(model or MODEL, threads=threads)
