"""Which rules hold for a text, and where it breaks them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from copywriter.compliance.book import RULES
from copywriter.compliance.matching import Matcher, Words, matcher
from copywriter.compliance.names import in_a_name
from copywriter.compliance.own import AVOIDED, BANNED, COMPETITOR
from copywriter.compliance.own_words import names_in, word_list
from copywriter.compliance.rule import Rule, Wording
from foundation.evidence import Fact
from foundation.evidence.normalise import Normalised, normalise


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
        plain = normalise(text)
        facts = (*self.facts, *facts)
        words = Words.of(plain.text)
        found = sorted({*self._own(words), *_of_law(self.codes, words, facts)})
        for start, end, code in found:
            if not in_a_name(plain.text, start, end, facts):
                first, last = plain.original(start), _after(plain, end)
                yield Breach(code, text[first:last], first, last)

    def _own(self, words: Words) -> Iterator[tuple[int, int, str]]:
        for code, listed in ((AVOIDED, self.avoided), (BANNED, self.banned)):
            if listed:
                yield from ((*span, code) for span in word_list(listed).spans(words))
        if self.competitors:
            yield from ((*span, COMPETITOR) for span in names_in(words, self.competitors))


NO_RULES = Rules()


def _of_law(codes: tuple[str, ...], words: Words, facts: Sequence[Fact]) -> Iterator[tuple[int, int, str]]:
    for wording, rules in _by_wording(codes):
        for span in wording.spans(words):
            for rule in rules:
                if not _proven(rule, words.text[slice(*span)], facts):
                    yield (*span, rule.code)


@lru_cache(maxsize=128)
def _by_wording(codes: tuple[str, ...]) -> tuple[tuple[Matcher, tuple[Rule, ...]], ...]:
    """Words that several rules forbid are looked for once. A code that no rule has any more is left out."""
    found: dict[Wording, list[Rule]] = {}
    for rule in (RULES[code] for code in codes if code in RULES):
        found.setdefault(rule.wording, []).append(rule)
    return tuple((matcher(wording), tuple(rules)) for wording, rules in found.items())


def _proven(rule: Rule, said: str, facts: Iterable[Fact]) -> bool:
    if rule.proof and any(_pattern(rule.proof).search(f"{fact.label}: {fact.value}") for fact in facts):
        return True
    low = said.lower()
    return rule.by_fact and any(
        low in normalise(f"{fact.label}: {fact.value}").text.lower() for fact in _own_say(facts)
    )


def _own_say(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Fields of the product: what a title, a tag or a text before claims is no evidence."""
    return (fact for fact in facts if fact.source.startswith(("attribute:", "option:")))


@lru_cache(maxsize=128)
def _pattern(proof: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{proof})(?!\w)")


def _after(plain: Normalised, end: int) -> int:
    """The offset in the text just behind a normalised one."""
    return end if plain.offsets is None else plain.original(end - 1) + 1
