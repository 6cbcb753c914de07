"""How well confidence tells texts that a merchant would publish from others, on texts of our model that were read and
labelled by hand (`labelled_texts.jsonl`: products made up for it, descriptions as the bundled model wrote them)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copywriter.kinds import KINDS
from copywriter.reviewing.confidence import HIGH, MEDIUM
from copywriter.writing.scoring import Score, score
from copywriter.writing.short_texts import examined
from foundation.evidence import Fact

LABELLED = Path(__file__).with_name("labelled_texts.jsonl")
SPLITS = ("tune", "held")
"""The weights were fitted to the first, every other product; the second was kept apart."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A scored text with a reader's verdict: whether it can be published as it is."""

    split: str
    score: Score
    publishable: bool


def read(path: Path = LABELLED) -> Iterator[Labelled]:
    """Raises FileNotFoundError."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            yield _labelled(json.loads(line))


def _labelled(row: dict[str, Any]) -> Labelled:
    kind, facts = KINDS[row["kind"]], tuple(Fact(*fact) for fact in row["facts"])
    report = examined(kind, row["text"], facts)
    found = score(row["text"], kind, facts, report, row["removed"], row["asked"])
    return Labelled(row["split"], found, row["publishable"])


def auc(sure: Sequence[float], publishable: Sequence[bool]) -> float:
    """Share of the pairs of a publishable and another text that the first one leads, ties half: 0.5 is chance (the
    Mann–Whitney U statistic; Hanley and McNeil 1982). NaN where either is missing."""
    good = [one for one, right in zip(sure, publishable, strict=True) if right]
    bad = [one for one, right in zip(sure, publishable, strict=True) if not right]
    won = sum((a > b) + (a == b) / 2 for a in good for b in bad)
    return won / (len(good) * len(bad)) if good and bad else float("nan")


def figures(labelled: Sequence[Labelled]) -> list[dict[str, Any]]:
    """For each split: how many texts, how many a reader would publish, how well confidence ranks them, and of those of
    each level how many there are and which share a reader would publish, None of none."""
    return [_figures(name, [one for one in labelled if one.split == name]) for name in SPLITS]


def _figures(split: str, texts: Sequence[Labelled]) -> dict[str, Any]:
    sure = [one.score.confidence for one in texts]
    found: dict[str, Any] = {
        "part": "confidence", "split": split, "texts": len(texts),
        "publishable": round(sum(one.publishable for one in texts) / len(texts), 3),
        "auc": round(auc(sure, [one.publishable for one in texts]), 3),
    }  # fmt: skip
    for name, least, most in (("high", HIGH, 100), ("medium", MEDIUM, HIGH - 1), ("low", 0, MEDIUM - 1)):
        level = [one.publishable for one in texts if least <= one.score.confidence <= most]
        found |= {name: len(level), f"{name}_publishable": round(sum(level) / len(level), 3) if level else None}
    return found
