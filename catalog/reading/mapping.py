"""Which column of a plain file means what: exact names in several languages, near names, then what the cells hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from catalog.reading.names import ATTRIBUTES, FIELDS, LANGUAGE_TAGS, NEVER_ATTRIBUTES

Mapping = dict[str, str | list[str]]
Known = Mapped[str, str]  # `normal_name` of a column → field
EMPTY = 0.3  # how far a column without a single value is trusted
NEAR = 86.0  # rapidfuzz ratio from which two names are taken for the same

LONGEST_NAME = 500  # characters of a column's name that are looked at
WORD = re.compile(r"[^\W_]+")
PARENTHESES = re.compile(r"[\(（\[].*?[\)）\]]")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
PRICE = re.compile(r"[^\d\s]{0,3}\s?\d{1,9}[.,]\d{1,2}\s?[^\d\s]{0,3}")
INTEGER = re.compile(r"\d{1,18}")
URL = re.compile(r"(?:https?:)?//\S+", re.I)


@dataclass(frozen=True, slots=True)
class Guess:
    field: str
    column: str
    confidence: float  # 0…1: 1 is an exact name, 0.5 is by what the cells hold


def normal_name(name: str) -> str:
    """`Price (tax excluded) *` → `price`; language tags at the end are dropped (`TITRE UK` → `titre`)."""
    words = WORD.findall(CAMEL.sub(" ", PARENTHESES.sub(" ", name[:LONGEST_NAME])).casefold())
    while len(words) > 1 and words[-1] in LANGUAGE_TAGS:
        words.pop()
    return " ".join(words)


_BY_NAME = {normal_name(name): field for field, names in FIELDS.items() for name in names}
_ATTRIBUTES = {normal_name(name) for name in ATTRIBUTES}
_NEVER = {normal_name(name) for name in NEVER_ATTRIBUTES}


def known_name(name: str) -> bool:
    normal = normal_name(name)
    return normal in _BY_NAME or normal in _ATTRIBUTES


def guess(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[Guess], list[str]]:
    """One guess a field at most, best first claim, and the columns that hold attributes of the product."""
    found = best(filter(None, map(_by_name, columns)), columns, rows)
    taken = {item.column for item in found.values()}
    for candidate in _by_content(columns, rows, taken, found.keys()):
        found.setdefault(candidate.field, candidate)
        taken.add(candidate.column)
    values = {column: [row[i] for row in rows if i < len(row)] for i, column in enumerate(columns)}
    attributes = [column for column in columns if column not in taken and _is_attribute(column, values[column])]
    return list(found.values()), attributes


def best(candidates: Iterable[Guess], columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Guess]:
    """One guess a field, the first of the surest; a column without a value counts little."""
    found: dict[str, Guess] = {}
    empty = {name for i, name in enumerate(columns) if rows and not any(row[i].strip() for row in rows if i < len(row))}
    for candidate in candidates:
        if candidate.column in empty:
            candidate = replace(candidate, confidence=candidate.confidence * EMPTY)
        if candidate.field not in found or candidate.confidence > found[candidate.field].confidence:
            found[candidate.field] = candidate
    return found


def _by_name(column: str) -> Guess | None:
    return None if normal_name(column) in _ATTRIBUTES else by_name(column, _BY_NAME)


def by_name(column: str, known: Known) -> Guess | None:
    """What a column is by its name: one of `known`, which are `normal_name`s, or one near it."""
    normal = normal_name(column)
    if not normal:
        return None
    if normal in known:
        return Guess(known[normal], column, 1.0)
    words = normal.split()
    for size in range(len(words) - 1, 0, -1):  # `price tax excluded` begins like `price`
        field = known.get(" ".join(words[:size]))
        if field == "price" or (field and size > 1 and size * 2 >= len(words)):
            return Guess(field, column, 0.7)
    if len(normal) < 4:
        return None
    near = process.extractOne(normal, known.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return Guess(known[near[0]], column, round(near[1] / 100 * 0.9, 2)) if near else None


def _by_content(columns: Sequence[str], rows: Sequence[Sequence[str]], taken: set[str], found: object) -> list[Guess]:
    """For files whose names say nothing: the longest varied text is the title, decimals prices, unique integers ids."""
    known = set(found)  # type: ignore[call-overload]
    free: list[tuple[str, list[str]]] = []
    for index, column in enumerate(columns):
        cells = [row[index].strip() for row in rows if index < len(row) and row[index].strip()]
        if column not in taken and len(cells) > len(rows) / 2:
            free.append((column, cells))
    result: list[Guess] = []
    headerless = all(re.fullmatch(r"Column \d+", column) for column in columns)
    if "title" not in known and headerless:
        texts = [(sum(map(len, cells)) / len(cells), column) for column, cells in free if _varied_text(cells)]
        if texts:
            result.append(Guess("title", max(texts)[1], 0.5))
    if headerless:
        for column, cells in free:
            if "price" not in known and all(PRICE.fullmatch(cell) for cell in cells):
                result.append(Guess("price", column, 0.5))
                known.add("price")
            elif "key" not in known and "sku" not in known and _unique_integers(cells):
                result.append(Guess("key", column, 0.5))
                known.add("key")
    return result


def _varied_text(cells: list[str]) -> bool:
    return len(set(cells)) > len(cells) / 2 and sum(1 for c in cells if re.search(r"[^\W\d_]{2}", c)) > len(cells) / 2


def _unique_integers(cells: list[str]) -> bool:
    return all(INTEGER.fullmatch(cell) for cell in cells) and len(set(cells)) > 0.95 * len(cells) and len(cells) > 1


def _is_attribute(column: str, cells: list[str]) -> bool:
    normal = normal_name(column)
    if normal in _ATTRIBUTES:
        return True
    if normal in _NEVER or set(normal.split()) & _NEVER or not normal or normal.startswith("column "):
        return False
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or len(filled) < len(cells) * 0.1:
        return False
    wordy = sum(1 for cell in filled if re.search(r"[^\W\d_]", cell) and not URL.search(cell))
    return wordy > 0.8 * len(filled) and sum(map(len, filled)) / len(filled) <= 40
