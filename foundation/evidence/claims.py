"""The claims of one sentence, each with the source that backs it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from foundation.evidence import offers, quantities
from foundation.evidence.absent import gives
from foundation.evidence.bindings import followers, is_said_of_it, kinds_of, subject
from foundation.evidence.closed_lists import cut_short
from foundation.evidence.index import FactIndex
from foundation.evidence.kinds import kind_of, kind_of_unknown
from foundation.evidence.lexicon import SIZE_WORDS, lexicon, roots_of_able, stem
from foundation.evidence.numbers import source_of
from foundation.evidence.phrases import Part, parts
from foundation.evidence.tokens import Token, said_missing, tokenise
from foundation.evidence.types import Kind
from foundation.evidence.wordsets import words

_VARIETY = words(
    "variety various several multiple many different range selection assortment assorted array choice numerous"
    " diverse wide vast"
)
_VARIED = {
    "size": "size", "colour": "colour", "color": "colour", "shade": "colour", "hue": "colour", "style": "",
    "model": "", "design": "", "option": "", "finish": "", "shape": "shape", "length": "length", "fit": "fit",
    "material": "material", "pattern": "pattern", "variant": "", "version": "", "flavour": "flavour",
    "scent": "scent", "type": "", "way": "",
}  # fmt: skip
_MADE = words("made crafted constructed built composed manufactured produced formed knitted woven fashioned")
_DENIABLE = frozenset(
    stem(word) for word in words("included include suitable available need needs required use used fit allowed")
)
_OF = frozenset(["of", "from"])
_OF_A = frozenset(["of", "from", "a", "an", "the"]) | _MADE
_MAKERS = frozenset(["vendor", "brand"])
_TEXTS = frozenset(["title", "description", "tags"])
_NOT_BY = re.compile(
    r"(?i)\b(?:(?:made|built|designed|created|crafted|produced|intended|meant) (?:\w+ly )?(?:for|in)"
    r"|(?:chosen|picked|selected|recommended|approved|loved|liked|worn|used|trusted|tested|endorsed|preferred|certified"
    r"|rated|reviewed|inspired) by) (?:the )?$"
)
_CONSISTS = re.compile(
    r"\b(?:contains?|containing|(?:made|built|crafted|consists?) (?:of|from|with))\s+(?:[\w-]+\s+)?$", re.I
)
_WITH_ITS_OWN = re.compile(r"(?i)\b(?:made|crafted|comes?) with [\w-]+['’]s (?:[\w-]+ )?$")
_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z]{0,7}[A-Z]-\d+[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*|\d{6,}-[A-Z0-9]*\d[A-Z0-9]*(?![\w.,]*\d)"
    r"|(?<![-–])[A-Z]\d{2,}(?![\w-]))"
)
_IS_BY = re.compile(
    r"(?i)^(it|they|these|this|the(?: [\w-]+){0,3} ([\w-]+)) (?:is|are)(?: made| designed)? by (?:the )?$"
)
_GENITIVE = re.compile(r"[\w.]['’]$")
_MADE_IN = re.compile(
    r"(?i)\b(?:made|manufactured|produced|crafted|built|woven|knitted|grown|bottled|roasted|handmade) in"
    r" (?:the )?(?:\w+ )?$"
)
_IN = re.compile(r"(?:\b(?:[a-z][\w-]*|[\d.,]+)|^[\w-]+) in (?:the )?$")  # not "from Modena in Italy"
_ORIGIN_WORD = re.compile(
    r"(?i)\b(?:ma[dk]e\w*|manufactur\w+|produc\w+|craft\w+|built|woven|knit\w*|grown|bottled|roasted|hand\w*|origins?|from|born"
    r"|raised|designed|assembled|sewn|printed|brewed|baked|spun|dyed|blown|thrown|fired|turned|carved|cast|forged|mill\w*"
    r"|distill\w+|harvest\w+|packed|blended|tanned|cut|stitched|tailored|found\w+|work\w*|finished|caught|farmed)\b"
)
_IS_A = re.compile(r"(?i)\b(?:is|are) an? $")
_FINISHES = words("finish look tone toned coloured colored")


@dataclass(slots=True)
class Found:
    """A claim before its text is cut out; `sources` are all that could back it."""

    kind: Kind
    start: int
    end: int
    sources: Sequence[str]


class SentenceReader:
    """Reads one sentence text[start:end] against an index; `found` holds its claims in the order of the text."""

    def __init__(self, text: str, start: int, end: int, index: FactIndex) -> None:
        self.text, self.start, self.end, self.index = text, start, end, index
        self.tokens = tokenise(text, start, end)
        self.parts = parts(self.tokens, single_too=False)
        self.numbers = quantities.find(text, start, end)
        self.missing = said_missing(self.tokens)
        self.done: set[int] = set()
        self.found: list[Found] = []

    def read(self) -> list[Found]:
        self._codes()
        self._numbers()
        self._varieties()
        for part in self.parts:
            if part.first not in self.done:
                self._part(part)
        if told := cut_short(self.text[self.start : self.end], self._stems(), self.index.closed):
            self.found.append(Found(Kind.DETAIL, self.start + told.start(), self.start + told.end(), []))
        self.found.sort(key=lambda one: one.start)
        if self.index.absent and gives(self.text[self.start : self.end]):
            return [replace(one, sources=[]) if self._is_absent(one) else one for one in self.found]
        return self.found

    def _stems(self) -> frozenset[str]:
        return frozenset(token.stem for token in self.tokens)

    def _is_absent(self, one: Found) -> bool:
        return any(self.tokens[at].stem in self.index.absent for at in self._tokens_of(one.start, one.end))

    def _tokens_of(self, start: int, end: int) -> range:
        return range(*(bisect_left(self.tokens, place, key=attrgetter("start")) for place in (start, end)))

    def _codes(self) -> None:
        """ "The PL-2 records", "the FS-60 foot spa": a name, however the facts set it ("PL 2", "PL2")."""
        for match in _CODE.finditer(self.text, self.start, self.end):
            source = self.index.codes.get(match.group().replace("-", "").lower())
            place = self._tokens_of(match.start(), match.end())
            if any(self.tokens[at].negated for at in place):
                source = None
            self.done.update(place)
            self.found.append(Found(Kind.NAME, *match.span(), [source] if source else []))

    def _numbers(self) -> None:
        codes = list(self.found)
        for at, one in enumerate(self.numbers):
            if any(code.start <= one.start < code.end for code in codes):
                continue
            words = self._tokens_of(one.start, one.end)
            if not one.dimension and self.text[one.start : one.end].lower() == "one":
                self.done.update(words)
                self._one_size(words.stop)
                continue
            source = source_of(one, self.numbers, self.tokens, self.index)
            if source and self._is_twin(at):
                source = self.index.holds_twice(one)
            self.done.update(words)
            self.found.append(Found(Kind.NUMBER, one.start, one.end, [source] if source else []))

    def _one_size(self, after: int) -> None:
        """ "It comes in one size" tells something where the facts say so; "one" is no number of anything else."""
        sized = self.index.choices.get(Kind.SIZE, set()) | {"title"}
        told = [source for source in self.index.sources(("one", "size"), False) if source in sized]
        if told and after < len(self.tokens) and self.tokens[after].low == "size":
            self.found.append(Found(Kind.SIZE, self.tokens[after - 1].start, self.tokens[after].end, told))
            self.done.add(after)

    def _is_twin(self, at: int) -> bool:
        """Whether the number is the second of "45 x 45 cm": a sheet with "45 x 30 cm" has no two of it."""
        one, last = self.numbers[at], self.numbers[at - 1] if at else None
        alike = last is not None and last.dimension == one.dimension == "length" and last.values == one.values
        return alike and self.text[self.numbers[at - 1].end : one.start].strip().lower() == "x"

    def _varieties(self) -> None:
        """ "a variety of sizes", "several colours": backed by a list of two or more of them."""
        for at, token in enumerate(self.tokens):
            if token.low not in _VARIETY or at in self.done:
                continue
            for ahead in range(at + 1, min(at + 5, len(self.tokens))):
                noun = self.tokens[ahead].stem
                if noun in _VARIED and self.tokens[ahead].low.endswith("s"):
                    self._variety(at, ahead, _VARIED[noun])
                    break

    def _variety(self, first: int, last: int, noun: str) -> None:
        counted = [
            f.source for f in self.index.numbers if f.counted and (not noun or self._counts(f.around.words, noun))
        ]
        if not counted:  # "Colour: Assorted" says so itself
            named = self.index.sources((self.tokens[last].stem,), False)
            counted = [one for one in self.index.sources((self.tokens[first].stem,), False) if one in named]
        self.done.update(range(first, last + 1))
        kind = Kind.COLOUR if noun == "colour" else Kind.SIZE
        self.found.append(Found(kind, self.tokens[first].start, self.tokens[last].end, counted))

    @staticmethod
    def _counts(words: frozenset[str], noun: str) -> bool:
        return noun in words or (noun == "colour" and bool(words & {"color", "shade", "finish"}))

    def _part(self, part: Part) -> None:
        first = self.tokens[part.first]
        start, end = first.start, self.tokens[part.last].end
        sources = self._sources(part)
        if len(part.words) == 1 and self._is_plain(part, first, sources):
            return
        kind = kind_of(part, self.tokens)
        if kind is Kind.SIZE and not sources and self._near_number(part):
            return
        if sources and kind is not Kind.DETAIL and self.index.bindings.conflict(part, self.tokens):
            sources = []
        if sources and self._made_of(part) and kind is not Kind.MATERIAL:
            sources = [source for source in sources if source in self.index.compositions]
        if _WITH_ITS_OWN.search(self.text[self.start : start]):
            sources = [
                source for source in sources if source in self.index.compositions
            ]  # "made with ACME's chocolate"
        if kind is Kind.MATERIAL and _CONSISTS.search(self.text[max(self.start, start - 40) : start]):
            coloured = self.index.choices.get(Kind.COLOUR, set())  # "Colour: Silver" makes nothing of silver
            smelt = not self.index.scents.isdisjoint(sources)  # nor "Scent: Pine" of pine, whatever the title says
            told = self.index.compositions if smelt else set(sources) - coloured
            sources = [source for source in sources if source in told]
            if self.index.bindings.is_of_a_part(part, self.tokens) and not self._is_half(part):
                sources = []  # "made of steel nib"
        if kind is Kind.MATERIAL and _IS_A.search(self.text[self.start : start]) and self._stands_for_it(part):
            sources = []  # a necklace "is a gemstone"
        if sources and self._is_maker(part):
            sources = [source for source in sources if source in self.index.makers]
        elif sources and self._stands_behind_by(part):
            sources = self._makers_of(sources)
        if kind is Kind.PLACE:
            sources = self._placed(sources, start)
        if sources and set(sources) <= _MAKERS and not self._is_spelt(first):
            sources = []  # a name has one spelling: "CoReviving" is not coRevival
        if sources and first.stem in self.index.fitted and self._makes(part):
            sources = [source for source in sources if source in ("vendor", "brand")]
        elif not (self.index.makers - _TEXTS).isdisjoint(sources) and _NOT_BY.search(
            self.text[max(self.start, start - 32) : start]
        ):
            sources = []  # who made it is neither whom it is for nor where, nor who chose it
        if sources and kind is not Kind.FEATURE:
            sources = self._offered(kind, part, sources)
        if not sources and kind is Kind.DETAIL:
            kind = kind_of_unknown(part, self.tokens, self.text[max(self.start, start - 48) : start])
        self.found.append(Found(kind, start, end, sources))

    def _is_half(self, part: Part) -> bool:
        """Whether a hyphen ties the part to what follows: the "pu" of "pu-erh"."""
        return any(token.joined for token in self.tokens[part.last + 1 : part.last + 2])

    def _stands_for_it(self, part: Part) -> bool:
        """Whether the part stands for the product itself, whose name it is not: "The necklace is a gemstone"."""
        names = self.index.bindings.heads_of_names
        of_it = is_said_of_it(part, self.tokens) or not names.isdisjoint(subject(part, self.tokens) or ())
        return of_it and not followers(part, self.tokens) and names.isdisjoint(part.words)

    def _placed(self, sources: Sequence[str], start: int) -> list[str]:
        """Sources of where it is made, after "made in"; after another "in" those of anything but that: "Made in:
        Denmark" makes nothing "dishwasher safe in Denmark"."""
        before = self.text[self.start : start]
        if _MADE_IN.search(before[-40:]):
            return [source for source in sources if source in self.index.origins]
        if _IN.search(before) and not _ORIGIN_WORD.search(before):
            return [source for source in sources if source not in self.index.origins]
        return list(sources)

    def _is_plain(self, part: Part, token: Token, sources: Sequence[str]) -> bool:
        """A word that joins facts adds none, whether or not a fact holds it too."""
        if token.low == "s" and _GENITIVE.search(self.text, max(0, token.start - 2), token.start):
            return True  # "Harrow Co.'s", "Company 31's" are of no size S
        if len(token.low) == 1 and token.low not in SIZE_WORDS:
            return token.low != "i" and not sources
        if token.low in ("i", "my", "me", "mine"):
            return False
        if token.low == "free" and self._says_without(part):
            return True
        if token.stem in _DENIABLE and (self._turned_round(part) or (not part.negated and self._is_denied(part))):
            return False
        if token.low in ("lining", "lined"):  # no "line"
            return False
        if token.low == "room" and self.tokens[part.last + 1 : part.last + 2]:  # "room for eight cards"
            return self.tokens[part.last + 1].low == "for"
        harmless = token.low in lexicon().harmless or token.stem in lexicon().harmless
        mark = set() if token.text.isupper() else {Kind.CERTIFICATE}  # it reaches the wall; REACH is a mark
        return harmless and not kinds_of(part.words, token.low) - {Kind.FEATURE} - mark

    def _says_without(self, part: Part) -> bool:
        """ "free of lead", "lead-free": the word only turns its neighbour round."""
        after = self.tokens[part.last + 1].low if part.last + 1 < len(self.tokens) else ""
        return after in _OF or (part.first > 0 and self.tokens[part.first - 1].negated)

    def _turned_round(self, part: Part) -> bool:
        """Whether "(not) included" and the like say the opposite of the facts, or deny what no fact speaks of."""
        if self.index.sources(part.words, part.negated):
            return False
        if self.index.sources(part.words, not part.negated):
            return True
        return part.negated and not any(
            other.negated and self.tokens[other.first].low not in lexicon().harmless for other in self.parts
        )

    def _sources(self, part: Part) -> Sequence[str]:
        """Sources of the phrase, else of the word written together with a neighbour, else of all its words."""
        here = self.tokens[part.first]
        sources = self.index.sources(part.words, part.negated)
        if not part.negated and self._is_denied(part):
            return []
        if sources and here.low.endswith(("able", "ible")):
            sources = [source for source in sources if source not in self.index.scales.get(here.stem, ())]
        if sources:
            return sources
        at = part.last
        if part.first in self.missing and (sources := self.index.sources(part.words, True)):
            return sources
        if here.stem.startswith("~") and at + 1 < len(self.tokens) and self.tokens[at + 1].low in _FINISHES:
            looks = self.index.choices.get(Kind.COLOUR, set())  # "Finish: Antique bronze" is a bronze finish
            return [source for source in self.index.sources((here.stem[1:],), part.negated) if source in looks]
        for left, right in ((part.first - 1, part.first), (at, at + 1)):
            if left >= 0 and right < len(self.tokens):
                joined = (self.tokens[left].low + self.tokens[right].stem,)
                if len(self.tokens[left].low) > 1 and (sources := self.index.sources(joined, part.negated)):
                    return sources
        if len(part.words) > 1 and not part.negated:
            each = [self.index.sources((word,), False) for word in part.words]
            return [source for source in each[0] if all(source in other for other in each)] if all(each) else []
        return self._split(here, part.negated)

    def _is_denied(self, part: Part) -> bool:
        """ "Suitable for the microwave" where the sheet has "Microwave: Not suitable" beside another "Suitable"."""
        labels = self.index.denied.get(part.words[0])
        if not labels or any(one.negated and one.stem == part.words[0] for one in self.tokens):
            return False
        return any(one.stem in labels and not one.negated for one in self.tokens)

    def _split(self, token: Token, negated: bool) -> Sequence[str]:
        """ "nonslip" and "waterproof" are also backed by a fact that writes two words."""
        if token.low.startswith("non") and len(token.low) > 6:
            return self.index.sources((token.low[3:],), not negated)
        if token.low.startswith("un") and len(token.low) > 5 and not self.index.sources((token.stem,), not negated):
            sources = self.index.sources((stem(token.low[2:]),), not negated)
            if sources:
                return sources
        if token.low.endswith(("able", "ible")) and len(token.low) > 7:
            found = (self.index.sources((root,), negated) for root in roots_of_able(token.low))
            return next((sources for sources in found if sources), [])
        if token.low.endswith("less") and len(token.low) > 6:
            return self.index.sources((token.low[:-4],), not negated)
        return []

    def _near_number(self, part: Part) -> bool:
        """ "18 cm long", "one size": the size word only names what the number measures."""
        before = set(range(part.first - 3, part.first))
        return bool(before & self.done) and self.tokens[part.first].low in WEAK_SIZES

    def _made_of(self, part: Part) -> bool:
        """Whether the part is what stands after "made of", no material among the words."""
        lows = [token.low for token in self.tokens[max(0, part.first - 4) : part.first]]
        if not (set(lows[-2:]) <= _OF_A and not _MADE.isdisjoint(lows) and not _OF.isdisjoint(lows)):
            return False
        ahead = self.tokens[part.last + 1 : part.last + 4]  # "made of powder-coated steel" names its material later
        made = self.index.compositions  # and so does "made of blue nitrile" where the sheet has "Material: Nitrile"
        return not any(
            Kind.MATERIAL in kinds_of((token.stem,), token.low)
            or not made.isdisjoint(self.index.sources((token.stem,), False))
            for token in ahead
        )

    def _is_maker(self, part: Part) -> bool:
        """Whether a colour, material or size stands where a name does: a "Brown Table" is not "made by Brown"."""
        first = self.tokens[part.first]
        looks = not kinds_of(part.words, first.low).isdisjoint((Kind.COLOUR, Kind.MATERIAL, Kind.SIZE))
        if not looks or not first.text[0].isupper() or not part.first or self.tokens[part.first - 1].low != "by":
            return False
        after = self.tokens[part.last + 1 : part.last + 2]  # "by Green Toys" is a name of several words
        return not (after and after[0].text[:1].isupper())

    def _stands_behind_by(self, part: Part) -> bool:
        """Whether the part is a name that the whole is said to be by: "They are by JRDK019"."""
        first = self.tokens[part.first]
        said = _IS_BY.search(self.text[self.start : first.start])
        if not said or not first.text[0].isupper():
            return False
        return said[2] is None or stem(said[2].lower()) in self.index.bindings.product  # no foreword

    def _makers_of(self, sources: Sequence[str]) -> Sequence[str]:
        """Those that may name a maker; a title may, where nothing else does and no field has the name for another."""
        makers = [source for source in sources if source in self.index.makers]
        only_title = self.index.makers <= _TEXTS and _TEXTS.issuperset(sources)
        return makers or (sources if only_title else [])

    def _is_spelt(self, token: Token) -> bool:
        return token.text[0].islower() or token.low.rstrip("s") in self.index.spellings

    def _makes(self, part: Part) -> bool:
        """Whether the part stands where a maker does: "by Dyson", "Dyson makes"."""
        before = self.tokens[part.first - 1].low if part.first else ""
        after = self.tokens[part.last + 1].low if part.last + 1 < len(self.tokens) else ""
        return before == "by" or after in ("makes", "made", "offers")

    def _offered(self, kind: Kind, part: Part, sources: Sequence[str]) -> Sequence[str]:
        """In a list of what one can choose ("available in gold or black") only sources that list choices count.

        "Comes in a yellow leather sleeve" offers no yellow: the colour is that of the sleeve.
        """
        start = self.tokens[part.first].start
        listed = offers.words_on_offer(self.text[max(self.start, start - 90) : start])
        if listed is None and kind is Kind.COLOUR and self._is_alternative(part):
            listed = ""
        if listed is None or (offers.is_of_one_thing(listed) and followers(part, self.tokens)):
            return sources
        asked = Kind.SIZE if offers.asks_for_size(listed) else kind
        offered = self.index.choices.get(asked)
        if kind in (Kind.COLOUR, Kind.SIZE) or asked is not kind:
            return [source for source in sources if source in offered] if offered else sources
        return sources

    def _is_alternative(self, part: Part) -> bool:
        """Whether the colour is one of two to choose from: "Anchor Bracelet, Black or Silver"."""
        around = (self.tokens[max(0, part.first - 2) : part.first][::-1], self.tokens[part.last + 1 : part.last + 3])
        return any(
            len(two) == 2 and two[0].low == "or" and Kind.COLOUR in kinds_of((two[1].stem,), two[1].low)
            for two in around
        )


WEAK_SIZES = words("long wide tall high deep thick")


def main_sources(found: Sequence[Found]) -> Counter[str]:
    """How often each source could back a claim of the sentence: a claim names the most common of its own."""
    return Counter(source for one in found for source in one.sources)
