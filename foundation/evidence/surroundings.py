"""The words around a number that say what it measures: "a 20 cm blade", "weighs 5 kg", "height: 12 cm"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from operator import attrgetter

from foundation.evidence.lexicon import lexicon, stem
from foundation.evidence.quantities import Quantity
from foundation.evidence.tokens import Token
from foundation.evidence.units import ATTRIBUTES
from foundation.evidence.wordsets import words

_STOP = words("and or but with while plus")
_WEAK = words(
    "x description notes note details detail highlights title tags summary"
    " a an the this that these those is are was be of in on at to for from by it its has have had as up about"
    " approximately around than each per over under least most only just measures measure measuring comes come"
    " available features feature offers made product item your you can will not"
)
_SIZED = frozenset(stem(word) for word in ("dimensions", "dimension", "size", "measurements"))
_BEFORE, _AFTER, _RUN = 5, 2, 4
_BORNE = words("load weight carrying lifting bearing")
_COUNTED = words(
    "pieces parts sizes colours colors items sets models designs styles sides finishes shades articles products"
)
"""Harmless words that are counted, wherever they stand behind the number."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`attribute`: what is measured (width, load …) or ""; `words`: stems that name it or its part."""

    attribute: str = ""
    words: frozenset[str] = frozenset()
    after: str = ""
    run: tuple[str, ...] = ()  # the words behind a bare number, up to what ends its phrase: "12 small cards"
    before: str = ""  # the name that stands right before the number: "Brenner 700"
    whose: frozenset[str] = frozenset()  # what a measure is said of: "a tank with dimensions of"

    def under(self, label: Surroundings) -> Surroundings:
        """These surroundings inside a field that is called `label`: what the value says itself counts first."""
        return replace(self, attribute=self.attribute or label.attribute, words=self.words | label.words)


def _window(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if token.low in _STOP or not (token.is_word or token.text in "\"'°%"):
            break
        kept.append(token)
    return kept


def _whose(before: Sequence[Token], tokens: Sequence[Token]) -> frozenset[str]:
    """What a measure told with "with" belongs to: the water tank of "a water tank with dimensions of 40 cm"."""
    measures = [token for token in before if token.low in ATTRIBUTES or token.stem in _SIZED]
    at = bisect_left(tokens, before[-1].start, key=attrgetter("start")) - 1 if before else 0
    plain = all(token in measures or token.low in _WEAK for token in before)
    if at < 1 or not measures or not plain or tokens[at].low != "with":
        return frozenset()
    thing = takewhile(lambda token: token.is_word and token.low not in _WEAK, reversed(tokens[max(0, at - 2) : at]))
    return frozenset(token.stem for token in thing)


def _attribute(window: Sequence[Token], dimension: str) -> str:
    for at, token in enumerate(window):
        beside = {one.low for one in (*window[max(0, at - 1) : at], *window[at + 1 : at + 2])}
        if (token.low == "capacity" and beside & _BORNE) or (token.low in _BORNE and "capacity" in beside):
            return "load"
        if dimension == "mass" and token.low in ("hold", "holds", "carries", "carry", "maximum", "max"):
            return "load"
        if token.low in ATTRIBUTES:
            return ATTRIBUTES[token.low]
    return ""


def surroundings(quantity: Quantity | None, others: Sequence[Quantity], tokens: Sequence[Token]) -> Surroundings:
    """What stands around the quantity among the tokens of its text; for None, the tokens are those of a label.

    All in the order of the text, so that a row of thousands of numbers is no work of hours.
    """
    if quantity is None:
        words = [token for token in tokens if token.is_word]
        return Surroundings(_attribute(words, ""), frozenset(t.stem for t in words if t.low not in _WEAK))
    at = bisect_right(others, quantity.start, key=attrgetter("end"))
    left = others[at - 1].end if at else 0
    at = bisect_left(others, quantity.end, key=attrgetter("start"))
    right = others[at].start if at < len(others) else 1 << 30
    begin, behind = (bisect_left(tokens, place, key=attrgetter("start")) for place in (quantity.start, quantity.end))
    nearer = takewhile(lambda token: token.start >= left, (tokens[i] for i in range(begin - 1, -1, -1)))
    before = _window(list(islice((token for token in nearer if token.end <= quantity.start), _BEFORE)))
    if not quantity.dimension and at < len(others) and _is_size_of_each(others[at], tokens, behind):
        behind = bisect_left(tokens, others[at].end, key=attrgetter("start"))  # "two 3 inch woofers"
        right = others[at + 1].start if at + 1 < len(others) else 1 << 30
    elif not quantity.dimension and at < len(others) and _is_range(tokens[behind : behind + 2], others[at]):
        behind = bisect_left(tokens, others[at].end, key=attrgetter("start"))  # "2 to 5 players"
        right = others[at + 1].start if at + 1 < len(others) else 1 << 30
    further = takewhile(lambda token: token.end <= right, (tokens[i] for i in range(behind, len(tokens))))
    following = _window(list(islice(further, _RUN)))
    after = following[:_AFTER]
    nouns = [token for token in after if token.is_word and token.low not in _WEAK]
    named = frozenset(t.stem for t in (*before, *after) if t.is_word and t.low not in _WEAK)
    attribute = _attribute(after, quantity.dimension) or _attribute(before, quantity.dimension)
    if quantity.dimension:
        follows = stem(nouns[0].low) if nouns and after[0] is nouns[0] else ""
        return Surroundings(attribute, named, follows, whose=_whose(before, tokens))
    run = _run(following)
    name = tokens[begin - 1] if begin and quantity.start - tokens[begin - 1].end <= 1 else None
    called = name.stem if name and name.text[0].isupper() and name.low not in _WEAK else ""
    return Surroundings(attribute, named | set(run), run[0] if run else "", run, called)


def _is_size_of_each(there: Quantity, tokens: Sequence[Token], behind: int) -> bool:
    """Whether the quantity `there` follows a bare number at once, an "x" between them or nothing."""
    between = tokens[behind : behind + 2]
    return bool(there.dimension) and any(
        token.start == there.start and all(t.low == "x" for t in between[:at]) for at, token in enumerate(between)
    )


def _is_range(between: Sequence[Token], there: Quantity) -> bool:
    """Whether only "to" or a dash parts a bare number from the bare number `there`."""
    if there.dimension or not between:
        return False
    first, last = between[0], between[-1]
    return first.joined if first.start == there.start else last.start == there.start and first.low in ("to", "-")


def _run(following: Sequence[Token]) -> tuple[str, ...]:
    run: list[str] = []
    for token in following:
        joins = bool(run) and token.low in lexicon().harmless and token.low not in _COUNTED
        if not token.is_word or token.low in _WEAK or joins:
            break
        run.append(token.stem)
    return tuple(run)
