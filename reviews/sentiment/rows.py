"""The rows that the classifier may learn from: only those whose publishers put them under an open licence.

Three sources, read as their publishers ship them: reviews of women's clothing with one to five stars (MIT, CC0
upstream), sentences of Amazon, IMDb and Yelp reviews that are good or bad (UCI, CC-BY), sentences of Amazon reviews
graded by ten people (VADER, MIT).
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from foundation.inference.sentiment import targets
from foundation.inference.sentiment.targets import Target

CLOTHING, GRADED, UCI = "womens_clothing.csv", "vader_amazon_snippets.tsv", "uci"
UCI_FILES = ("amazon_cells", "imdb", "yelp")
PARTS = 10
TEST, CALIBRATION = (0,), (1,)
"""Of ten parts, those kept for the figures and those for the temperature."""
DECIDED = 1.0
"""From this grade on a graded sentence counts as good or bad in the figures; between the two it is left out."""


class RowsMissing(Exception):
    """The folder lacks a file, or has it in another shape. The message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text. `positive` is None where people would not agree on good or bad; `part` is the same for all texts of
    one review."""

    source: str
    text: str
    target: Target
    positive: bool | None
    part: int

    @property
    def use(self) -> str:
        return "test" if self.part in TEST else "calibration" if self.part in CALIBRATION else "learn"


def read(folder: Path) -> list[Row]:
    """All open rows of `folder`, with `reviews/` in it. Raises `RowsMissing`."""
    place = folder / "reviews"
    files = [place / CLOTHING, place / GRADED, *(place / UCI / f"{name}_labelled.txt" for name in UCI_FILES)]
    if missing := [str(path) for path in files if not path.is_file()]:
        raise RowsMissing(f"There is no {missing[0]}. Name the folder that holds reviews/{CLOTHING} with --data.")
    try:
        uci = [row for path in files[2:] for row in _uci(path)]
        return [*_clothing(files[0]), *_graded(files[1]), *uci]
    except (KeyError, ValueError) as error:
        raise RowsMissing(f"A file in {folder} is not in the shape its publisher ships: {error}.") from error


def _clothing(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for record in csv.DictReader(lines):
            text, title, stars = record["Review Text"].strip(), record["Title"].strip(), int(record["Rating"])
            if not text:
                continue
            part = _number(text)
            if title not in ("", "null") and part % 2:  # shops' reviews come with titles and without
                text = f"{title}. {text}"
            yield Row("clothing", text, targets.of_rating(stars), None if stars == 3 else stars > 3, part // 2 % PARTS)


def _graded(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        name, grade, text = line.split("\t", 2)
        value = float(grade)
        review = name.partition("_")[0]
        positive = None if abs(value) < DECIDED else value > 0
        yield Row("graded", text.strip(), targets.of_grade(value), positive, _number(f"graded {review}") % PARTS)


def _uci(path: Path) -> Iterator[Row]:
    source = path.name.removesuffix("_labelled.txt")
    # a few bytes are in no encoding that the rest is in; they stand in single words
    for line in re.split(r"\r\n|\r|\n", path.read_bytes().decode("utf-8", errors="replace")):
        if not line.strip():
            continue
        text, _tab, label = line.rpartition("\t")
        if label.strip() not in ("0", "1"):
            raise ValueError(f"{path.name} has a line whose label is {label.strip()[:20]!r}")
        text = text.strip().strip('"').replace('""', '"').strip()
        if text:
            good = label.strip() == "1"
            yield Row(source, text, targets.of_class(good), good, _number(text) % PARTS)


def _number(text: str) -> int:
    """Spreads texts evenly, the same on every machine."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)
