"""Figures of texts as they come from the model, before the check drops anything. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foundation.evidence import Fact, Problem, check
from foundation.evidence.lexicon import lexicon, stem

_WORD = re.compile(r"[^\W_]+")
LOOP, LOOPED = 4, 3  # so many words, so many times
TOLD = 0.5


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the model with the facts it was given; `finished` unless it was cut at its longest."""

    text: str
    facts: tuple[Fact, ...]
    finished: bool = True
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Of many texts. Rates and coverage are shares, 0 to 1."""

    texts: int
    sentences: int
    unbacked_sentence_rate: float
    attribute_coverage: float
    degenerate_rate: float
    distinct_2: float
    mean_words: float


def figures(texts: Sequence[Text]) -> Figures:
    """Raises ZeroDivisionError of no texts at all."""
    reports = [check(one.text, one.facts) for one in texts]
    sentences = [sentence for report in reports for sentence in report.sentences]
    unbacked = sum(sentence.problem in (Problem.CLAIM, Problem.WORDING, Problem.META) for sentence in sentences)
    words = [_WORD.findall(one.text.lower()) for one in texts]
    return Figures(
        texts=len(texts),
        sentences=len(sentences),
        unbacked_sentence_rate=unbacked / len(sentences) if sentences else 0.0,
        attribute_coverage=sum(coverage(one.text, one.facts) for one in texts) / len(texts),
        degenerate_rate=sum(is_degenerate(one) for one in texts) / len(texts),
        distinct_2=distinct(words, 2),
        mean_words=sum(map(len, words)) / len(texts),
    )


def coverage(text: str, facts: Sequence[Fact]) -> float:
    """Share of the facts of which the text tells at least half of the content words, the title and tags left out."""
    said = {stem(word) for word in _WORD.findall(text.lower())}
    wanted = [content for fact in facts if fact.source not in ("title", "tags") and (content := _content(fact))]
    told = sum(len(content & said) >= TOLD * len(content) for content in wanted)
    return told / len(wanted) if wanted else 1.0


def _content(fact: Fact) -> set[str]:
    value = fact.label if fact.value.lower().strip(" .") in ("yes", "true") else fact.value
    words = {stem(word) for word in _WORD.findall(value.lower())}
    return {word for word in words if word not in lexicon().harmless} or words


def is_degenerate(one: Text) -> bool:
    """Empty, cut off, or looping: the same words over and over, or a sentence twice."""
    words = _WORD.findall(one.text.lower())
    if not one.finished or len(words) < 3:
        return True
    runs = Counter(_grams(words, LOOP))
    lines = Counter(" ".join(_WORD.findall(part.lower())) for part in re.split(r"[.!?\n]+\s*", one.text))
    return any(count >= LOOPED for count in runs.values()) or any(
        count > 1 for line, count in lines.items() if len(line.split()) > 2
    )


def distinct(texts: Sequence[Sequence[str]], size: int) -> float:
    """Share of different n-grams among all (Li et al. 2016, arXiv:1510.03055)."""
    grams = [gram for words in texts for gram in _grams(words, size)]
    return len(set(grams)) / len(grams) if grams else 0.0


def _grams(words: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + size]) for at in range(len(words) - size + 1))
