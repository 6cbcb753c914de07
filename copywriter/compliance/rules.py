"""Which rules hold for a text, and where it breaks them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from copywriter.compliance.book import RULES
from copywriter.compliance.matching import Matcher, Words, matcher
from copywriter.compliance.names import Names
from copywriter.compliance.own import AVOIDED, BANNED, COMPETITOR
from copywriter.compliance.own_words import names_in, word_list
from copywriter.compliance.proofs import Proofs
from copywriter.compliance.reading import readable
from copywriter.compliance.rule import Rule, Wording
from foundation.evidence import Fact


@dataclass(frozen=True, slots=True)
class Breach:
    """`code` is the rule's; `text == checked[start:end]`."""

    code: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Those that hold for a text: `codes` of `book.RULES`, and the shop's own lists. `avoided` is the voice's; `facts`
    are known beside those that a text is held against."""

    codes: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()

    def about(self, facts: Sequence[Fact]) -> Rules:
        """The same for texts about one product: a name or a certificate counts in a sentence that was given neither."""
        return replace(self, facts=tuple(facts))

    def breaches(self, text: str, facts: Sequence[Fact] = ()) -> Iterator[Breach]:
        """In the order of the text. Two rules may forbid the same words."""
        plain = readable(text)
        facts = tuple(dict.fromkeys((*self.facts, *facts)))
        words, names = Words.of(plain.text), Names.of(facts)
        for span, codes in groupby(sorted({*self._own(words), *_of_law(self.codes, words, facts)}), itemgetter(0, 1)):
            if not names.hold(plain.text, *span):
                first, last = plain.original(*span)
                yield from (Breach(code, text[first:last], first, last) for _start, _end, code in codes)

    def _own(self, words: Words) -> Iterator[tuple[int, int, str]]:
        for code, listed in ((AVOIDED, self.avoided), (BANNED, self.banned)):
            if listed:
                yield from ((*span, code) for span in word_list(listed).spans(words))
        if self.competitors:
            yield from ((*span, COMPETITOR) for span in names_in(words, self.competitors))


NO_RULES = Rules()


def _of_law(codes: tuple[str, ...], words: Words, facts: Sequence[Fact]) -> Iterator[tuple[int, int, str]]:
    proofs = Proofs(facts)
    for wording, rules in _by_wording(codes):
        for span in wording.spans(words):
            said = words.text[slice(*span)]
            yield from ((*span, rule.code) for rule in rules if not proofs.excuse(rule, said))


@lru_cache(maxsize=128)
def _by_wording(codes: tuple[str, ...]) -> tuple[tuple[Matcher, tuple[Rule, ...]], ...]:
    """Words that several rules forbid are looked for once. A code that no rule has any more is left out."""
    found: dict[Wording, list[Rule]] = {}
    for rule in (RULES[code] for code in codes if code in RULES):
        found.setdefault(rule.wording, []).append(rule)
    return tuple((matcher(wording), tuple(rules)) for wording, rules in found.items())
