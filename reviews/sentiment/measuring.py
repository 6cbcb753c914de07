"""How often a sentiment is right: the figures of `manage.py evaluate sentiment`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foundation.inference.sentiment.calibration import calibration_error
from foundation.inference.sentiment.targets import LABELS

if TYPE_CHECKING:
    import numpy as np

    from reviews.sentiment.labels import Labels

Figures = dict[str, float]


def figures(probabilities: np.ndarray, labels: Labels) -> Figures:
    """Of [n, 3] probabilities against the true labels, on the classes that these have.

    A class that the labels lack is shared out among the others in proportion: a reader who has to say good or bad of
    a neutral text says what it leans to.
    """
    import numpy as np

    classes = labels.present
    truth = np.searchsorted(np.array(classes), np.array(labels.classes))
    shared = np.maximum(probabilities[:, list(classes)].astype(np.float64), 1e-9)
    shared /= shared.sum(axis=1, keepdims=True)
    said = shared.argmax(axis=1)
    recalls, f1s = [], []
    for one in range(len(classes)):
        hit = int(((said == one) & (truth == one)).sum())
        wanted, given = int((truth == one).sum()), int((said == one).sum())
        recalls.append(hit / wanted)
        f1s.append(2 * hit / (wanted + given))
    return {
        "accuracy": _rounded((said == truth).mean()),
        "balanced_accuracy": _rounded(sum(recalls) / len(recalls)),
        "macro_f1": _rounded(sum(f1s) / len(f1s)),
        "calibration_error": _rounded(calibration_error(shared, truth)),
        **{f"recall_{LABELS[one]}": _rounded(recall) for one, recall in zip(classes, recalls, strict=True)},
    }


def _rounded(value: float) -> float:
    return round(float(value), 4)
