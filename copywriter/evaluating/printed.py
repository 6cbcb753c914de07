"""The figures of `manage.py evaluate copy` as a reader sees them: tables, and what goes on while they are made."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from tqdm import tqdm

COLUMNS = {
    "texts": "texts",
    "unbacked_sentence_rate": "unbacked",
    "dropped_rate": "dropped",
    "unbacked_after_check": "after check",
    "attribute_coverage": "coverage",
    "refusal_rate": "refused",
    "rich_refusal_rate": "refused, 5+",
    "over_limit_rate": "over limit",
    "degenerate_rate": "degenerate",
    "repetition": "repetition",
    "mean_words": "words",
    "tokens_per_second": "tokens/s",
}
"""Of the table by kind: a figure's name, and the head over it."""
NOTHING, LARGE = "–", 10


def printed(found: dict[str, Any]) -> dict[str, Any]:
    """The object that is printed: of one kind its figures are the object's own, beside the model's name."""
    base = {"base": printed(found["base"])} if "base" in found else {}
    if len(found["kinds"]) > 1:
        return {**found, **base}
    (figures,) = found["kinds"].values()
    return {"model": found["model"], **figures, **base}


def table(found: dict[str, Any]) -> Iterator[str]:
    """One kind: a line a figure, that of the base model beside it. Several: a line a kind, base model below."""
    if len(found["kinds"]) == 1:
        yield from _lines(printed(found))
        return
    for one in (found, found.get("base")):
        if one is not None:
            yield f"{one['model']}{' without its adapter' if one is not found else ''}"
            yield from _rows(one["kinds"])


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    base = figures.get("base", {})
    for name, value in figures.items():
        if name != "base":
            yield f"{name:<26} {_cell(value):>24} {_cell(base[name]) if name in base else '':>24}".rstrip()


def _rows(kinds: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    first = max(map(len, kinds)) + 2
    yield f"{'':<{first}}" + "  ".join(f"{head:>{_width(head)}}" for head in COLUMNS.values())
    for kind, figures in kinds.items():
        cells = (f"{_cell(figures[name]):>{_width(head)}}" for name, head in COLUMNS.items())
        yield f"{kind:<{first}}" + "  ".join(cells)


def _width(head: str) -> int:
    return max(len(head), 6)


def _cell(value: object) -> str:
    """Of a small number three digits, which is what a few dozen texts tell; of a large one none."""
    if isinstance(value, float):
        return f"{value:.3f}" if value < LARGE else f"{value:.0f}"
    return NOTHING if value is None else str(value)


class Bars:
    """One progress bar a kind on stderr, so that --json leaves stdout alone."""

    def __init__(self, totals: Mapping[str, int]) -> None:
        self.totals, self.kind = totals, ""
        self.bar: tqdm[Any] | None = None

    def __enter__(self) -> Bars:
        return self

    def __exit__(self, *_details: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def __call__(self, kind: str, done: int) -> None:
        if self.bar is None or kind != self.kind or done < self.bar.n:  # another kind, or the base model's turn
            self.__exit__()
            often = 0.5 if sys.stderr.isatty() else 10.0  # a log file gets few lines
            self.kind = kind
            self.bar = tqdm(desc=kind, total=self.totals[kind], unit=" texts", file=sys.stderr, mininterval=often)
        self.bar.update(done - self.bar.n)
