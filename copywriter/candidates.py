"""Choosing among what the model wrote: backed sentences only, the best of each group, none twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foundation.evidence import Fact, Kind, Report, Sentence, check
from foundation.evidence.lexicon import lexicon, stem

_WORD = re.compile(r"[^\W_]+")
_DANGLING = re.compile(r"(?i)(?:\b(?:and|or|with|of|for|a|an|the|in|to|is|are|by|from|its|,)|[,:;-])\s*[.!]?$")
_WRONG = re.compile(
    r"(?i)\b(?:is|are) (?:an? |the )(?:[\w-]+ ){0,2}(?:brand|company|store|business|shop|website)\b|^(?:care|note|size|material):"
    r"|\bmade of (?:an? )?(?:size|colou?r)"
)
_SHORTEST, _LONGEST = 3, 34
FIT = 0.3
_VERB = re.compile(
    r"(?i)\b(?:is|are|was|has|have|had|can|comes?|makes?|made|holds?|weighs?|measures?|features?|includes?|offers?|fits|works?|uses?"
    r"|choose|meet|pick|wash|keep|provides?|gives?|contains?|supports?|gets?|lets?|cuts?|wear|add|enjoy|runs?|stands?|needs?|suits?"
    r"|delivers?|protects?|brings?|helps?|belongs?|combines?|adds?|keeps?|allows?|turns?|produces?|creates?|carries|shows?|serves?)\b"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence of the model, checked, and how well it tells its group. `score` is higher for better, below 0 unfit."""

    sentence: Sentence
    group: int
    seed: int
    score: float


def _words(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(text.lower())]


def _content(text: str) -> set[str]:
    return {word for word in _words(text) if word not in lexicon().harmless and len(word) > 1}


def fluency(text: str) -> float:
    """0 for a good sentence, less for what reads badly: fragments, repeats, wrong length, broken ends. Heuristics."""
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
    if re.search(
        r"(?i)\b(\w+) \1\b|\b(?:a|an) (?:\w+s) (?:is|are)\b|\ba [aeiou]\w|\bis (?:\w+ ){0,2}(?:available|comes)\b.*\bis\b",
        text,
    ):
        fault -= 0.7
    again = len(longs) - len(set(longs))
    fault -= 0.35 * min(again, 1) + 0.8 * max(0, again - 1) + 0.05 * repeated
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


def score(sentence: Sentence, facts: Sequence[Fact]) -> float:
    """Coverage counts most, then fluency; words of taste cost a little. Below 0 the sentence is left out."""
    opinions = sum(claim.kind == Kind.OPINION and claim.source is None for claim in sentence.claims)
    told = coverage(sentence, facts)
    return 2 * told + fluency(sentence.text) - 0.15 * opinions - 0.2 * _respelt(sentence.text, facts) - (told < 0.2)


def _respelt(text: str, facts: Sequence[Fact]) -> int:
    """How many content words share only their stem with the facts of the group ("relaxation" for "relaxed")."""
    given = set(_WORD.findall(" ".join(f"{fact.label} {fact.value}" for fact in facts).lower()))
    stems = {stem(word) for word in given}
    return sum(word not in given and stem(word) in stems for word in _WORD.findall(text.lower()))


def candidates(
    text: str, finished: bool, group: int, seed: int, told: Sequence[Fact], known: Iterable[Fact]
) -> list[Candidate]:
    """The sentences of one completion, checked against all that is known. `finished=False`: the last one was cut off."""
    report: Report = check(text.strip(), known)
    sentences = list(report.sentences)
    if sentences and not finished and not sentences[-1].text.rstrip().endswith((".", "!", "?")):
        sentences.pop()
    return [Candidate(one, group, seed, score(one, told) if one.backed else -9.0) for one in sentences[:2]]


def similar(one: str, other: str) -> bool:
    """Whether two sentences tell the same: most content words of the shorter stand in the longer."""
    mine, theirs = _content(one), _content(other)
    shorter = min(len(mine), len(theirs))
    return shorter > 0 and len(mine & theirs) >= 0.75 * shorter


def pick(found: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence of each group in the order of the groups, leaving out what an earlier one already tells."""
    best: list[Candidate] = []
    for group in sorted({one.group for one in found}):
        ranked = sorted((one for one in found if one.group == group and one.score > FIT), key=lambda one: -one.score)
        fresh = next(
            (one for one in ranked if not any(similar(one.sentence.text, b.sentence.text) for b in best)), None
        )
        if fresh is not None:
            best.append(fresh)
    return best
