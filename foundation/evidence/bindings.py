"""Which part a material, colour or size word belongs to: a copper kettle with a steel handle is no steel kettle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from foundation.evidence.lexicon import SIZE_WORDS, Phrase, lexicon, roots_of_able, stem
from foundation.evidence.phrases import Part
from foundation.evidence.tokens import Token
from foundation.evidence.types import Kind
from foundation.evidence.wordsets import words as word_set

_BOUND = frozenset({Kind.MATERIAL, Kind.COLOUR, Kind.SIZE, Kind.FEATURE})
_PARTIAL = frozenset({Kind.MATERIAL, Kind.FEATURE})
_AHEAD, _BACK = 4, 7
_SHORT_NAME = 4  # words: in a longer one several of them name the whole
_BASE_METAL = frozenset(["base", "metal"])  # of jewellery: no base of it
_COPULAS = frozenset(["is", "are", "comes", "come"])
_WEARERS = word_set("men women man woman mens womens kid kids child children boys girls baby unisex ladies")
_THINGS = word_set("shade shades finish side sides part parts piece pieces content contents label line name base")
_MAKING = word_set(
    "turned carved woven knit knitted hewn spun cut cast bent sewn blown forged milled moulded molded machined tailored"
    " shaped fashioned hammered pressed welded assembled manufactured"
)
"""What is done to the whole; "packed in silk" and "lined with silk" make nothing of silk."""
_NOUNS = word_set("scent scents lining linings warranty guarantee padding insulation fragrance quality rug rugs")
"""Harmless words that name a part where something is said of them: "the shade is removable"."""
_FEATURE = re.compile(
    r"(?:proof|resistant|repellent|safe|friendly|[a-z]{3}able|[a-z]{3}ible|sleeveless|seamless|powered|certified)$"
    r"|^(?:anti|non)-?[a-z]{3}"
)


def kinds_of(words: Phrase, low: str) -> set[Kind]:
    kinds = set(lexicon().kinds.get(words, ()))
    if len(words) == 1 and low in SIZE_WORDS:
        kinds.add(Kind.SIZE)
    if len(words) == 1 and not kinds and _FEATURE.search(low) and low not in lexicon().opinion:
        kinds.add(Kind.FEATURE)
    return kinds


def _is_joining(token: Token) -> bool:
    return token.low in lexicon().harmless and token.low not in _THINGS


def _is_modifier(token: Token) -> bool:
    """Whether the word tells of a property; "lining" and "scent" share a stem with one ("lined") but name a thing."""
    return token.low not in _NOUNS and bool(kinds_of((token.stem,), token.low) & _BOUND)


def _roots(low: str) -> frozenset[str]:
    """What a property may be called as a field: "Scent: Unscented", "Toxicity: Non-toxic", "Lock: Lockable"."""
    bare = low.removeprefix("un").removeprefix("non")
    return frozenset({stem(bare), *roots_of_able(low)})


def followers(part: Part, tokens: Sequence[Token]) -> frozenset[str]:
    """Stems of the things that the part stands before: "black leather travel bag" → travel, bag; empty if none."""
    things: list[str] = []
    for token in tokens[part.last + 1 : part.last + 1 + _AHEAD]:
        if not token.is_word or _is_joining(token):
            break
        if not _is_modifier(token):
            things.append(token.stem)
    return frozenset(things)


def subject(part: Part, tokens: Sequence[Token]) -> frozenset[str] | None:
    """The thing that the part is said of from behind: "the handle is made of steel" → handle; empty if unclear.

    None where a verb opens the sentence ("Turned from beech"): then it is said of the whole.
    """
    joined = False
    for at in range(part.first - 1, max(0, part.first - _BACK) - 1, -1):
        token = tokens[at]
        if not token.is_word:
            break
        if _is_joining(token):
            joined = True
        elif not _is_modifier(token):
            if joined and _opens_as_verb(at, tokens):
                return None
            return frozenset({tokens[_part_named(at, tokens)].stem}) if joined else frozenset()
    return frozenset()


def _is_amount(token: Token) -> bool:
    """Whether it is a part of how gold is told: "14k gold"."""
    return token.text[0].isdigit() or token.low in ("k", "kt", "ct", "karat", "carat")


def _part_named(at: int, tokens: Sequence[Token]) -> int:
    """Where the part is named whose owner stands at `at`: the strap in "the strap of the goggles"; `at` without one."""
    owned = at >= 3 and tokens[at - 1].low in ("the", "this", "these") and tokens[at - 2].low == "of"
    return at - 3 if owned and tokens[at - 3].is_word and not _is_joining(tokens[at - 3]) else at


def _opens_as_verb(at: int, tokens: Sequence[Token]) -> bool:
    """Whether a participle opens the sentence, which then names no thing: "Turned from beech wood, …"."""
    opens = not at or tokens[at - 1].low in (".", "!", ";", ":")
    return opens and tokens[at].low in _MAKING and tokens[at + 1].low in ("from", "of", "in", "out")


def is_said_of_it(part: Part, tokens: Sequence[Token]) -> bool:
    """Whether nothing but joining words, from a pronoun on, stands before the part: "It is made of …", "They are …"."""
    before = tokens[: part.first]
    plain = all(_is_joining(token) or _is_modifier(token) or _is_amount(token) for token in before)
    return bool(before) and before[0].low in ("it", "they", "this", "these") and plain


@dataclass
class Bindings:
    """`heads`: modifier → the things that the facts give it to. `free`: modifiers said of no part in particular.

    `modified`: thing → its modifiers. `labelled`: things that name a field.
    `product`: stems of the product's title, which are names of the whole.
    """

    heads: dict[Phrase, set[str]] = field(default_factory=dict)
    free: set[Phrase] = field(default_factory=set)
    modified: dict[str, set[Phrase]] = field(default_factory=dict)
    product: set[str] = field(default_factory=set)

    labelled: set[str] = field(default_factory=set)
    whole: set[Phrase] = field(default_factory=set)  # said of the whole by a sentence without a subject
    heads_of_names: set[str] = field(default_factory=set)
    qualifiers: set[str] = field(default_factory=set)  # the coffee of a "Coffee Dripper"

    def add_name(self, tokens: Sequence[Token]) -> None:
        """Take in a title or type: the words that name the whole, and of a short one which only tell it apart."""
        self.product.update(token.stem for token in tokens if token.is_word)
        short = sum(token.is_word for token in tokens) <= _SHORT_NAME
        nouns: list[Token] = []
        for token in (*tokens, None):
            if token and token.is_word and not _is_joining(token) and not _is_modifier(token):
                nouns.append(token)
                continue
            if len(nouns) == 2 and short and nouns[-1].text[1:].islower() and nouns[-1].low not in _WEARERS:
                self.qualifiers.update(one.stem for one in nouns[:-1] if not one.low.endswith("s"))
                self.heads_of_names.add(nouns[-1].stem)
            else:
                self.heads_of_names.update(one.stem for one in nouns)
            nouns = []

    def add(self, found: Sequence[Part], tokens: Sequence[Token], label: Sequence[Token]) -> None:
        """Take in one fact; a label that names a part ("Handle") is what a bare value ("beech") belongs to."""
        labelled = frozenset(t.stem for t in label if t.is_word and not _is_joining(t) and not _is_modifier(t))
        labelled -= {"base"} if {t.low for t in label} >= _BASE_METAL else frozenset()
        general = all(t.low in _GENERAL for t in label if t.stem in labelled)
        self.labelled |= frozenset() if general else labelled
        for part in found:
            if not kinds_of(part.words, tokens[part.first].low) & _BOUND:
                continue
            told = followers(part, tokens) or subject(part, tokens)
            things = told or labelled
            if things is labelled:  # "Scent: Unscented" says it of the thing, not of the scent
                things = labelled = labelled - _roots(tokens[part.first].low)
            for words in lexicon().backed_by(part.words):
                if not things or (things is labelled and general):
                    self.free.add(words)
                    self.whole.update({words} if told is None else ())
                self.heads.setdefault(words, set()).update(things)
                for thing in things:
                    self.modified.setdefault(thing, set()).add(words)

    def conflict(self, part: Part, tokens: Sequence[Token]) -> bool:
        """Whether the facts give the part's word to other things only.

        So it is where they give this thing another word of the sort (a copper kettle, its spout of steel), or where
        the text says of the whole what they say of a part (a washable cover is no washable sofa).
        """
        words = lexicon().canonical(part.words)
        given = self.heads.get(words, set())
        if not given and words not in self.free:
            return False
        if tokens[part.first].low in _NOUNS:
            return False
        kinds = kinds_of(words, tokens[part.first].low) & _BOUND
        followed = followers(part, tokens)
        things = followed or subject(part, tokens) or frozenset()
        if not followed and self._is_of_a_qualifier(things - given, tokens[: part.first]):
            return True  # no coffee is dishwasher safe because a coffee dripper is
        if words in self.free:  # steel said of the whole is not its handle's where the sheet says "Handle: Wood"
            own = {other for thing in things & self.labelled for other in self.modified.get(thing, ())}
            if words in self.whole and not things & self.product:  # "Turned from beech, with a leather strap"
                own |= {other for thing in things for other in self.modified.get(thing, ())}
            sort = kinds & ({Kind.MATERIAL} if tokens[part.first].text[0].isupper() else {Kind.MATERIAL, Kind.COLOUR})
            return words not in own and any(kinds_of(other, "") & sort for other in own)
        if things & given:
            return False
        of_the_whole = bool(things & self.product) or (not things and is_said_of_it(part, tokens))
        if of_the_whole and kinds & _PARTIAL and not given & self.product:
            return True
        rivals = {other for thing in things for other in self.modified.get(thing, ())} - {words}
        if things & self.product and given & self.product:  # "Solar Lights Waterproof Lamp": the light is both
            kinds -= {Kind.FEATURE}
        return any((kinds_of(other, other[0]) - {Kind.SIZE}) & kinds for other in rivals)

    def is_of_a_part(self, part: Part, tokens: Sequence[Token]) -> bool:
        """Whether the word behind the part names a part that the facts give it to: "steel nib", "fleece lining"."""
        given = self.labelled | self.heads.get(lexicon().canonical(part.words), set())
        things = {thing for thing in followers(part, tokens) if not thing.startswith("~")}  # of imitation leather
        return bool(things & given - self.product - _SUBSTANCES)

    def _is_of_a_qualifier(self, things: frozenset[str], before: Sequence[Token]) -> bool:
        """Whether it is said, with a verb, of a word that only tells the product's name apart."""
        if not things <= self.qualifiers - self.heads_of_names - self.labelled:
            return False
        threes = zip(before, before[1:], before[2:], strict=False)
        return any(the.low == "the" and one.stem in things and verb.low in _COPULAS for the, one, verb in threes)


_SUBSTANCES = frozenset(
    stem(word)
    for word in word_set(
        "fabric blend yarn cloth material wire fibre fiber fibres fibers clay wood sheet board panel construction knit"
        " weave mesh alloy shell beads bead thread threads veneer frame canvas pulp wool twill jersey stone glass"
        " sateen satin velvet foam rope cord vanadium stretch plywood alloy stick sticks plate plates"
    )
)
_GENERAL = word_set(
    "composition about title description tags notes note care origin fabric body shell metal wood leather textile"
    " construction stone outer main wax quality features feature details highlights function functions product"
    " diet dietary suitability properties property washing cleaning technology protection certification certificates"
    " standard standards operation control controls usage type style design look theme"
    " specialty speciality item form benefit benefits formula occasion season"
    " connectivity power source mode"
)
