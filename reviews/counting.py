"""How many reviews a file would bring, and why some rows give none, told before anything is imported."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

from catalog.counting import LARGEST, MOST_CELLS, MOST_SECONDS, PACKED, REASONS
from catalog.reading.detection import Detection
from catalog.reading.errors import ReadingError
from reviews.matching import SEVERAL, Matcher
from reviews.models import Review, ReviewFile
from reviews.reading.rows import Entry, Tally
from reviews.sentences import ReviewError, skipped
from reviews.services.imports import blocks_of


@dataclass(frozen=True, slots=True)
class Reason:
    """Why `rows` rows would be skipped."""

    rows: int
    text: str


@dataclass(slots=True)
class Counted:
    """Of `tally.reviews`, `known` are here already; `matched` of all have their product, `named` name one."""

    tally: Tally = field(default_factory=Tally)
    known: int = 0
    named: int = 0
    matched: int = 0
    reasons: list[Reason] = field(default_factory=list)  # the most frequent ones, most rows first

    @property
    def new(self) -> int:
        return self.tally.reviews - self.known

    @property
    def unmatched(self) -> int:
        return self.named - self.matched


def counted(file: ReviewFile) -> Counted | None:
    """Reads the whole file as the import will; None where that would take too long.

    Raises `ReviewError` for what the import would fail with.
    """
    found = Detection.from_json(file.detection)
    if max(file.size, found.unpacked // PACKED) > LARGEST or found.cells > MOST_CELLS or "text" not in file.mapping:
        return None
    result, begun, matcher = Counted(), time.monotonic(), Matcher()
    why: Counter[tuple[str, str]] = Counter()
    seen: set[object] = set()
    try:
        for block in blocks_of(file, languages=False):
            result.tally.add(block.tally)
            why.update((issue.code, issue.column) for issue in block.issues if not issue.warning)
            _count(result, block.reviews, matcher, seen)
            if time.monotonic() - begun > MOST_SECONDS:
                return None
    except ReadingError as error:
        raise ReviewError.of(error) from error
    except FileNotFoundError as error:
        raise ReviewError("file_missing") from error
    result.reasons = [Reason(rows, skipped(code, column)) for (code, column), rows in why.most_common(REASONS)]
    return result


def _count(result: Counted, entries: list[Entry], matcher: Matcher, seen: set[object]) -> None:
    digests = {entry.digest for entry in entries} - seen
    known = Review.objects.filter(digest__in=digests).count() if digests else 0
    result.known += len(entries) - len(digests) + known
    seen |= digests
    found = matcher.match([(entry.product_key, entry.product_title) for entry in entries])
    result.named += sum(bool(entry.product_key or entry.product_title) for entry in entries)
    result.matched += sum(product is not None and product != SEVERAL for product in found)
