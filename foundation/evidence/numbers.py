"""Whether the facts hold a number of a text: same value, same unit, same property, same part."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from operator import attrgetter

from foundation.evidence.index import FactIndex, FactQuantity
from foundation.evidence.lexicon import lexicon, stem
from foundation.evidence.quantities import Quantity
from foundation.evidence.surroundings import Surroundings, surroundings
from foundation.evidence.tokens import Token
from foundation.evidence.types import Kind
from foundation.evidence.units import ATTRIBUTES
from foundation.evidence.wordsets import words

_SIDES = frozenset(["width", "height", "length", "depth", "diameter", "thickness"])
_AT_MOST = frozenset(["max", stem("maximum")])
_BEARS = _AT_MOST | frozenset(
    stem(word) for word in words("weight user rider person body load recommended recommendation supported limit")
)
_MEASURES = re.compile(r"\bmeasures?(?: approximately| about| around)?$")
_DIMENSIONS = frozenset(stem(word) for word in ("dimensions", "dimension", "size", "sizes", "measurements", "overall"))
_OUTER = frozenset(
    stem(word) for word in words("outer outside external overall total product item w d h l b t lxwxh wxdxh")
)
_PACKED = frozenset(
    stem(word)
    for word in words(
        "pack packs of content contents quantity count piece pieces set unit units includes number box pcs"
    )
)
_NAMES = frozenset(["vendor", "brand"])
_CALLED = frozenset(stem(word) for word in words("model models compatible fits series name brand vendor"))


def _same_words(mine: Set[str], theirs: Set[str]) -> bool:
    if mine & theirs:
        return True
    names = {lexicon().canonical((word,)) for word in mine}
    return any(lexicon().canonical((word,)) in names for word in theirs)


def _money_without_currency(quantity: Quantity, fact: FactQuantity) -> bool:
    if fact.around.attribute != "price" or not quantity.dimension.startswith("money"):
        return False
    return replace(quantity, dimension="").matches(fact.quantity)


def _counted_things(around: Surroundings, index: FactIndex) -> Iterator[str]:
    """What a bare number may count: the nouns behind it, up to the first that the facts count too.

    "12 small cards" are cards, "two doors hiding shelves" are doors where the facts count doors.
    """
    for at, word in enumerate(around.run):
        if at + 1 == len(around.run) or not lexicon().kinds.get((word,), frozenset()) & _MODIFYING:
            yield word
            if lexicon().canonical((word,)) in index.counted:
                return


_MODIFYING = frozenset({Kind.MATERIAL, Kind.COLOUR, Kind.FEATURE})


def _named_alike(around: Surroundings, fact: FactQuantity, index: FactIndex) -> bool:
    """For a bare number: what is counted must agree ("6 pieces", "iPhone 14")."""
    theirs = fact.around
    called = around.before and around.before == theirs.before  # "Brenner 700", "iPhone 14"
    if called and (around.before in index.bindings.product or theirs.words & _CALLED):
        return True
    if fact.source in _NAMES:
        return bool(called)  # "Company 123" tells of no 123 of anything
    if around.after:
        wanted = frozenset(_counted_things(around, index))
        if _same_words(wanted, theirs.words):
            return True
        if not fact.counted and theirs.words <= _PACKED:  # "Pack of: 24" for "24 cards" of a "Card Game"
            return not theirs.words or bool(wanted & index.bindings.product)
        alone = {word for word in wanted if index.runs[word] <= (word in theirs.run)}  # "Lights 4 Pack with 2 Stakes"
        return theirs.after in _PACKED and _same_words(alone, index.bindings.product)
    if fact.counted:
        return False
    return not around.words or not fact.around.words or _same_words(around.words, fact.around.words)


def _opens_sides(fact: FactQuantity, index: FactIndex) -> bool:
    """Whether another length follows at once: the 240 of "240x80x30cm"."""
    lengths = (f for f in index.numbers if f.source == fact.source and f.quantity.dimension == "length")
    return any(0 < other.quantity.start - fact.quantity.end <= len(" x ") for other in lengths)


def _property(attribute: str, fact: FactQuantity) -> str:
    """The capacity of what carries is a load: "Capacity: 100 kg"."""
    return "load" if attribute == "capacity" and fact.quantity.dimension == "mass" else attribute


def _same_property(attribute: str, fact: FactQuantity, at_most: bool) -> bool:
    """A number without a property backs any, but one of several dimensions is no particular side; "Max weight" is what
    a thing holds, and not what it weighs."""
    if not fact.around.words.isdisjoint(_AT_MOST) and fact.around.attribute == "weight":
        return attribute == "weight" if at_most else attribute == "load" and fact.around.words <= _BEARS
    if fact.around.attribute:
        return _property(fact.around.attribute, fact) == _property(attribute, fact)
    return attribute not in _SIDES or fact.around.words.isdisjoint(_DIMENSIONS)


def _same_part(around: Surroundings, fact: FactQuantity, index: FactIndex) -> bool:
    """Whether the words beside the number name this fact's part, not that of another number ("a battery of 9 cm")."""
    named = {word for other in index.numbers if not other.counted for word in other.around.words}
    claimed = (around.words & named) - index.bindings.product
    whose = around.whose & named
    if (
        whose.isdisjoint(index.bindings.product)
        and whose
        and fact.around.words
        and not _same_words(whose, fact.around.words)
    ):
        return False
    return not claimed or not fact.around.words or _same_words(claimed, fact.around.words)


