"""What can be checked of a text in any language: numbers with their units, codes, and Latin names. Pure.

The check of evidence reads English. Of another language it would understand nothing, so here only those claims are
held against the facts that are written alike everywhere; the rest of such a text is for a person to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from foundation.evidence import Claim, Fact, Kind, Problem, Report, Sentence
from foundation.evidence.quantities import Quantity, find
from foundation.evidence.sentences import spans

_CODE = re.compile(r"(?<![\w-])(?=[\w-]*[A-Za-z])(?=[\w-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?![\w-])")
_SHOUTED = re.compile(r"(?<![\w-])[A-Z]{2,}(?:-[A-Z][A-Za-z]*)*(?![\w-])|\b[a-z]*[A-Z]+[a-z]+[A-Z]\w*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’.-]+")
_CAPITAL = re.compile(r"(?<![\w-])[A-ZÀ-ÖØ-ÞŁŚŻŹĆ][\w'’-]+")
_CERTIFICATE = re.compile(r"(?i)\b(?:[oö]e?ko-?tex|fair ?trade|energy star|blue?sign|ecocert|vegan society)\b")
_UNIT_ONLY = re.compile(r"\d+(?:[.,]\d+)?[A-Za-zµΩ°]{1,5}")
NO_ALPHABET, NO_SPACES = ("zh", "ja", "ko"), ("zh", "ja")
NOUNS_HAVE_CAPITALS = ("de",)


def check(text: str, facts: Sequence[Fact], tag: str) -> Report:
    """A report whose sentences are backed where no number, code or name stands in them that no fact holds."""
    numbers = [(fact, one) for fact in facts for one in find(fact.value)]
    return Report(tuple(_sentence(text, start, end, facts, numbers, tag) for start, end in spans(text)))


def _sentence(
    text: str, start: int, end: int, facts: Sequence[Fact], numbers: Sequence[tuple[Fact, Quantity]], tag: str
) -> Sentence:
    counted = list(_numbers(text, start, end, numbers))
    taken = [(one.start, one.end) for one in counted]
    found = _names(text, start, end, facts, tag)
    named = [one for one in found if not any(a < one.end and one.start < b for a, b in taken)]
    claims = tuple(sorted([*counted, *named], key=lambda one: one.start))
    backed = all(one.backed for one in claims)
    return Sentence(text[start:end], start, end, claims, backed, Problem.NONE if backed else Problem.CLAIM)


def _numbers(text: str, start: int, end: int, known: Sequence[tuple[Fact, Quantity]]) -> Iterator[Claim]:
    """Only what has a digit: "six" and "ten" are numbers in English alone."""
    for one in find(text, start, end):
        if any(char.isdigit() for char in text[one.start : one.end]):
            source = next((fact.source for fact, other in known if _agree(one, other)), None)
            yield Claim(Kind.NUMBER, text[one.start : one.end], one.start, one.end, source)


def _agree(one: Quantity, other: Quantity) -> bool:
    """Of the same dimension and size: a number that has no unit, or one that is a word, only where the fact's has
    none that is known either."""
    if one.dimension != other.dimension:
        return False
    return any(abs(a - b) <= 1e-6 * max(1.0, abs(b)) for a in one.values for b in other.values)


def _names(text: str, start: int, end: int, facts: Sequence[Fact], tag: str) -> Iterator[Claim]:
    seen: set[int] = set()
    for pattern, kind in _patterns(tag):
        for found in pattern.finditer(text, start, end):
            opens = found.start() == start and pattern is _CAPITAL
            if found.start() in seen or opens or _UNIT_ONLY.fullmatch(found[0]):
                continue
            seen.add(found.start())
            yield Claim(kind, found[0], found.start(), found.end(), _holder(found[0], facts))


def _patterns(tag: str) -> Iterator[tuple[re.Pattern[str], Kind]]:
    language = tag.partition("-")[0]
    yield _CERTIFICATE, Kind.CERTIFICATE
    yield _CODE, Kind.NAME
    yield _SHOUTED, Kind.NAME
    if language in NO_ALPHABET:
        yield _LATIN, Kind.NAME
    elif language not in NOUNS_HAVE_CAPITALS:
        yield _CAPITAL, Kind.NAME


def _holder(name: str, facts: Sequence[Fact]) -> str | None:
    """The source of a fact that says the name, whatever its capitals; without an ending that a case adds to it."""
    whole = re.compile(rf"(?<!\w){re.escape(_bare(name))}(?!\w)", re.I)
    return next((fact.source for fact in facts if whole.search(f"{fact.label} {fact.value}")), None)


def _bare(name: str) -> str:
    return re.sub(r"['’]s?$", "", name)
