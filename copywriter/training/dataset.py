"""The training set: fact sheets as shops keep them, and a text that says nothing but them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from copywriter.writing.briefs import Brief
from copywriter.writing.facts import useful
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
        for number, line in enumerate(_lines(path), 1):
            if line.strip():
                try:
                    yield _example(json.loads(line), path.stem)
                except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                    raise BadExample(f"{path.name}, line {number}: {error!r}") from error


def _lines(path: Path) -> list[str]:
    """Not `splitlines`, which also parts at U+2028 and the like: shops' texts hold them, and JSON as they are."""
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise BadExample(f"{path.name} is no UTF-8: {error}") from error


def _example(row: dict[str, object], category: str) -> Example:
    facts = row["facts"]
    if not isinstance(facts, dict) or "Title" not in facts:
        raise ValueError("facts is an object with a Title")
    if unknown := set(row) - {"id", "kind", "length", "tone", "facts", "text"}:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    if not isinstance(row["text"], str) or not all(isinstance(value, str) for value in facts.values()):
        raise ValueError("text and every fact are strings")
    row["text"].encode()  # no half of a character
    return Example(
        id=f"{category}-{row['id']}", category=category,
        brief=Brief(str(row["kind"]), str(row.get("length", "")), str(row["tone"])),
        sheet=tuple(facts.items()), text=row["text"],
    )  # fmt: skip
