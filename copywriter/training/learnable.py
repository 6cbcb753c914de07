"""Whether a shop's own text can be learnt: what the product's other fields prove of it, as an example. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from copywriter.training.dataset import SOURCES, Example, source
from copywriter.writing.briefs import WORDS, Brief, shown
from copywriter.writing.coverage import is_sentence, tellable
from copywriter.writing.facts import is_latin, useful
from copywriter.writing.fluency import END
from copywriter.writing.writer import FEWEST_FACTS
from foundation.evidence import Fact, check
from foundation.evidence.lexicon import spelt

CATEGORY = "own_texts"
FEWEST_SENTENCES, LEAST_SHARE = 2, 0.6
"""So many proven sentences, or so much of the words: else what is left is no text of the shop's any more."""
COPIED_WORDS = 5  # so many words in a row that stand in a field too were copied there, or from there
_LABELS = {name: label for label, name in SOURCES.items()}


class LeftOut(StrEnum):
    """Why a text is not learnt from."""

    MODEL = "model"  # a model wrote it, and the shop never did
    EMPTY = "empty"  # pictures, perhaps
    LANGUAGE = "language"
    THIN = "thin"
    UNBACKED = "unbacked"
    SHORT = "short"
    TWICE = "twice"


def learnable(key: str, facts: Sequence[Fact]) -> Example | LeftOut:
    """One product's facts with the shop's own description among them, as `catalog.facts` gives them.

    The example's text holds those sentences of the description that the *other* facts back, nothing else.
    """
    told = " ".join(fact.value for fact in facts if fact.source == "description")
    if not told:
        return LeftOut.EMPTY
    sentences = _sentences(told)
    sheet = _shown_only(_sheet(facts, sentences))
    known = _known(sheet)
    if not is_latin(next((fact.value for fact in known if fact.source == "title"), "")):
        return LeftOut.LANGUAGE
    if len(tellable(known)) < FEWEST_FACTS:
        return LeftOut.THIN
    kept = _backed(sentences, known)
    words = sum(len(sentence.split()) for sentence in kept)
    if len(kept) < FEWEST_SENTENCES and words < LEAST_SHARE * len(told.split()):
        return LeftOut.UNBACKED
    kept = _at_most(kept, WORDS["long"][1])
    text = " ".join(kept)
    if len(text.split()) < WORDS["short"][0]:
        return LeftOut.SHORT
    return Example(f"{CATEGORY}-{key}", CATEGORY, Brief("description", length_of(text), "plain"), sheet, text)


def length_of(text: str) -> str:
    """The length of description that a text of so many words is an example of."""
    count = len(text.split())
    return next(length for length, (_least, most) in WORDS.items() if count <= most)


def row(example: Example) -> dict[str, Any]:
    """The example as a line of the training set, read back by `dataset.read`."""
    brief = example.brief
    key = example.id.removeprefix(f"{example.category}-")
    return {
        "id": key, "kind": brief.kind, "length": brief.length, "tone": brief.tone, "facts": dict(example.sheet),
        "text": example.text,
    }  # fmt: skip


def _sentences(told: str) -> list[str]:
    """Whole sentences about the product, each once, without headings, lines of fields and shop talk."""
    found = useful([Fact("description", "Description", told)])
    plain = dict.fromkeys(" ".join(fact.value.split()) for fact in found if is_sentence(fact))
    return [sentence for sentence in plain if sentence.endswith(END)]


def _sheet(facts: Sequence[Fact], sentences: Sequence[str]) -> list[tuple[str, str]]:
    """Fields under the names that `dataset.source` reads, each once; none that repeats the description."""
    sheet: dict[str, str] = {}
    for fact in facts:
        label = _LABELS.get(fact.source) or (fact.source if fact.source.startswith("option:") else fact.label)
        told = fact.source == "description" or "descri" in label.lower() or _repeats(fact.value, sentences)
        if source(label) == fact.source and (fact.source == "title" or not told):
            sheet.setdefault(label, fact.value)
    return list(sheet.items())


def _repeats(value: str, sentences: Sequence[str]) -> bool:
    words = f" {' '.join(spelt(value))} "
    return any(f" {run} " in words for sentence in sentences for run in _runs(sentence))


def _runs(sentence: str) -> Iterator[str]:
    words = spelt(sentence)
    for first in range(len(words) - COPIED_WORDS + 1):
        yield " ".join(words[first : first + COPIED_WORDS])


def _known(sheet: Sequence[tuple[str, str]]) -> tuple[Fact, ...]:
    return Example("", "", Brief(), tuple(sheet), "").facts


def _shown_only(sheet: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The fields that the model is given of a rich sheet when it serves: it must not learn to tell of others."""
    given = {fact.source for fact in shown(_known(sheet))}
    return tuple((label, value) for label, value in sheet if source(label) in given)


def _backed(sentences: Sequence[str], known: Sequence[Fact]) -> list[str]:
    """Each by itself, and then once more beside the others, where it may read otherwise."""
    alone = [one for one in sentences if all(part.backed for part in check(one, known).sentences)]
    together = check(" ".join(alone), known)
    return [part.text for part in together.backed if not part.unbacked_claims]


def _at_most(sentences: Sequence[str], words: int) -> list[str]:
    kept: list[str] = []
    for sentence in sentences:
        words -= len(sentence.split())
        if words < 0:
            break
        kept.append(sentence)
    return kept
