"""Whether a text with the same inputs is there already, for the same product or for another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Self

from copywriter.models import Draft, DraftStatus
from copywriter.writing import refusal

COLUMNS = ("given", "product_id", "status", "reason", "original_text", "removed", "seed")
KEPT = (DraftStatus.PENDING, DraftStatus.ACCEPTED)
COPIED = (*KEPT, DraftStatus.REPLACED)


class Found(Enum):
    """NEW: nothing is known. THERE: the product's own waits or was accepted. AGAIN: a person rejected it, or the check
    refused it, so another one is wanted. COPY: another product's text, or an older one of its own, is the same."""

    NEW = "new"
    THERE = "there"
    AGAIN = "again"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the earlier draft says; nothing where it is not `COPY`."""

    found: Found
    text: str = ""
    removed: list[dict[str, Any]] = field(default_factory=list)
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Before:
    """The shop's drafts with these digests, oldest first, as rows of `COLUMNS`."""

    drafts: dict[str, list[dict[str, Any]]]

    @classmethod
    def read(cls, digests: Collection[str]) -> Self:
        """One query."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in Draft.objects.filter(given__in=list(digests)).order_by("pk").values(*COLUMNS) if digests else ():
            found[row["given"]].append(row)
        return cls(dict(found))

    def of(self, product_id: int, digest: str) -> Earlier:
        every = self.drafts.get(digest, [])
        own = [row for row in every if row["product_id"] == product_id]
        if any(row["status"] in KEPT for row in own):
            return Earlier(Found.THERE)
        if any(map(_is_no_good, own)):
            return Earlier(Found.AGAIN)
        for row in reversed(every):
            if row["status"] in COPIED and row["original_text"]:
                return Earlier(Found.COPY, row["original_text"], row["removed"], row["seed"])
        return Earlier(Found.AGAIN if any(map(_is_no_good, every)) else Found.NEW)


def _is_no_good(row: dict[str, Any]) -> bool:
    """Rejected, or refused for what it says; an engine that failed may say the same thing yet."""
    if row["status"] == DraftStatus.REFUSED:
        return bool(row["reason"].partition(":")[0] in (refusal.UNBACKED, refusal.SAME, refusal.TONGUE))
    return bool(row["status"] == DraftStatus.REJECTED)
