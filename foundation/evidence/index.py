"""The facts of one product, made ready for look-ups: which source holds a word, a phrase, a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from foundation.evidence import quantities
from foundation.evidence.absent import absent
from foundation.evidence.bindings import Bindings
from foundation.evidence.closed_lists import ClosedList, closed_list
from foundation.evidence.lexicon import Phrase, lexicon, roots_of_able, stem
from foundation.evidence.normalise import normalise, plain_text
from foundation.evidence.phrases import Part, parts
from foundation.evidence.quantities import Quantity
from foundation.evidence.surroundings import Surroundings, surroundings
from foundation.evidence.tokens import Token, tokenise
from foundation.evidence.types import Fact, Kind
from foundation.evidence.units import UNITS
from foundation.evidence.wordsets import words

_YES = words("yes true y 1 ja oui")
_NO = words("no false n 0 none nein non")
_LIST = re.compile(r"\s*[,;|\n]\s*|\s+/\s+|\s+and\s+")
_WORDS_BY_SLASH = re.compile(r"[^\d/,;|\n]{3,}(?:/[^\d/,;|\n]{3,})+")  # "natural/black", not "25 km/h"
_COMPOSITION = re.compile(r"\b(?:materials?|fabric|composition|made (?:of|from|with)|ingredients?)\b", re.I)
_CHOICES = {
    Kind.COLOUR: re.compile(r"\b(?:colou?rs?|shades?|finish(?:es)?)\b", re.I),
    Kind.SIZE: re.compile(r"\bsizes?\b", re.I),
}
_DENYING = re.compile(
    r"(?:(?:is )?free (?:from|of)|(?:made )?without|(?:contains |with )?no(?: added| artificial)?|does not contain"
    r"|excludes?|excluding|excluded|not (?:included|compatible with)"
    r"|(?:not (?:suitable |intended |recommended )?|unsuitable )for)\W*",
    re.I,
)
_DENIED = re.compile(
    r"(?:not?|none) (?:suitable|required|needed|necessary|included|safe|allowed|recommended|available|supported)", re.I
)
_NEEDED = frozenset(stem(word) for word in words("need required necessary"))
_SIDE = r"\b([WDHLBT])(?:idth|epth|eight|ength|readth|hickness)?"
_SIDES = re.compile(rf"{_SIDE}(?:\s*[x/]\s*{_SIDE[2:]})(?:\s*[x/]\s*{_SIDE[2:]})?\b", re.I)
_LETTER = re.compile(r"(?<![^\W_])([WDHLBT]):?\s*$")
_SIDE_NAMES = {"w": "width", "b": "width", "d": "depth", "h": "height", "l": "length", "t": "thickness"}
_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z]{1,8}[- ]?\d+[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*|\d{6,}-[A-Z0-9]*\d[A-Z0-9]*)"
)
_DIMENSION_LABEL = re.compile(r"\b(?:size|dimensions?|measurements?)\b", re.I)
_SCENT = re.compile(r"\b(?:scents?|fragrances?|aromas?|flavou?rs?|tastes?|smells?)\b", re.I)
_MAKER = re.compile(
    r"(?i)\b(?:brand|vendor|maker|manufacturer|manufactured|producer|designer|author|artist|illustrator|publisher|writer"
    r"|label|studio|seller|company)\b"
)
_BY_NAME = re.compile(r"\b[Bb]y [A-Z]")
_ORIGIN = re.compile(
    r"(?i)\b(?:origin|made|country|manufactured|produced|crafted|grown|woven|handmade|bottled|roasted|region)\b(?!.*\bdesign)"
)
_MADE_IN = re.compile(
    r"(?i)\b(?:made|manufactured|produced|crafted|built|woven|knitted|grown|bottled|roasted|handmade|from)\b"
)
_FITTING = re.compile(r"(?i)\bcompatib")
_FITS = re.compile(r"\b(?:[Ff]or|[Ff]its|[Cc]ompatible(?: with| brands?)?):? ([A-Z]\w+)")
_TURNED = re.compile(r"(?:never|zero|hand[- ]?wash(?: only)?|splash(?: only)?|not rated|not applicable|pending\b.*)")
_PROPERTY = re.compile(r"(?i)\b(?:safe|\w*wash(?:able)?|\w+proof|resistan\w+|tested|contains|\w+able|certifi\w+)\b")
"""Answers that turn the name of a property round: "Machine washable: Hand wash"."""
_COUNTED = Surroundings(words=frozenset({"count"}))
_INNER_LABEL = re.compile(r"(?:^|[,;.|\n]\s*)([A-Za-z]{3,12}(?: [a-z]{3,12})?):\s*")
_UNIT_LABEL = re.compile(r"[(\[]\s*([^)\]]+?)\s*[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class FactQuantity:
    """A number of a fact with the words around it. `counted`: it was counted from a list, not written."""

    quantity: Quantity
    around: Surroundings
    source: str
    counted: bool = False


@dataclass
class FactIndex:
    """`positive` and `negative` map a phrase (canonical stems) to the sources that assert or deny it."""

    positive: dict[Phrase, list[str]] = field(default_factory=dict)
    negative: dict[Phrase, list[str]] = field(default_factory=dict)
    numbers: list[FactQuantity] = field(default_factory=list)
    bindings: Bindings = field(default_factory=Bindings)
    compositions: set[str] = field(default_factory=set)  # sources that say what the thing is made of
    choices: dict[Kind, set[str]] = field(default_factory=dict)  # sources that list the colours or sizes on offer
    scents: set[str] = field(default_factory=set)  # sources that name a scent or a taste: "Pine", made of none
    makers: set[str] = field(default_factory=set)  # sources that may name who made it
    codes: dict[str, str] = field(default_factory=dict)  # "pl2" → source, for "PL-2"
    opposites: list[tuple[Phrase, bool, str]] = field(default_factory=list)  # "unscented": scented, denied
    counted: set[Phrase] = field(default_factory=set)  # canonical stems of what bare numbers count
    runs: Counter[str] = field(default_factory=Counter)  # stems behind bare numbers → behind how many
    scales: dict[str, set[str]] = field(
        default_factory=dict
    )  # "reusabl" → sources that name the scale, not the place on it
    absent: set[str] = field(default_factory=set)  # stems of what is not in the box
    spellings: set[str] = field(default_factory=set)  # words of the maker's name as they are written, without "s"
    origins: set[str] = field(default_factory=set)  # sources that say where it is made
    fitted: set[str] = field(default_factory=set)  # stems of names that it fits: "filter for Dyson"
    denied: dict[str, set[str]] = field(default_factory=dict)  # "suit" → the labels whose value is "Not suitable"
    closed: list[ClosedList] = field(default_factory=list)

    def sources(self, words: Phrase, negated: bool) -> list[str]:
        """The sources that back a phrase said (or, `negated`, denied); empty where none does."""
        return (self.negative if negated else self.positive).get(lexicon().canonical(words), [])

    def holds_twice(self, quantity: Quantity) -> str | None:
        """A source that holds the number at two places."""
        places: dict[str, set[int]] = {}
        for one in self.numbers:
            if quantity.matches(one.quantity):
                places.setdefault(one.source, set()).add(one.quantity.start)
        return next((source for source, starts in places.items() if len(starts) > 1), None)


def _add(index: FactIndex, words: Phrase, negated: bool, source: str) -> None:
    """A positive fact backs what is more general; a denied one only itself ("no zip" says nothing of fasteners)."""
    target = index.negative if negated else index.positive
    for backed in (lexicon().canonical(words),) if negated else lexicon().backed_by(words):
        sources = target.setdefault(backed, [])
        if source not in sources:
            sources.append(source)


def _add_parts(index: FactIndex, found: Iterable[Part], source: str, deny: bool = False) -> None:
    for part in found:
        _add(index, part.words, part.negated or deny, source)


def _add_compounds(index: FactIndex, tokens: Sequence[Token], source: str) -> None:
    """ "water proof" also backs "waterproof", and "washable" that one can wash it."""
    for token in tokens:
        for root in roots_of_able(token.low):
            _add(index, (root,), token.negated, source)
        if token.low.startswith("un") and len(token.low) > 5:  # "unscented" is not scented
            index.opposites.append(((stem(token.low[2:]),), not token.negated, source))
    for left, right in pairwise(tokens):
        if left.is_word and right.is_word and len(left.low) > 1:
            _add(index, ((left.low + right.stem),), right.negated, source)


def _add_numbers(index: FactIndex, label: str, text: str, tokens: list[Token], source: str) -> None:
    found = quantities.find(text)
    named = surroundings_of_label(label)
    sides = _sides(label, text, found)
    for at, one in enumerate(found):
        around = surroundings(one, found, tokens).under(named)
        index.numbers.append(FactQuantity(one, replace(around, attribute=sides.get(at, around.attribute)), source))
        if one.listed:
            index.numbers.append(FactQuantity(one.listed, around.under(named), source))
        if one.each and one.dimension and not _DIMENSION_LABEL.search(label):  # "2 x 3 inch" may be two of 3 inches
            count = Quantity((one.values[0] / UNITS[one.unit][1],), "", "", one.start, one.end, "", one.each)
            index.numbers.append(FactQuantity(count, surroundings(count, found, tokens).under(named), source))
        if one.unit == "ct":  # of a diamond carats, of tea bags their count
            index.numbers.append(FactQuantity(replace(one, dimension="", unit=""), _COUNTED, source))
    unit = _UNIT_LABEL.search(label)
    if unit and found and all(not one.dimension for one in found):  # "Weight (kg)": "0.4"
        for one in quantities.find(re.sub(r"(\d)(?=[^\d.,]*$)", rf"\1 {unit.group(1)}", text, count=1)):
            index.numbers.append(FactQuantity(one, named, source))


def _sides(label: str, text: str, found: Sequence[Quantity]) -> dict[int, str]:
    """Which side each number is, by its place: "Dimensions (W x D x H)": "60 x 30 x 72 cm"."""
    lettered = [
        (at, _LETTER.search(text, max(0, one.start - 4), one.start))
        for at, one in enumerate(found)
        if one.dimension == "length"
    ]
    named = _SIDES.search(label) or _SIDES.search(text)
    if not named:
        return {at: _SIDE_NAMES[letter.group(1).lower()] for at, letter in lettered if letter}
    sides = [_SIDE_NAMES[letter.lower()] for letter in named.groups() if letter]
    if not {"width", "length"} & set(sides):
        sides = ["diameter" if side == "depth" else side for side in sides]
    chain: list[int] = []
    given: dict[int, str] = {}
    for at in range(len(found) + 1):
        linked = at < len(found) and (not chain or text[found[at - 1].end : found[at].start].strip().lower() == "x")
        if not linked:
            given.update(zip(chain, sides, strict=True) if len(chain) == len(sides) else ())
            chain = []
        if at < len(found) and found[at].dimension == "length":
            chain.append(at)
    return given


def surroundings_of_label(label: str) -> Surroundings:
    return surroundings(None, [], tokenise(normalise(label).text))


def _add_count(index: FactIndex, label: str, text: str, source: str) -> None:
    """A list of three sizes backs "three sizes" and "several sizes"."""
    text = text.replace("/", " / ") if _WORDS_BY_SLASH.fullmatch(text) else text
    values = {value.lower() for value in _LIST.split(text) if value.strip()}
    if len(values) > 1 and max(map(len, values)) <= 40:
        count = Quantity((float(len(values)),), "", "", 0, 0)
        index.numbers.append(FactQuantity(count, surroundings_of_label(label), source, counted=True))


def _deny(index: FactIndex, named: Sequence[Token], tokens: list[Token], source: str) -> None:
    """ "Microwave: Not suitable", "Tools: None required": the value's word is denied, and the label with it."""
    labels = {token.stem for token in named if token.is_word}
    for at, token in enumerate(tokens):
        tokens[at] = replace(token, negated=True)
        for word in _NEEDED if token.stem in _NEEDED else (token.stem,):
            index.denied.setdefault(word, set()).update(labels)
    _add_parts(index, parts(named), source, deny=True)


