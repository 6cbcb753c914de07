"""How good a text is, part by part, and how little of a person it needs. Pure.

Every part is a share, 0 to 1, and more is better. `copywriter.reviewing.score_in_words` tells them in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any

from copywriter.kinds import TextKind
from copywriter.writing.coverage import told, wanted
from copywriter.writing.readability import ease
from copywriter.writing.sketch import ALIKE, Near
from foundation.evidence import Fact, Report
from foundation.evidence.lexicon import lexicon, phrase, spelt

FEW_WORDS, MANY_WORDS = 2.5, 12.0
"""Words a told fact in nine of ten descriptions of ours; a text out of these bounds says too little or beats about."""
LEAST_FILLED = 0.4
"""Share of a channel's room under which a text gives room away."""
PLAIN_NAME, ROW_OF_WORDS = 6, 16
"""Words of a title that names a thing, and of one that is a row of search words: the model mixes these up."""
MOST_DOUBTFUL = 79
"""Confidence of a text that the shop has in other words already: somebody should look, however well it reads."""


@dataclass(frozen=True, slots=True)
class Marks:
    """`backed`: of the sentences that the model wrote, those that could stay. `coverage`: of the wanted facts, those
    told. `length`: 1 where it fits what there is to tell, or its channel's room. `repetition`: 1 where no sentence
    begins as the one before and nothing is said twice. `readability`: 1 reads very easily (`readability`).
    `naming`: 1 where the shop's title is a name, 0 where it is a row of search words. `ease`: 1 where every sentence
    came at once, less where it was asked for again. `difference`: 1 less the resemblance to the nearest other text."""

    backed: float
    coverage: float
    length: float
    repetition: float
    readability: float
    naming: float
    ease: float
    difference: float = 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """`missing` are the labels of the wanted facts that the text leaves out, `removed` the sentences that had to go."""

    marks: Marks
    told: int = 0
    wanted: int = 0
    missing: tuple[str, ...] = ()
    removed: int = 0
    near: Near | None = None

    @property
    def confidence(self) -> int:
        """0 to 100: of a hundred such texts, about so many can be published as they are."""
        sure = round(100 * publishable(self.marks))
        return min(sure, MOST_DOUBTFUL) if self.is_near_duplicate else sure

    @property
    def is_near_duplicate(self) -> bool:
        """Whether another product's text says the same in nearly the same words. A copy, made because the data are
        the same, is none."""
        return self.near is not None and not self.near.copied and self.near.resemblance >= ALIKE

    def beside(self, near: Near | None) -> Score:
        """With what resembles it most among the shop's texts."""
        return replace(
            self, near=near, marks=replace(self.marks, difference=1 - near.resemblance if near is not None else 1.0)
        )

    def as_json(self) -> dict[str, Any]:
        marks = {name: round(value, 3) for name, value in asdict(self.marks).items()}
        return {**asdict(self), "marks": marks, "missing": list(self.missing)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Score:
        """Raises KeyError and TypeError for what `as_json` did not write."""
        near = Near(**kept["near"]) if kept["near"] is not None else None
        return cls(**{**kept, "marks": Marks(**kept["marks"]), "missing": tuple(kept["missing"]), "near": near})


def score(text: str, kind: TextKind, facts: Sequence[Fact], report: Report, removed: int = 0, asked: int = 0) -> Score:
    """Of a text by itself. `report` is that on the text, `removed` how many other sentences the model wrote that no
    fact backs, `asked` how often it was asked, 0 where no model was."""
    asking, known = wanted(facts), told(text, facts)
    sentences = [one.text for one in report.sentences] or [text]
    marks = Marks(
        backed=len(report.backed) / max(1, len(report.sentences) + removed),
        coverage=len(known) / len(asking) if asking else 1.0,
        length=_length(text, kind, len(known)),
        repetition=_repetition(sentences),
        readability=ease(text, [fact.value for fact in facts if fact.source in ("title", "vendor")]),
        naming=_naming(facts),
        ease=min(1.0, len(sentences) / asked) if asked else 1.0,
    )
    missing = tuple(fact.label for fact in asking if fact not in known)
    return Score(marks, len(known), len(asking), missing, removed)


def _length(text: str, kind: TextKind, facts: int) -> float:
    if kind.limit:
        return min(1.0, kind.measure(text) / (LEAST_FILLED * kind.limit)) if kind.fits(text) else 0.0
    words, told = len(spelt(text)), max(1, facts)
    return min(1.0, words / (FEW_WORDS * told), MANY_WORDS * told / words) if words else 0.0


def _repetition(sentences: Sequence[str]) -> float:
    """The mean of: sentences that do not begin with the two words of the one before, and words with a meaning that were
    not said in an earlier sentence."""
    openings = [tuple(spelt(one)[:2]) for one in sentences]
    said: set[str] = set()
    again = total = 0
    for one in sentences:
        content = {word for word in phrase(one) if word not in lexicon().harmless}
        again, total = again + len(content & said), total + len(content)
        said |= content
    alike = _share(a == b for a, b in pairwise(openings))
    return 1 - (alike + (again / total if total else 0.0)) / 2


def _share(found: Iterable[bool]) -> float:
    each = list(found)
    return sum(each) / len(each) if each else 0.0


def _naming(facts: Sequence[Fact]) -> float:
    words = max((len(spelt(fact.value)) for fact in facts if fact.source == "title"), default=0)
    return min(1.0, max(0.0, (ROW_OF_WORDS - words) / (ROW_OF_WORDS - PLAIN_NAME)))


WEIGHTS = Marks(
    backed=0.58, coverage=0.0, length=0.0, repetition=1.01, readability=0.0, naming=0.99, ease=2.46, difference=0.0
)
BIAS = -3.96
"""Logistic regression with a ridge of 0.3 and no negative weights, on 83 descriptions that were read and labelled: the
43 of `evaluating/labelled_texts.jsonl` that are to tune on, and 40 of marketplace offers, whose titles are rows of
search words. Coverage, length and readability told nothing there, for hardly a text lacks any: they are shown, and
count for nothing. The best of these texts come to 75: of none of them nine in ten could be published, so none is called
sure. What came of it: `manage.py evaluate confidence`."""


def publishable(marks: Marks) -> float:
    """Probability that a merchant would publish the text as it is, by logistic regression."""
    weights, values = asdict(WEIGHTS), asdict(marks)
    return 1 / (1 + math.exp(-(BIAS + sum(weights[name] * values[name] for name in weights))))
