"""What is held against what: facts in, a report of sentences and their claims out."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a claim is about. `DETAIL` is any other content word that a fact holds, `WORDING` one that none does."""

    NUMBER = "number"
    MATERIAL = "material"
    COLOUR = "colour"
    SIZE = "size"
    PLACE = "place"
    CERTIFICATE = "certificate"
    NAME = "name"
    COMPATIBILITY = "compatibility"
    SUPERLATIVE = "superlative"
    FEATURE = "feature"
    DETAIL = "detail"
    OPINION = "opinion"
    WORDING = "wording"


class Problem(StrEnum):
    """Why a sentence is not backed; NONE where it is."""

    NONE = ""
    CLAIM = "claim"
    WORDING = "wording"
    OPINION = "opinion"
    EMPTY = "empty"
    META = "meta"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known. `source` is a stable field id (`vendor`, `option:Size`), `label` its name for people."""

    source: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A part of a text that says something; `source` is the fact's source that backs it, None where none does.

    `start` and `end` are offsets into the checked text, `text == checked[start:end]`.
    """

    kind: str
    text: str
    start: int
    end: int
    source: str | None

    @property
    def backed(self) -> bool:
        return self.source is not None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the checked text, `text == checked[start:end]`."""

    text: str
    start: int
    end: int
    claims: tuple[Claim, ...]
    backed: bool
    problem: str = Problem.NONE

    @property
    def unbacked_claims(self) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.source is None and claim.kind != Kind.OPINION)

    @property
    def is_foreign(self) -> bool:
        """Whether it says what no fact holds; one that says nothing, or only praises, is none."""
        return self.problem in (Problem.CLAIM, Problem.WORDING, Problem.META)

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(claim.source for claim in self.claims if claim.source is not None)


@dataclass(frozen=True, slots=True)
class Report:
    """The sentences of one text in their order."""

    sentences: tuple[Sentence, ...]

    @property
    def backed(self) -> tuple[Sentence, ...]:
        return tuple(sentence for sentence in self.sentences if sentence.backed)

    @property
    def unbacked(self) -> tuple[Sentence, ...]:
        return tuple(sentence for sentence in self.sentences if not sentence.backed)


def kept_text(report: Report) -> str:
    """The backed sentences, one space between them."""
    return " ".join(sentence.text for sentence in report.backed)


def to_json(report: Report) -> dict[str, Any]:
    """Plain data for a JSON column; `from_json` reads it back."""
    return {"sentences": [asdict(sentence) for sentence in report.sentences]}


def from_json(data: dict[str, Any] | str) -> Report:
    """The report that `to_json` (or its dump) was made of. Raises KeyError or TypeError on anything else."""
    plain = json.loads(data) if isinstance(data, str) else data
    return Report(
        tuple(
            Sentence(**{**item, "claims": tuple(Claim(**claim) for claim in item["claims"])})
            for item in plain["sentences"]
        )
    )
