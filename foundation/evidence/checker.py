"""Holds a text against facts: sentences, their claims, and whether each is backed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foundation.evidence.claims import Found, SentenceReader, main_sources
from foundation.evidence.index import FactIndex, index_of
from foundation.evidence.meta import is_meta
from foundation.evidence.normalise import Normalised, normalise
from foundation.evidence.sentences import spans
from foundation.evidence.types import Claim, Fact, Kind, Problem, Report, Sentence

_OPINIONS = 2
"""So many words of taste may stand in one sentence beside its facts; more of them is advertising."""


def check(text: str, facts: Iterable[Fact]) -> Report:
    """The report on a text.

    A sentence is backed if every number, material, colour, size, place, certificate, name, feature and superlative in
    it is held by a fact, no other content word is foreign to the facts (a closed list of joining words and a few words
    of taste excepted), at least one fact is in it, and it is about the product, not about the writing. Raises nothing
    on any text.
    """
    index = index_of(tuple(facts))
    plain = normalise(text)
    return Report(tuple(_sentence(text, plain, start, end, index) for start, end in spans(plain.text)))


def _sentence(text: str, plain: Normalised, start: int, end: int, index: FactIndex) -> Sentence:
    found = SentenceReader(plain.text, start, end, index).read()
    problem = Problem.META if is_meta(plain.text[start:end]) else _problem(found)
    claims = _claims(text, plain, found)
    first, last = plain.original(start), _after(plain, end)
    return Sentence(text[first:last], first, last, claims, problem == Problem.NONE, problem)


def _after(plain: Normalised, end: int) -> int:
    """The original offset just behind a normalised one; a character that became several is taken whole."""
    return end if plain.offsets is None else plain.original(end - 1) + 1


def _problem(found: Sequence[Found]) -> Problem:
    missing = {one.kind for one in found if not one.sources}
    if missing - {Kind.WORDING, Kind.OPINION}:
        return Problem.CLAIM
    if Kind.WORDING in missing:
        return Problem.WORDING
    if sum(one.kind is Kind.OPINION and not one.sources for one in found) > _OPINIONS:
        return Problem.OPINION
    return Problem.NONE if any(one.sources for one in found) else Problem.EMPTY


def _claims(text: str, plain: Normalised, found: Sequence[Found]) -> tuple[Claim, ...]:
    """Claims with the source that backs most of the sentence; neighbouring details of one source become one."""
    common = main_sources(found)
    claims: list[Claim] = []
    for one in found:
        source = max(one.sources, key=lambda name: common[name]) if one.sources else None
        start, end = plain.original(one.start), _after(plain, one.end)
        last = claims[-1] if claims else None
        same = last and last.kind == one.kind and last.source == source and not text[last.end : start].strip()
        if last and same and one.kind in (Kind.DETAIL, Kind.WORDING, Kind.NAME):
            start = last.start
            claims.pop()
        claims.append(Claim(one.kind.value, text[start:end], start, end, source))
    return tuple(claims)
