"""What a rule is: the words that it forbids, where it holds, and who says so. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Market(StrEnum):
    """Where a shop sells; the rules of ANY hold for every shop."""

    ANY = "any"
    EU = "eu"
    UK = "uk"
    US = "us"
    CN = "cn"


MARKETS: dict[Market, Promise] = {
    Market.EU: _("European Union"),
    Market.UK: _("United Kingdom"),
    Market.US: _("United States"),
    Market.CN: _("China"),
}
"""Those that a shop chooses from."""


class Topic(StrEnum):
    GREEN = "green"
    HEALTH = "health"
    PRAISE = "praise"
    PROMISE = "promise"
    DECENCY = "decency"
    OWN = "own"


TOPICS: dict[Topic, Promise] = {
    Topic.GREEN: _("Environment"),
    Topic.HEALTH: _("Health"),
    Topic.PRAISE: _("Superlatives"),
    Topic.PROMISE: _("Promises"),
    Topic.DECENCY: _("Decency"),
    Topic.OWN: _("Your own lists"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so, under the name that it has; `article` is where in it, as one cites it, `url` the text itself."""

    title: str | Promise
    article: str | Promise
    url: str

    def __str__(self) -> str:
        return f"{self.title}, {self.article}"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that several rules may forbid.

    `phrases` are matched as whole words in any case; a space stands for white space or a hyphen, a hyphen may also be
    left out ("eco-friendly", "eco friendly", "ecofriendly"); Chinese matches anywhere. `patterns` are regular
    expressions that match whole words too, and `signs` the words that they begin with. Where one of `unless` (regular
    expressions) matches around a phrase, it says something else.
    """

    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    signs: frozenset[str] = frozenset()
    examples: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """A few words for people."""
        return self.examples or self.phrases[:4]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one market. A text may say it where a fact matches `proof`, a regular expression for the certificates
    that substantiate it; with `by_fact` also where an attribute of the product says the same: the source asks for
    evidence, and that is what the shop has. A rule that is not `usual` holds only where the shop switched it on.
    """

    code: str
    market: Market
    topic: Topic
    label: Promise
    source: Source
    wording: Wording
    proof: str = ""
    by_fact: bool = False
    usual: bool = True


def lines(text: str) -> tuple[str, ...]:
    """Phrases written as text, parted by commas or line ends."""
    return tuple(part for each in text.replace("\n", ",").split(",") if (part := each.strip()))
