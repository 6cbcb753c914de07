"""Whether a text about a category says of all its products what is known of some only. Pure.

A source that begins with `SOME` holds values that not every product has. They may be told as a choice, "including oak
and steel", but neither with a word that means all of them, nor as what the products are ("made of oak and steel"), nor
of a product that is named beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copywriter.compliance import Breach
from foundation.evidence import Claim, Fact, Report, Sentence, check

GENERALISES = "generalises"
SOME = "some:"
NUMBER, PRICE, PRODUCTS = f"{SOME}number", f"{SOME}price", f"{SOME}products"
MAKERS = "makers"
"""The source of the brands where all of them are listed: true of the whole, not of one product."""
_ALL = re.compile(
    r"(?i)\b(?:all|every|everything|each|any|always|both|only|whole|entire|entirely|throughout|none|never)\b"
)
_CHOICE = re.compile(
    r"(?i)\b(?:includ(?:e|es|ed|ing)|such as|among|some|for example|choose|choice|there (?:are|is)"
    r"|(?<!made )(?<!is )(?<!are )from|(?<!made )in)\b"
)
_SPAN = re.compile(r"(?i)\b(?:from|between|up to|start(?:s|ing)?)\b")


def generalisations(report: Report, text: str, facts: Sequence[Fact]) -> Iterator[Breach]:
    """In the order of the text; none in a text that is not about a category."""
    if not any((claim.source or "").startswith(SOME) for sentence in report.sentences for claim in sentence.claims):
        return
    of_all = _of_whole(text, facts)
    for sentence in report.sentences:
        some = (claim for claim in sentence.claims if (claim.source or "").startswith(SOME))
        partly = [claim for claim in some if (claim.start, claim.end) not in of_all]
        if partly:
            yield from _of_all(sentence)
            yield from _as_their_own(sentence, partly)
            yield from _of_one(sentence, partly)


def _of_whole(text: str, facts: Sequence[Fact]) -> frozenset[tuple[int, int]]:
    """Places of what every product has, though some are also called by it: "oak" beside an "Oak Bowl"."""
    known = check(text, [fact for fact in facts if not fact.source.startswith(SOME)])
    told = (claim for sentence in known.sentences for claim in sentence.claims if claim.source)
    return frozenset((claim.start, claim.end) for claim in told)


def _of_all(sentence: Sentence) -> Iterator[Breach]:
    for found in _ALL.finditer(sentence.text):
        yield Breach(GENERALISES, found[0], sentence.start + found.start(), sentence.start + found.end())


def _as_their_own(sentence: Sentence, partly: list[Claim]) -> Iterator[Breach]:
    prices = [claim for claim in partly if claim.source == PRICE]
    listed = [claim for claim in partly if claim.source not in (PRICE, NUMBER)]
    if prices and not _SPAN.search(sentence.text):
        yield _breach(prices[0])
    if listed and not _CHOICE.search(sentence.text):
        yield _breach(listed[0])


def _of_one(sentence: Sentence, partly: list[Claim]) -> Iterator[Breach]:
    """Beside products by their names nothing else may stand that not all have."""
    if any(claim.source == PRODUCTS for claim in partly):
        others = (claim for claim in sentence.claims if claim.source == MAKERS or claim in partly)
        yield from (_breach(claim) for claim in others if claim.source not in (PRODUCTS, NUMBER))


def _breach(claim: Claim) -> Breach:
    return Breach(GENERALISES, claim.text, claim.start, claim.end)