def _not_denied(found: Sequence[Part], value: Sequence[Token]) -> Iterable[Part]:
    """The label's words but those that the value turns round ("Scent: Unscented", "Sugar: sugar-free")."""
    gone = {token.stem for token in value if token.negated} | {
        stem(token.low[2:]) for token in value if token.low.startswith("un")
    }
    return (part for part in found if gone.isdisjoint(part.words) or len(value) > 3)


def _add_scales(index: FactIndex, named: Sequence[Token], value: Sequence[Token], source: str) -> None:
    """ "Reusability: Disposable" says of nothing that it is reusable, though the two words have one stem."""
    said = {token.stem for token in value}
    for token in named:
        if token.low.endswith(("ability", "ibility")) and token.stem not in said:
            index.scales.setdefault(token.stem, set()).add(source)


def _bind(index: FactIndex, named: list[Token], text: str, tokens: list[Token], found: list[Part]) -> None:
    """Which part each material, colour or property belongs to; "Shell: nylon, lining: silk" names the parts itself."""
    first, *inner = _INNER_LABEL.split(text)
    if not inner:
        index.bindings.add(found, tokens, named)
    elif first:
        words = tokenise(first)
        index.bindings.add(parts(words), words, named)
    for label, value in zip(inner[::2], inner[1::2], strict=True):
        words = tokenise(value)
        index.bindings.add(parts(words), words, tokenise(label))