def _of_what(before: Sequence[Token], equal: Sequence[FactQuantity], index: FactIndex) -> list[FactQuantity]:
    """Those of what "of" ties the number to: "charging of 40 h" is no battery life."""
    if len(before) < 2 or before[1].low != "of" or before[0].low in lexicon().harmless or before[0].low in ATTRIBUTES:
        return list(equal)
    told = index.sources((before[0].stem,), False)
    own = before[0].stem in index.bindings.product
    return [fact for fact in equal if own or not told or fact.source in told]


def source_of(quantity: Quantity, others: Sequence[Quantity], tokens: Sequence[Token], index: FactIndex) -> str | None:
    """The source of the fact that backs the number, or None; one of a list may take the unit at the list's end."""
    source = _source_of(quantity, others, tokens, index)
    return _source_of(quantity.listed, others, tokens, index) if quantity.listed and not source else source


def _source_of(quantity: Quantity, others: Sequence[Quantity], tokens: Sequence[Token], index: FactIndex) -> str | None:
    """The source of the number as it is read.

    A fact whose property or part is named differently ("height 5 cm" for "5 cm wide") does not count, and where the
    facts give this very part another number of that dimension, theirs is the truth.
    """
    around = surroundings(quantity, others, tokens)
    begin = bisect_right(tokens, quantity.start, key=attrgetter("end"))
    said_before = " ".join(token.low for token in tokens[max(0, begin - 3) : begin])
    equal = [
        fact for fact in index.numbers if quantity.matches(fact.quantity) or _money_without_currency(quantity, fact)
    ]
    if not quantity.dimension:
        each = quantity.each
        pairs = (fact for fact in equal if each and fact.quantity.each and each.matches(fact.quantity.each))
        return next((fact.source for fact in (*pairs, *(f for f in equal if _named_alike(around, f, index)))), None)
    if around.attribute:
        at_most = not around.words.isdisjoint(_AT_MOST) or "max" in said_before
        equal = [fact for fact in equal if _same_property(around.attribute, fact, at_most)]
        rivals = [
            f
            for f in index.numbers
            if f.quantity.dimension == quantity.dimension
            and _property(f.around.attribute, f) == _property(around.attribute, f)
        ]
        if rivals and not quantity.bound and not any(fact in rivals for fact in equal):
            return None
    equal = [fact for fact in equal if _same_part(around, fact, index)]
    if quantity.dimension == "time":
        equal = _of_what(tokens[max(0, begin - 2) : begin], equal, index)
    if _MEASURES.search(said_before) and quantity.dimension not in ("", "length", "area"):
        return None
    if not around.attribute and _MEASURES.search(said_before):
        named = _DIMENSIONS | _OUTER | {token.stem for token in tokens}
        own = named | index.bindings.product  # "Dog Bed Large 240x80x30cm": the title's sides are those of the whole
        sided = (f for f in equal if f.around.words <= own and _opens_sides(f, index))
        equal = [*(f for f in equal if f.around.attribute or f.around.words <= named), *sided]
    if around.after:
        noun = frozenset({around.after})
        rivals = [f for f in index.numbers if f.quantity.dimension == quantity.dimension and noun & f.around.words]
        if rivals:
            equal = [fact for fact in equal if fact in rivals]
    return equal[0].source if equal else None
