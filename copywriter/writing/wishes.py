"""What a job is asked to write of each product: which kinds of text, in which tone, how many takes, for whom. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from copywriter.kinds import DESCRIPTION, KINDS, TextKind
from copywriter.writing.briefs import TONES

MOST_TAKES = 3
PLAIN = ("tone", "takes", "audience", "occasion", "language", "again", "over_own")
"""What is the same in the parameters of a job."""


@dataclass(frozen=True, slots=True)
class Wish:
    """`tone` "" is that of the voice of each product's brand. Raises ValueError for a kind or tone unknown, for no
    kind, and for more than `MOST_TAKES`.
    """

    kinds: tuple[TextKind, ...] = (DESCRIPTION,)
    tone: str = ""
    takes: int = 1
    audience: str = ""
    occasion: str = ""
    language: str = "en"
    again: bool = False
    over_own: bool = False

    def __post_init__(self) -> None:
        if not self.kinds or self.tone not in ("", *TONES) or not 1 <= self.takes <= MOST_TAKES:
            raise ValueError(f"no such wish: {self.kinds!r}, {self.tone!r}, {self.takes!r} takes")

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Wish:
        """Of a job's parameters; what they do not say is as usual. Raises ValueError."""
        names = params.get("kinds") or [DESCRIPTION.name]
        if unknown := [name for name in names if name not in KINDS]:
            raise ValueError(f"unknown kinds {unknown!r}")
        kinds = tuple(kind for name, kind in KINDS.items() if name in names)
        usual = cls()
        return cls(kinds, **{name: params.get(name) or getattr(usual, name) for name in PLAIN})

    def to_params(self) -> dict[str, Any]:
        """Only what differs from the usual, so that equal wishes are equal parameters."""
        usual = Wish()
        params: dict[str, Any] = {}
        if self.kinds != usual.kinds:
            params["kinds"] = [kind.name for kind in self.kinds]
        own = {name: getattr(self, name) for name in PLAIN}
        return params | {name: value for name, value in own.items() if value != getattr(usual, name)}

    @property
    def texts(self) -> int:
        """How many are written of each product."""
        return len(self.kinds) * self.takes

    def each(self) -> Iterator[tuple[TextKind, int]]:
        """Every text's kind and the number of its take."""
        return ((kind, take) for kind in self.kinds for take in range(self.takes))
