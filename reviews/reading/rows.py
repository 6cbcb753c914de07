"""Rows of a table as reviews: what is usable, what is wrong with the rest and what to do about it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from uuid import UUID

from catalog.reading.errors import Issue, ReadingError
from catalog.reading.table import Rows, shown
from catalog.text import is_html, plain
from reviews.reading import dates, ratings, tongues
from reviews.reading.identity import author_digest, review_digest
from reviews.reading.mapping import DATES, SOURCE_NAME
from reviews.reading.names import FIELDS

NOTHING = frozenset({"", "null", "none", "nan", "n/a", "na", "-", "\\n"})  # how tables write an empty cell
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,6}|#x[0-9a-f]{2,5});", re.I)
LIMITS = {"product_key": 255, "product_title": 500, "source": 80, "source_id": 255, "author": 255, "contact": 255}
HANDLE = re.compile(r"(?:https?:)?//[^\s?#]+/products?/([^\s/?#]+)", re.I)
VALUE = 80  # characters of a cell that a sentence quotes


@dataclass(slots=True)
class Tally:
    """Where every row went: rows = reviews + blank + skipped."""

    rows: int = 0
    reviews: int = 0
    blank: int = 0
    skipped: int = 0

    def add(self, other: Tally) -> None:
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))

    @property
    def complete(self) -> bool:
        return self.rows == self.reviews + self.blank + self.skipped


@dataclass(frozen=True, slots=True)
class Entry:
    """One review as it is to be written. `row` is its place in the file."""

    row: int
    digest: UUID
    text: str
    rating: int | None = None
    written_on: date | None = None
    product_key: str = ""
    product_title: str = ""
    source: str = ""
    source_id: str = ""
    language: str = ""
    author: str = ""
    contact: str = ""

    @property
    def author_digest(self) -> UUID | None:
        return author_digest(self.author, self.contact)


@dataclass(slots=True)
class Block:
    reviews: list[Entry] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


class Unusable(Exception):
    """A row that can't be taken: `code` of its issue, the field that is to blame, and what its sentence quotes."""

    def __init__(self, code: str, name: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.name, self.params = code, name, params


class Reader:
    """Raises `ReadingError` at once where no column holds the texts, or a column is mapped that the file has not."""

    def __init__(self, columns: Sequence[str], mapping: Mapping[str, str], today: date, languages: bool = True) -> None:
        places = {name: index for index, name in enumerate(columns)}
        self.names = {name: mapping[name] for name in FIELDS if mapping.get(name)}
        for column in self.names.values():
            if column not in places:
                raise ReadingError("no_such_column", column=column)
        if "text" not in self.names:
            raise ReadingError("missing_text_column")
        self.at = {name: places[column] for name, column in self.names.items()}
        self.order = mapping.get(DATES, dates.MDY)
        self.source = mapping.get(SOURCE_NAME, "")
        self.latest = today + timedelta(days=1)  # it may be tomorrow where the customer is
        self.languages = languages

    def read(self, rows: Rows) -> Block:
        block = Block(issues=list(rows.issues))
        for number, cells in zip(rows.numbers, rows.cells, strict=True):
            try:
                block.reviews.append(self._entry(number, cells))
            except Unusable as bad:
                column = self.names.get(bad.name, "")
                block.issues.append(Issue(number, bad.code, column, dict(bad.params), shown(cells)))
        block.tally = Tally(rows.seen, len(block.reviews), rows.blank, rows.seen - rows.blank - len(block.reviews))
        return block

    def _entry(self, number: int, cells: list[str]) -> Entry:
        given = {name: self._cell(cells[place]) for name, place in self.at.items()}
        for name, limit in LIMITS.items():
            if len(given.get(name, "")) > limit:
                raise Unusable("too_long", name, limit=str(limit))
        text = with_headline(tidied(given["text"]), tidied(given.get("headline", "")))
        if not text:
            raise Unusable("no_text", "text")
        written_on = self._day(given.get("written_on", ""))
        source = given.get("source", "") or self.source
        identity = {
            "source": source,
            "source_id": given.get("source_id", ""),
            "product_key": key_of(given.get("product_key", "")),
            "product_title": " ".join(given.get("product_title", "").split()),
        }
        author = " ".join(given.get("author", "").split())
        return Entry(
            row=number,
            digest=review_digest(**identity, text=text, written_on=written_on, author=author),
            text=text,
            rating=_stars(given.get("rating", "")),
            written_on=written_on,
            language=self._language(given.get("language", ""), text),
            author=author,
            contact=given.get("contact", ""),
            **identity,
        )

    @staticmethod
    def _cell(cell: str) -> str:
        stripped = cell.strip()
        return "" if len(stripped) < 5 and stripped.lower() in NOTHING else stripped

    def _day(self, cell: str) -> date | None:
        try:
            return dates.day(cell, self.order, self.latest)
        except (ValueError, OverflowError) as error:
            raise Unusable("not_a_date", "written_on", value=cell[:VALUE]) from error

    def _language(self, cell: str, text: str) -> str:
        return (tongues.stated(cell) or tongues.told(text)) if self.languages else ""


def _stars(cell: str) -> int | None:
    try:
        return ratings.stars(cell)
    except ValueError as error:
        raise Unusable("not_stars", "rating", value=cell[:VALUE]) from error


def tidied(text: str) -> str:
    """Plain text: markup that an export put around it is taken off; what only looks like it stays as it was written."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if is_html(text):
        return plain(text)
    return html.unescape(text) if ENTITY.search(text) else text


def with_headline(text: str, headline: str) -> str:
    """What the customer put above the text is a part of it, unless the text says it itself."""
    if not headline or text.casefold().startswith(headline.casefold().rstrip(".…!? ")):
        return text or headline
    return f"{headline}\n{text}" if text else headline


def key_of(cell: str) -> str:
    """A product's address names it by its handle."""
    found = HANDLE.match(cell)
    return found[1] if found else cell
