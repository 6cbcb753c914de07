"""A text cut into what a page shows: plain stretches, and claims with the field of the product that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from foundation.evidence import Claim, Fact, Kind, Report


@dataclass(frozen=True, slots=True)
class Segment:
    """`kind` is plain, backed (then `label` and `value` are the fact's) or unbacked."""

    text: str
    kind: str = "plain"
    label: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    segments: tuple[Segment, ...]

    @property
    def unbacked(self) -> list[str]:
        return [segment.text for segment in self.segments if segment.kind == "unbacked"]

    @property
    def backed_count(self) -> int:
        return sum(segment.kind == "backed" for segment in self.segments)


def marked(text: str, report: Report, facts: Sequence[Fact]) -> Marked:
    """The segments of `text`, which joined are `text` again. `report` is of this very text.

    Claims of one source that only white space parts are shown as one. A claim of taste is plain: it claims nothing.
    """
    known: dict[str, list[Fact]] = {}
    for fact in facts:
        known.setdefault(fact.source, []).append(fact)
    segments: list[Segment] = []
    at = 0
    for claim in _merged(text, _claims(report)):
        if claim.start < at:  # overlaps the one before it
            continue
        if claim.start > at:
            segments.append(Segment(text[at : claim.start]))
        segments.append(_segment(text[claim.start : claim.end], claim, known))
        at = claim.end
    if at < len(text):
        segments.append(Segment(text[at:]))
    return Marked(tuple(segments))


def _segment(text: str, claim: Claim, known: dict[str, list[Fact]]) -> Segment:
    """A source with several facts (the sentences of a description) is shown by the one that has the words."""
    if claim.source is None:
        return Segment(text, "unbacked")
    facts = known.get(claim.source)
    if not facts:  # the product has changed since
        return Segment(text, "backed", claim.source.partition(":")[2] or claim.source)
    fact = next((fact for fact in facts if text.casefold() in fact.value.casefold()), facts[0])
    return Segment(text, "backed", fact.label, fact.value)


def _claims(report: Report) -> Iterator[Claim]:
    for sentence in report.sentences:
        for claim in sorted(sentence.claims, key=lambda claim: (claim.start, -claim.end)):
            if claim.source is not None or claim.kind != Kind.OPINION:
                yield claim


def _merged(text: str, claims: Iterable[Claim]) -> Iterator[Claim]:
    last: Claim | None = None
    for claim in claims:
        if last is not None and last.source == claim.source and not text[last.end : claim.start].strip():
            last = Claim(last.kind, text[last.start : claim.end], last.start, max(last.end, claim.end), last.source)
            continue
        if last is not None:
            yield last
        last = claim
    if last is not None:
        yield last
