"""Words that decide, held against the shipped model by a deletion test, and sentences by themselves."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from foundation.inference.sentiment.classifier import SentimentClassifier
from reviews.sentiment.by_sentence import by_sentence
from reviews.sentiment.deciding import MOST_WORDS, Deciding, deciding, strongest
from reviews.sentiment.shipped import MODEL

MIXED = "The box came on a Monday. The kettle is wonderful and boils fast. Sadly the lid broke after two days."
REVIEWS = (
    "Absolutely love this kettle, it boils fast and looks great on the counter in our kitchen.",
    "Stopped working after two days and nobody at the shop answers my mails about it.",
    "The fabric is thin and it tore when I first washed it on the gentle cycle as told.",
    "These shoes are so comfortable that I wore them all day long on our trip to the city.",
    "My son got this for his birthday in May and the wheels broke within the first hour.",
    "I bought two of them last year for the office and both are still excellent.",
    "The colour on the page is blue but what came in the parcel was an ugly grey.",
    "Easy to put together, sturdy, and worth every penny that I paid for the table.",
)


class Counting:
    """A classifier that knows two words."""

    name, labels = "counting", ("negative", "neutral", "positive")

    def __init__(self) -> None:
        self.read = 0

    def classify(self, texts: Sequence[str]) -> np.ndarray:
        self.read += len(texts)
        good = np.array([text.count("good") for text in texts], dtype=float)
        bad = np.array([text.count("bad") for text in texts], dtype=float)
        up, down = 1 + 3 * good, 1 + 3 * bad
        total = up + down + 1
        return np.stack([down / total, 1 / total, up / total], axis=1)


def words_of(text: str, found: Sequence[Deciding]) -> list[str]:
    return [text[one.start : one.end] for one in found]


def test_the_word_that_decides_weighs_most_and_the_other_side_less_than_nothing() -> None:
    text = "a good pot, a good lid, a bad handle"
    found = deciding(Counting(), text)
    assert words_of(text, strongest(found, 2)) == ["good", "good"]
    assert [text[one.start : one.end] for one in found if one.weight < 0] == ["bad"]


@pytest.mark.parametrize("text", ["", "  \n", "😀", "...", "good"])
def test_short_texts(text: str) -> None:
    assert len(deciding(Counting(), text)) <= 1


def test_a_long_text_is_read_a_bounded_number_of_times() -> None:
    model = Counting()
    text = "It is a pot. " * 1600 + "This is good. " + "It is red. " * 20
    assert len(text) > 20_000
    assert words_of(text, strongest(deciding(model, text), 3)) == ["good"]
    assert model.read <= 2 * MOST_WORDS + 2


def test_of_a_long_text_the_words_of_the_sentence_that_decides() -> None:
    text = "It came on a Monday by post. " * 20 + "This is good. " + "We are five at home. " * 10
    assert words_of(text, strongest(deciding(Counting(), text), 3)) == ["good"]


def test_each_sentence_has_its_own_shares() -> None:
    first, none, second = by_sentence(Counting(), ["A good pot. A bad lid.", " ", "plain"])
    assert [share.shares.index(max(share.shares)) for share in first] == [2, 0]
    assert none == ()
    assert len(second) == 1


@pytest.fixture(scope="module")
def model() -> SentimentClassifier:
    return SentimentClassifier(MODEL, threads=1, dtype="float32")


@pytest.mark.model
def test_the_shipped_model_on_sentences(model: SentimentClassifier) -> None:
    (found,) = by_sentence(model, [MIXED])
    assert [max(range(3), key=one.shares.__getitem__) for one in found[1:]] == [2, 0]
    assert words_of(REVIEWS[0], strongest(deciding(model, REVIEWS[0]), 2)).count("love") == 1


@pytest.mark.model
def test_without_the_deciding_words_the_decision_fades_faster_than_without_others(model: SentimentClassifier) -> None:
    """The deletion test of attributions (DeYoung et al. 2020, "comprehensiveness", arXiv:1911.03429)."""
    rng = random.Random(7)
    lost_deciding, lost_others = [], []
    for text in REVIEWS:
        found = deciding(model, text)
        told = strongest(found, 3)
        others = [one for one in found if one not in told]
        chosen = [rng.sample(others, len(told)) for _n in range(5)]
        shares = model.classify([text, without(text, told), *(without(text, each) for each in chosen)])
        label = int(shares[0].argmax())
        lost_deciding.append(float(shares[0, label] - shares[1, label]))
        lost_others.append(float(shares[0, label] - shares[2:, label].mean()))
    deleted, random_deleted = np.mean(lost_deciding), np.mean(lost_others)
    print(f"share lost without 3 deciding words {deleted:.3f}, without 3 others {random_deleted:.3f}")
    assert deleted > 0.2
    assert deleted > 5 * max(random_deleted, 0.01)


def without(text: str, places: Sequence[Deciding]) -> str:
    for one in sorted(places, key=lambda each: -each.start):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text
