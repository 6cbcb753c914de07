"""A text cut into what a page shows: plain stretches, and claims with the field of the product that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from copywriter.compliance.telling import Told, told
from copywriter.writing.judging import broken
from copywriter.writing.overlapping import Overlapping
from foundation.evidence import Claim, Fact, Kind, Report


@dataclass(frozen=True, slots=True)
class Segment:
    """`kind` is plain, backed (then `label` and `value` are the fact's), unbacked or rule (then they say which it
    breaks and who says so)."""

    text: str
    kind: str = "plain"
    label: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """`broken` are the rules that the text breaks, in the order of the text."""

    segments: tuple[Segment, ...]
    broken: tuple[Told, ...] = ()

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
    claims = list(_claims(report))
    breaking = Overlapping(claim for claim in claims if broken(claim.kind))
    rules: dict[str, None] = dict.fromkeys(code for claim in claims if (code := broken(claim.kind)))
    at = 0
    for claim in _merged(text, claims):
        if claim.start < at:  # overlaps the one before it
            continue
        if claim.start > at:
            segments.append(Segment(text[at : claim.start]))
        words = text[claim.start : claim.end]
        segments.append(
            _against(words, breaking.of(claim.start, claim.end))
            if broken(claim.kind)
            else _segment(words, claim, known)
        )
        at = claim.end
    if at < len(text):
        segments.append(Segment(text[at:]))
    return Marked(tuple(segments), tuple(told(code) for code in rules))


def _against(text: str, here: Sequence[Claim]) -> Segment:
    """Several rules may forbid the same words: all of them are named."""
    rules = [told(code) for code in dict.fromkeys(broken(one.kind) for one in here)]
    labels = dict.fromkeys(str(rule.label) for rule in rules)
    return Segment(text, "rule", " · ".join(labels), "\n".join(rule.where for rule in rules if rule.where))


def _segment(text: str, claim: Claim, known: dict[str, list[Fact]]) -> Segment:
    """A source with several facts (the sentences of a description) is shown by the one that has the words."""
    if claim.source is None:
        return Segment(text, "unbacked")
    facts = known.get(claim.source)
    if not facts:  # the product has changed since
        return Segment(text, "backed", claim.source.partition(":")[2] or claim.source)
    fact = next((fact for fact in facts if text.casefold() in fact.value.casefold()), facts[0])
    return Segment(text, "backed", fact.label, fact.value)


def _alike(one: Claim, other: Claim) -> bool:
    return one.source == other.source and not broken(one.kind) and not broken(other.kind)


def _claims(report: Report) -> Iterator[Claim]:
    for sentence in report.sentences:
        for claim in sorted(sentence.claims, key=lambda claim: (claim.start, -claim.end)):
            if claim.source is not None or claim.kind != Kind.OPINION:
                yield claim


def _merged(text: str, claims: Iterable[Claim]) -> Iterator[Claim]:
    last: Claim | None = None
    for claim in claims:
        if last and _alike(last, claim) and not text[last.end : claim.start].strip():
            last = Claim(last.kind, text[last.start : claim.end], last.start, max(last.end, claim.end), last.source)
            continue
        if last is not None:
            yield last
        last = claim
    if last is not None:
        yield last
