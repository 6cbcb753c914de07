"""What the current text of a product says and a draft does not, so that nobody loses it unseen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from foundation.evidence import Claim, Fact, Kind, check

SHOWN = 8
READ = 4_000  # characters of the current text: a page of twenty long ones must not take seconds
_FEW = 3
"""So many other words make a loss; a word or two is only another wording of the same."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """`words` as the current text has them, numbers, materials and the like first; `more` are not among them."""

    words: tuple[str, ...] = ()
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.words)


@lru_cache(maxsize=1024)
def left_out(current: str, draft: str, title: str) -> LeftOut:
    """The claims of `current` that neither `draft` nor `title`, held against it as facts, back; both in plain text.

    Nothing where only a word or two of no weight differ. Of `current` the first READ characters are read.
    """
    known = (Fact("title", "Product", title), Fact("draft", "Description", draft))
    missing = [claim for sentence in check(current[:READ], known).sentences for claim in sentence.unbacked_claims]
    weighty = _texts(claim for claim in missing if claim.kind != Kind.WORDING)
    others = [word for word in _texts(claim for claim in missing if claim.kind == Kind.WORDING) if word not in weighty]
    if not weighty and len(others) < _FEW:
        return LeftOut()
    words = [*weighty, *others]
    return LeftOut(tuple(words[:SHOWN]), max(0, len(words) - SHOWN))


def _texts(claims: Iterable[Claim]) -> list[str]:
    """Each once, however it is written."""
    return list({claim.text.casefold(): claim.text for claim in claims}.values())
