"""The training set: fact sheets as shops keep them, and a text that says nothing but them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from copywriter.briefs import Brief
from copywriter.facts import useful
from foundation.evidence import Fact

DATA = Path(__file__).resolve().parent / "data"
SOURCES = {
    "Title": "title", "Type": "product_type", "Brand": "vendor", "Tags": "tags", "Price": "price",
    "Description": "description",
}  # fmt: skip


class BadExample(ValueError):
    """A line of the set that can't be read; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text written from one sheet. `sheet` has the fields in the shop's order, dirt included."""

    id: str
    category: str
    brief: Brief
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
    if unknown := set(row) - {"id", "kind", "length", "tone", "facts", "text"}:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    return Example(
        id=f"{category}-{row['id']}", category=category,
        brief=Brief(str(row["kind"]), str(row.get("length", "")), str(row["tone"])),
        sheet=tuple((str(label), str(value)) for label, value in facts.items()), text=str(row["text"]),
    )  # fmt: skip
