"""Other examples out of one: names, numbers and colours swapped in sheet and text alike, fields shuffled or
dropped."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from copywriter.writing.briefs import Brief
from copywriter.writing.fluency import proofread
from foundation.evidence import Fact, check, kept_text

RENAMED = (
    ("Colour", "Color", "Colours", "pa_colour"), ("Material", "Materials", "Made of"), ("Dimensions", "Measurements"),
    ("Weight", "Item weight", "Net weight"), ("Care", "Care instructions", "Washing"),
    ("Pack of", "Pieces", "Quantity per pack"),
    ("Capacity", "Volume"), ("Features", "Highlights", "Key features"), ("Age", "Age range", "Recommended age"),
)  # fmt: skip
COLOURS = (
    "red", "blue", "green", "black", "white", "grey", "navy", "olive", "cream", "brown", "yellow", "pink", "purple",
    "orange", "teal", "burgundy", "mustard", "charcoal", "ivory", "turquoise",
)  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.,/-])\d{2,4}(?:\.\d{1,2})?(?![\d/,-]|\.\d)")
_ONSETS, _RIMES = (
    ("b", "br", "c", "cl", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v"),
    ("ack", "ale", "an", "ard", "en", "er", "ill", "in", "olm", "or", "ow", "une"),
)
DROP, SWAP, RENAME = 0.15, 0.5, 0.3
"""Shares: of the examples that lose a field, few because sentences go with it; of those in which brand, colours and
numbers change, half so that the true ones are learnt too; and of the fields that get another shop's name."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What is taught: this brief with these facts becomes this text."""

    brief: Brief
    facts: tuple[Fact, ...]
    text: str


def augmented(pair: Pair, rng: random.Random) -> Pair:
    """Another pair of the same truth, drawn by `rng`; sometimes the same one."""
    if rng.random() < DROP:
        pair = _dropped(pair, rng)
    if rng.random() < SWAP:
        pair = _swapped(pair, rng)
    facts = [_renamed(fact, pair.text, rng) if rng.random() < RENAME else fact for fact in pair.facts]
    return Pair(pair.brief, tuple(_shuffled(facts, rng)), pair.text)


def _dropped(pair: Pair, rng: random.Random) -> Pair:
    """One field less, and the sentences with it that only it backed. Descriptions only: the rest is too short."""
    spare = [fact for fact in pair.facts if fact.source != "title"]
    if pair.brief.kind != "description" or len(spare) < 4:
        return pair
    gone = rng.choice(spare)
    facts = tuple(fact for fact in pair.facts if fact is not gone)
    report = check(pair.text, facts)
    if report.sentences and report.sentences[0].backed and 2 * len(report.backed) >= len(report.sentences):
        return Pair(pair.brief, facts, kept_text(report))
    return pair


def _swapped(pair: Pair, rng: random.Random) -> Pair:
    """Brand, colours and numbers that stand in both the facts and the text become others, in both."""
    changes = {}
    brand = next((fact.value for fact in pair.facts if fact.source == "vendor"), "")
    if brand and brand in pair.text:
        changes[brand] = _name(rng)
    told = " ".join(fact.value for fact in pair.facts)
    for number in {found for found in _NUMBER.findall(told) if re.search(_whole(found), pair.text)}:
        changes[number] = _digits(number, rng)
    for colour in (colour for colour in COLOURS if re.search(_whole(colour), told, re.I)):
        other = rng.choice([one for one in COLOURS if not re.search(_whole(one), told, re.I)])
        changes |= {colour: other, colour.title(): other.title()}
    if not changes:
        return pair
    pattern = re.compile("|".join(_whole(old) for old in sorted(changes, key=len, reverse=True)))

    def put(text: str) -> str:
        return pattern.sub(lambda found: changes[found[0]], text)

    facts = tuple(Fact(fact.source, fact.label, put(fact.value)) for fact in pair.facts)
    text = "\n".join(proofread(line) for line in put(pair.text).split("\n"))
    untouched = all(one.backed for one in check(pair.text, pair.facts).sentences)
    if untouched and not all(one.backed for one in check(text, facts).sentences):
        return pair  # a number that meant something: "USB 20", "100 %"
    return Pair(pair.brief, facts, text)


def _whole(text: str) -> str:
    return rf"(?<!\w){re.escape(text)}(?!\w)"


def _digits(number: str, rng: random.Random) -> str:
    """Another number of the same length, the zeros at its end kept: 350 → 420."""
    body = number.rstrip("0") if "." not in number else number
    made = "".join(str(rng.randint(1, 9)) if digit.isdigit() else digit for digit in body)
    return made + number[len(body) :]


def _name(rng: random.Random) -> str:
    """A brand that nobody has, of one or two words."""
    word = (rng.choice(_ONSETS) + rng.choice(_RIMES) + rng.choice(("", "", rng.choice(_RIMES)))).capitalize()
    return rng.choice((word, word, f"{word} {rng.choice(_ONSETS).capitalize()}{rng.choice(_RIMES)}", f"{word} & Co"))


def _renamed(fact: Fact, text: str, rng: random.Random) -> Fact:
    """Another shop's name for the same field, where the text does not use this one's ("net weight")."""
    if fact.label.lower() in text.lower():
        return fact
    for names in RENAMED:
        if fact.label in names and fact.source.startswith("attribute:"):
            label = rng.choice(names)
            return Fact(f"attribute:{label}", label.removeprefix("pa_"), fact.value)
    return fact


def _shuffled(facts: Sequence[Fact], rng: random.Random) -> list[Fact]:
    """Title first as catalogs have it, mostly; the sentences of a description stay in their order."""
    head = [fact for fact in facts if fact.source == "title"] if rng.random() < 0.8 else []
    told = [fact for fact in facts if fact.source == "description"]
    rest = [fact for fact in facts if fact not in head and fact not in told]
    rng.shuffle(rest)
    at = rng.randint(0, len(rest))
    return [*head, *rest[:at], *told, *rest[at:]]
