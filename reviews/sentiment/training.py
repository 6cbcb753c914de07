"""Teaching the classifier on the open rows: learn, calibrate, shorten, measure what was kept apart, write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foundation.inference.sentiment import base, calibration, difference
from foundation.inference.sentiment.classifier import SentimentClassifier
from foundation.inference.sentiment.difference import Arrays
from foundation.inference.sentiment.learning import Learner, Plan, Step
from foundation.inference.sentiment.network import base_weights
from foundation.inference.whole import replaced_folder
from reviews.sentiment.augmenting import augmented
from reviews.sentiment.labels import NEGATIVE, POSITIVE, Labels
from reviews.sentiment.measuring import Figures, figures
from reviews.sentiment.rows import Row, RowsMissing


@dataclass(frozen=True, slots=True)
class Taught:
    """What a training came to: `figures` by source of the test rows, "all" for all of them."""

    learnt: int
    temperature: float
    figures: dict[str, Figures]


def train(rows: Sequence[Row], plan: Plan, out: Path, report: Callable[[Step], None], threads: int | None) -> Taught:
    """Writes the artefact to `out`, whole or not at all. Raises `RowsMissing`, `Diverged` and InferenceError."""
    if {row.use for row in rows} != {"learn", "calibration", "test"}:
        raise RowsMissing(
            f"{len(rows)} rows are too few rows: some have to be kept for the temperature and the figures."
        )
    after, head = learnt_weights(rows, plan, report, threads)
    return finished(rows, plan, out, after, head, threads)


def learnt_weights(
    rows: Sequence[Row], plan: Plan, report: Callable[[Step], None], threads: int | None
) -> tuple[Arrays, Arrays]:
    """(encoder, head) after all epochs."""
    learnt = [row for row in rows if row.use == "learn"]
    network = Learner(plan, threads).run(lambda epoch: augmented(learnt, plan.seed, epoch), report)
    return network.arrays()


def finished(rows: Sequence[Row], plan: Plan, out: Path, after: Arrays, head: Arrays, threads: int | None) -> Taught:
    """Shortened, calibrated, written and measured."""
    folder = base.folder()
    before = base_weights(folder)
    change = difference.shortened(before, after, plan.rank)
    sha256 = difference.digest(folder / base.WEIGHTS)

    def written(temperature: float) -> None:
        config = difference.Config(base.NAME, sha256, plan.rank, temperature)
        replaced_folder(out, lambda fresh: difference.write(fresh, config, change, head))

    written(1.0)
    temperature = _temperature(SentimentClassifier(out, threads=threads), rows)
    written(temperature)
    return Taught(
        sum(row.use == "learn" for row in rows), temperature, measured(SentimentClassifier(out, threads=threads), rows)
    )


def measured(model: SentimentClassifier, rows: Sequence[Row]) -> dict[str, Figures]:
    """On the test rows of which people would agree whether they are good or bad."""
    test = [row for row in rows if row.use == "test" and row.positive is not None]
    probabilities = model.classify([row.text for row in test])
    found: dict[str, Figures] = {}
    for source in (*sorted({row.source for row in test}), "all"):
        places = [place for place, row in enumerate(test) if source in (row.source, "all")]
        classes = tuple(POSITIVE if test[place].positive else NEGATIVE for place in places)
        if len(set(classes)) == 2:
            found[source] = {"texts": len(places), **figures(probabilities[places], Labels(classes, "0/1"))}
    return found


def _temperature(model: SentimentClassifier, rows: Sequence[Row]) -> float:
    import numpy as np

    kept = [row for row in rows if row.use == "calibration"]
    logits = model.logits([row.text for row in kept])
    return round(calibration.temperature(logits, np.array([row.target.groups for row in kept])), 4)


def table(taught: Taught) -> list[str]:
    """The figures as lines."""
    names = ("texts", "accuracy", "balanced_accuracy", "macro_f1", "calibration_error")
    lines = [f"{'kept apart':<14}" + "".join(f"{name:>19}" for name in names)]
    for source, found in taught.figures.items():
        lines.append(f"{source:<14}" + "".join(f"{found[name]:>19}" for name in names))
    return lines


def as_json(taught: Taught) -> dict[str, Any]:
    return {"learnt": taught.learnt, "temperature": taught.temperature, "kept_apart": taught.figures}
