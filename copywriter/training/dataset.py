"""The training set: fact sheets as shops keep them, and a text that says nothing but them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from copywriter.facts import useful
from foundation.evidence import Fact

DATA = Path(__file__).resolve().parent / "data"
SOURCES = {
    "Title": "title", "Type": "product_type", "Brand": "vendor", "Tags": "tags", "Price": "price",
    "Description": "description",
}  # fmt: skip
LENGTHS = ("short", "medium", "long")
TONES = ("plain", "warm", "technical", "playful")
KINDS = (
    "description", "bullets", "title", "seo_title", "meta_description", "ad_headline", "ad_description", "social",
    "email_lead", "alt_text", "faq",
)  # fmt: skip


class BadExample(ValueError):
    """A line of the set that can't be read; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text written from one sheet. `sheet` has the fields in the shop's order, dirt included."""

    id: str
    category: str
    kind: str
    length: str
    """One of `LENGTHS` for a description, empty for the other kinds."""
    tone: str
    sheet: tuple[tuple[str, str], ...]
    text: str

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the model is shown of the sheet, as it is when it serves."""
        return tuple(useful(Fact(source(label), label.removeprefix("option:"), value) for label, value in self.sheet))


def source(label: str) -> str:
    """The source id that the catalog gives a field of this name."""
    return SOURCES.get(label) or (label if label.startswith("option:") else f"attribute:{label}")


def read(paths: Iterable[Path]) -> Iterator[Example]:
    """The examples of some JSON-lines files. Raises `BadExample`."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                try:
                    yield _example(json.loads(line), path.stem)
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    raise BadExample(f"{path.name}, line {number}: {error!r}") from error


def _example(row: dict[str, object], category: str) -> Example:
    facts = row["facts"]
    if not isinstance(facts, dict) or "Title" not in facts:
        raise ValueError("facts is an object with a Title")
    made = Example(
        id=f"{category}-{row['id']}", category=category, kind=str(row["kind"]), length=str(row.get("length", "")),
        tone=str(row["tone"]), sheet=tuple((str(label), str(value)) for label, value in facts.items()),
        text=str(row["text"]),
    )  # fmt: skip
    unknown = set(row) - {"id", "kind", "length", "tone", "facts", "text"}
    if unknown or made.kind not in KINDS or made.tone not in TONES:
        raise ValueError(f"unknown kind {made.kind!r}, tone {made.tone!r} or fields {sorted(unknown)}")
    if (made.length in LENGTHS) != (made.kind == "description"):
        raise ValueError("a description, and nothing else, has a length: short, medium or long")
    return made