def _add_fact(index: FactIndex, fact: Fact) -> None:
    label, text = normalise(plain_text(fact.label)).text, normalise(plain_text(fact.value)).text
    answer = text.strip(" .").lower()
    named = tokenise(label)
    index.absent |= absent(label, text, answer in _NO, fact.source == "title")
    if _TURNED.fullmatch(answer) and _PROPERTY.search(label):
        _add_parts(index, parts(named), fact.source, deny=True)
        _add_parts(index, parts(tokenise(text)), fact.source)
        return
    if answer in _YES or answer in _NO:
        _add_parts(index, parts(named), fact.source, deny=answer in _NO)
        if answer in _YES:
            index.bindings.add(parts(named), named, ())
            _add_compounds(index, named, fact.source)
        return
    tokens = tokenise(text)
    if _DENYING.fullmatch(label):
        tokens = [replace(token, negated=token.is_word) for token in tokens]
    elif _DENIED.fullmatch(answer):
        _deny(index, named, tokens, fact.source)
    found = parts(tokens)
    _add_parts(index, _not_denied(parts(named), tokens), fact.source)
    _add_parts(index, found, fact.source)
    _add_scales(index, named, tokens, fact.source)
    for code in _CODE.findall(text):
        index.codes.setdefault(re.sub("[- ]", "", code).lower(), fact.source)
    _add_compounds(index, tokens, fact.source)
    _add_numbers(index, label, text, tokens, fact.source)
    _add_count(index, label, text, fact.source)
    if fact.source.partition(":")[0] in ("title", "type", "product_type"):
        index.bindings.add_name(tokens)
    _bind(index, named, text, tokens, found)
    if _COMPOSITION.search(label) or _COMPOSITION.search(text):
        index.compositions.add(fact.source)
    if _SCENT.search(label):
        index.scents.add(fact.source)
    if fact.source in ("vendor", "brand") or _MAKER.search(label) or _BY_NAME.search(text):
        index.makers.add(fact.source)
    if fact.source in ("vendor", "brand"):
        index.spellings.update(token.low.rstrip("s") for token in tokens)
    if _ORIGIN.search(label) or _MADE_IN.search(text):
        index.origins.add(fact.source)
    for name in _FITS.findall(f"{label} {text}" if _FITTING.search(label) else text):
        index.fitted.update(map(stem, name.lower().split()))
    if listed := closed_list(label, text):
        index.closed.append(listed)
    for kind, pattern in _CHOICES.items():
        if pattern.search(label):
            index.choices.setdefault(kind, set()).add(fact.source)


@lru_cache(maxsize=512)
def index_of(facts: tuple[Fact, ...]) -> FactIndex:
    """The index of the facts; kept for the candidates of the same product that come next."""
    index = FactIndex()
    for fact in facts:
        _add_fact(index, fact)
    for opposite, denied, source in index.opposites:
        if not index.sources(opposite, not denied):  # "polished outside and unpolished inside" denies nothing
            _add(index, opposite, denied, source)
    index.runs.update(word for one in index.numbers for word in set(one.around.run))
    index.counted = {
        lexicon().canonical((word,)) for one in index.numbers if not one.quantity.dimension for word in one.around.words
    }
    return index
