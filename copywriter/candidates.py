"""Choosing among what the model wrote: backed sentences only, the best of each group, none twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from copywriter.grouping import OPTIONS, Group
from foundation.evidence import Fact, Kind, Sentence, check
from foundation.evidence.lexicon import lexicon, stem

_WORD = re.compile(r"[^\W_]+")
_DANGLING = re.compile(r"(?i)(?:\b(?:and|or|with|of|for|a|an|the|in|to|is|are|by|from|its|,)|[,:;-])\s*[.!]?$")
_WRONG = re.compile(
    r"(?i)\b(?:is|are) (?:an? |the )(?:[\w-]+ ){0,2}(?:brand|company|store|business|shop|website)\b"
    r"|^(?:care|note|size|material):"
    r"|\bmade of (?:an? )?(?:size|colou?r)|\bbrand (?:is|called|named)\b"
    r"|\b(?:has|have) (?:an? )?(?:made|suitable|lies|fits|takes|folds|keeps|sow|comes)\b|\bis a box\b|\ba brand\b"
)
_CLUMSY = re.compile(
    r"(?i)\b(\w+) \1\b|\b(?:a|an) (?:\w+s) (?:is|are)\b|\ba [aeiou]\w|\ban [^aeiouh\W]\w"
    r"|\bis (?:\w+ ){0,2}(?:available|comes)\b.*\bis\b|^(?:It|This) is an? (?:two|three|four|five|\d+) "
    r"|\b(\w{3,})\b.* for (?:an? |the )?(?:\w+ )?\2\b|\ban? (?:dimensions|sizes|colou?rs|materials|measurements)\b"
    r"|\bmade of [^.]*\band \d|[\"“”]|\ba (?:wide|other) |\bthe other\b"
)
_ONE, _MANY = re.compile(r"(?i)(?:it|its|this)\b"), re.compile(r"(?i)(?:they|their|these)\b")
_SHORTEST, _LONGEST = 3, 34
FIT, UNFIT = 0.3, -9.0
_VERB = re.compile(
    r"(?i)\b(?:is|are|was|has|have|had|can|comes?|makes?|made|holds?|weighs?|measures?|features?|includes?|offers?"
    r"|fits|works?|uses?"
    r"|choose|meet|pick|wash|keep|provides?|gives?|contains?|supports?|gets?|lets?|cuts?|wear|add|enjoy|runs?"
    r"|stands?|needs?|suits?"
    r"|delivers?|protects?|brings?|helps?|belongs?|combines?|adds?|keeps?|allows?|turns?|produces?"
    r"|creates?|carries|shows?|serves?)\b"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence of the model, checked, and how well it tells its group: above `FIT` it may be used."""

    sentence: Sentence
    group: int
    kind: str
    seed: int
    score: float


def _words(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(text.lower())]


def _content(text: str) -> set[str]:
    return {word for word in _words(text) if word not in lexicon().harmless and len(word) > 1}


def fluency(text: str, name: str = "") -> float:
    """0 for a good sentence, less for what reads badly: fragments, repeats, wrong length, broken ends. Heuristics.

    Words of the product's name may come twice ("The Bangle Bracelet is a gold bangle bracelet").
    """
    words = _words(text)
    repeated = len(words) - len(set(words) | {"the", "a", "and"} & set(words))
    longs = [word for word in words if len(word) > 3]
    fault = 0.0
    if not _SHORTEST <= len(words) <= _LONGEST:
        fault -= 2
    if not _VERB.search(text) or _WRONG.search(text):
        fault -= 3
    if text[:1].islower() or _DANGLING.search(text) or text.count("(") != text.count(")"):
        fault -= 1
    if _CLUMSY.search(text):
        fault -= 0.9
    named = set(_words(name))
    again = sum(longs.count(word) - (2 if word in named else 1) for word in set(longs) if longs.count(word) > 1)
    fault -= 0.35 * min(again, 1) + 0.8 * max(0, again - 1) + 0.05 * repeated
    if len(_content(text) - named) == 0:
        fault -= 1
    return fault


def coverage(sentence: Sentence, facts: Sequence[Fact]) -> float:
    """Share of the group's content that the sentence tells, 0 to 1, by words and numbers; labels count little."""
    told = set(_words(sentence.text))
    shares = []
    for fact in facts:
        wanted = _content(fact.value)
        if fact.value.lower().strip(" .") in ("yes", "true"):
            wanted = _content(fact.label)
        shares.append(len(wanted & told) / len(wanted) if wanted else float(fact.source in sentence.sources))
    return sum(shares) / len(shares) if shares else 0.0


