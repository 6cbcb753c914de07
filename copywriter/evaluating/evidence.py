"""How well the evidence check finds what is unbacked, measured on sentences that people labelled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from foundation.evidence import Fact, check


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence with a person's verdict; `split` is `tune` or `held` (never looked at while tuning)."""

    split: str
    product: str
    text: str
    backed: bool
    facts: tuple[Fact, ...]


@dataclass(slots=True)
class Score:
    """Counts of the decision "unbacked": hits, false alarms, misses, and sentences rightly kept."""

    split: str
    hits: int = 0
    false_alarms: int = 0
    misses: int = 0
    kept: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the sentences called unbacked that are; 1.0 where none was called so."""
        return self.hits / (self.hits + self.false_alarms) if self.hits + self.false_alarms else 1.0

    @property
    def recall(self) -> float:
        """Share of the unbacked sentences that were found; 1.0 where there was none."""
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 1.0

    def add(self, one: Labelled) -> None:
        called_backed = all(sentence.backed for sentence in check(one.text, one.facts).sentences)
        if called_backed:
            self.kept += one.backed
            self.misses += not one.backed
        else:
            self.hits += not one.backed
            self.false_alarms += one.backed
        if called_backed != one.backed:
            self.wrong.append(f"{one.product}: {one.text}")

    @property
    def total(self) -> int:
        return self.hits + self.false_alarms + self.misses + self.kept

    def as_json(self, with_errors: bool = False) -> dict[str, object]:
        figures = asdict(self)
        wrong = figures.pop("wrong")
        told = {"precision": round(self.precision, 4), "recall": round(self.recall, 4), "sentences": self.total}
        return {"part": "evidence", **figures, **told, **({"wrong": wrong} if with_errors else {})}


def read_labelled(folder: Path) -> Iterator[Labelled]:
    """The sentences of `labelled.jsonl` with the facts of `products.json` beside it. Raises FileNotFoundError."""
    products = json.loads((folder / "products.json").read_text(encoding="utf-8"))
    facts = {name: tuple(Fact(*row) for row in rows) for name, rows in products.items()}
    for line in (folder / "labelled.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Labelled(**row, facts=facts[row["product"]])


def evidence_scores(labelled: Iterable[Labelled]) -> list[Score]:
    """One score for each split, `held` last, so that it is what a reader sees at the end."""
    scores: dict[str, Score] = {}
    for one in labelled:
        scores.setdefault(one.split, Score(one.split)).add(one)
    return sorted(scores.values(), key=lambda score: score.split == "held")
