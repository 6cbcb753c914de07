"""The labels of a file, whatever they are written as: two or three classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.inference.sentiment.targets import LABELS

NEGATIVE, NEUTRAL, POSITIVE = range(len(LABELS))
WORDS: dict[str, int] = {
    **dict.fromkeys(("negative", "neg", "bad", "unhappy", "negativ", "差评", "负面", "消极", "false", "-"), NEGATIVE),
    **dict.fromkeys(("neutral", "neu", "mixed", "中评", "中性", "中立"), NEUTRAL),
    **dict.fromkeys(("positive", "pos", "good", "happy", "positiv", "好评", "正面", "积极", "true", "+"), POSITIVE),
}
NUMBERS: tuple[tuple[frozenset[int], dict[int, int], str], ...] = (
    (frozenset({0, 1}), {0: NEGATIVE, 1: POSITIVE}, "0/1"),
    (frozenset({1, 2}), {1: NEGATIVE, 2: POSITIVE}, "1/2"),
    (frozenset({-1, 1}), {-1: NEGATIVE, 1: POSITIVE}, "-1/1"),
    (frozenset({-1, 0, 1}), {-1: NEGATIVE, 0: NEUTRAL, 1: POSITIVE}, "-1/0/1"),
    (frozenset({0, 1, 2}), {0: NEGATIVE, 1: NEUTRAL, 2: POSITIVE}, "0/1/2"),
    (frozenset(range(1, 6)), {1: NEGATIVE, 2: NEGATIVE, 3: NEUTRAL, 4: POSITIVE, 5: POSITIVE}, "1-5"),
)
"""Sets of numbers, what each means, and its name; the first that holds all numbers of a file is its set. Ratings of
one and two alone are read as bad and good, as public review sets write them."""


class LabelsUnknown(Exception):
    """The labels can't be compared with a sentiment. The message says which, and what would do."""


@dataclass(frozen=True, slots=True)
class Labels:
    """`classes[i]` is the sentiment of row i by its place in `LABELS`; `scheme` how the file writes it."""

    classes: tuple[int, ...]
    scheme: str

    @property
    def present(self) -> tuple[int, ...]:
        return tuple(sorted(set(self.classes)))


def understood(cells: Sequence[str]) -> Labels:
    """Raises `LabelsUnknown` for an empty column, a value that is no label, or a column of one class only."""
    values = [cell.strip().casefold() for cell in cells]
    if not values:
        raise LabelsUnknown("The file has no row with a label.")
    numbers = {value: number for value in set(values) if (number := _whole(value)) is not None}
    meant, scheme = _of_numbers(set(numbers.values())) if len(numbers) == len(set(values)) else ({}, "words")
    table = {value: meant.get(numbers[value]) for value in numbers} if meant else {v: WORDS.get(v) for v in set(values)}
    if unknown := sorted(value for value, found in table.items() if found is None):
        shown = ", ".join(repr(value[:30]) for value in unknown[:5])
        raise LabelsUnknown(
            f"These are no labels: {shown}. Write 0 and 1, stars from 1 to 5, or negative, neutral and positive;"
            " or name another column with --label-column."
        )
    found = Labels(tuple(known for value in values if (known := table[value]) is not None), scheme)
    if len(found.present) < 2:
        raise LabelsUnknown(f"All labels say {LABELS[found.present[0]]}: rows of at least two sentiments are needed.")
    return found


def _of_numbers(there: set[int]) -> tuple[dict[int, int], str]:
    return next(((meant, name) for holds, meant, name in NUMBERS if there <= holds), ({}, "words"))


def _whole(value: str) -> int | None:
    """`4`, `4.0` and `+4` are 4."""
    try:
        number = float(value)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None