def score(sentence: Sentence, group: Group) -> float:
    """Coverage counts most, then fluency; words of taste cost a little. Up to `FIT` the sentence is left out."""
    facts, text = group.told, sentence.text
    wrong_number = bool(_MANY.match(text)) if not group.plural else bool(_ONE.match(text))
    opinions = sum(claim.kind == Kind.OPINION and claim.source is None for claim in sentence.claims)
    told = coverage(sentence, facts)
    badly = _has_itself(text, group.name) or _miscased(text, facts)
    if any(fact.label == "Brand" and text.startswith(f"The {fact.value} is a") for fact in facts):
        return UNFIT
    manner = badly + 0.15 * opinions + 0.2 * _respelt(text, facts) + 0.5 * wrong_number + (told < 0.2)
    return 2 * told + fluency(text, group.name) - manner


def _has_itself(text: str, name: str) -> bool:
    """ "It has a green tent", said of a tent."""
    thing = _words(name)[-1:]
    return (
        bool(re.match(r"(?i)(?:it has|they have) ", text))
        and thing == _words(re.split(r" with | for |,", text)[0])[-1:]
    )


def _miscased(text: str, facts: Sequence[Fact]) -> bool:
    """Capitals of a mark written small: "fSC"."""
    marks = {word for fact in facts for word in _WORD.findall(fact.value) if len(word) > 1 and word.isupper()}
    said = _WORD.findall(text)
    return any(word not in marks and word.upper() in marks and not word.isdigit() for word in said)


def _respelt(text: str, facts: Sequence[Fact]) -> int:
    """How many content words share only their stem with the facts of the group ("relaxation" for "relaxed")."""
    given = set(_WORD.findall(" ".join(f"{fact.label} {fact.value}" for fact in facts).lower()))
    stems = {stem(word) for word in given}
    return sum(word not in given and stem(word) in stems for word in _WORD.findall(text.lower()))


def candidates(
    text: str, finished: bool, number: int, seed: int, group: Group, known: tuple[Fact, ...]
) -> list[Candidate]:
    """The sentences of one completion, checked against all that is known; not `finished`: the last was cut off."""
    return [Candidate(one, number, group.kind, seed, worth) for one, worth in _scored(text, finished, group, known)]


@lru_cache(maxsize=4096)
def _scored(text: str, finished: bool, group: Group, known: tuple[Fact, ...]) -> tuple[tuple[Sentence, float], ...]:
    """Kept, because low temperatures often write the same, and both rounds look at what the first one wrote."""
    sentences = list(check(proofread(text), known).sentences)
    if sentences and not finished and not sentences[-1].text.rstrip().endswith((".", "!", "?")):
        sentences.pop()
    return tuple((one, score(one, group) if one.backed else UNFIT) for one in sentences[:2])


def proofread(text: str) -> str:
    """The model's text with "a" and "an" put right and white space evened; no other letter is changed."""
    text = re.sub(r"\b([Aa]) (?=(?!one\b|uni|us[eu]|eu)[aeiou])", r"\1n ", " ".join(text.split()))
    text = re.sub(r"\ban? (?=dimensions\b)", "", text)
    return re.sub(r"\b([Aa])n (?=[bcdfgjklmnpqrstvwyz][a-z]{2})", r"\1 ", text)


def similar(one: str, other: str) -> bool:
    """Whether two sentences tell the same: most content words of the shorter stand in the longer."""
    mine, theirs = _content(one), _content(other)
    shorter = min(len(mine), len(theirs))
    return shorter > 0 and len(mine & theirs) >= 0.75 * shorter


def _is_new(one: Candidate, best: Sequence[Candidate]) -> bool:
    """Choices may be named again: what one can choose from is news even where the colours were mentioned."""
    others = [other.sentence.text for other in best]
    if one.kind == OPTIONS:
        return one.sentence.text not in others
    return not any(similar(one.sentence.text, other) for other in others)


def names(text: str, name: str) -> bool:
    """Whether a sentence names the product: by half of the words of its name."""
    wanted = set(_words(name))
    return 2 * len(wanted & set(_words(text))) >= len(wanted)


def pick(found: Sequence[Candidate], name: str = "") -> list[Candidate]:
    """The best sentence of each group in the order of the groups, leaving out what an earlier one already tells.

    The first should name the product; later ones rather not.
    """
    best: list[Candidate] = []
    for group in sorted({one.group for one in found}):
        fit = (one for one in found if one.group == group and one.score > FIT)
        first = not best
        ranked = sorted(fit, key=lambda one: 0.5 * (names(one.sentence.text, name) != first) - one.score)
        fresh = next((one for one in ranked if _is_new(one, best)), None)
        if fresh is not None:
            best.append(fresh)
    return best
