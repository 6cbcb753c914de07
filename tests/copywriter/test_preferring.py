"""Sentences of the model's own beside each other: one that may stand, one that the check refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from copywriter.training.augmenting import Pair
from copywriter.training.preferring import (
    TEMPERATURES,
    Asked,
    Preference,
    conversations,
    encode,
    gathered,
    preferences,
    questions,
    read,
    served,
    write,
)
from copywriter.writing.briefs import Brief, Turn
from copywriter.writing.describing import COOL
from foundation.inference import bundled
from foundation.inference.chat import ChatTokenizer
from foundation.inference.types import Request
from tests.copywriter.scripted import ScriptedGenerator
from tests.copywriter.test_turns import FACTS, PAIR

ASKED = Asked("plain", (Turn(FACTS[:2], "Fenwick makes the Alder mug."),), Turn(FACTS[2:4], "A person's sentence."))
TRUE, FALSE, PARTLY = (
    "It is of enamelled steel and holds 350 ml.",
    "It is of copper and holds 350 ml.",
    "It holds 350 ml.",
)


def answering(*texts: str) -> ScriptedGenerator:
    """One text for each temperature, in their order."""

    def answer(_facts: str, request: Request) -> str:
        return texts[TEMPERATURES.index(request.temperature)]

    return ScriptedGenerator(answer)


def test_its_own_good_sentence_is_preferred_to_the_one_that_is_refused() -> None:
    (found,) = gathered([ASKED], answering(FALSE, PARTLY, TRUE, PARTLY), 1)
    assert found == Preference(ASKED.messages, TRUE, FALSE)


def test_without_a_good_one_of_its_own_a_persons_is() -> None:
    (found,) = gathered([ASKED], answering(PARTLY, PARTLY, PARTLY, FALSE), 1)
    assert (found.chosen, found.rejected) == ("A person's sentence.", FALSE)


def test_what_is_read_out_is_true_and_not_unlearnt() -> None:
    assert list(gathered([ASKED], answering("The material is enamelled steel.", TRUE, TRUE, TRUE), 1)) == []


def test_nothing_refused_teaches_nothing() -> None:
    assert list(gathered([ASKED, ASKED], answering(TRUE, TRUE, PARTLY, PARTLY), 1)) == []


def test_sentences_are_asked_for_as_the_writer_does_each_after_those_that_stand() -> None:
    (one,) = conversations([PAIR, Pair(Brief("title", ""), FACTS, "Alder mug")], 1, 5)
    told = {fact.label: fact.value for fact in one.sofar.waiting[0]}
    named = f"{told['Brand']} makes the Alder mug of {told['Material']}."
    invented = named.replace("mug", "teapot")

    def answer(facts: str, request: Request) -> str:
        if "Product: " in facts:
            return invented if request.temperature == COOL[0] else named
        return FALSE if request.temperature == COOL[0] else "Nothing of it."

    engine = ScriptedGenerator(answer)
    found = list(served([one], engine, 1))
    assert [(one.chosen, one.rejected) for one in found] == [(named, invented)], "nobody wrote a better second sentence"
    second = next(one for one in engine.asked if "Product: " not in one.messages[-1].content)
    assert second.messages[2].content == f" {named}", "after the one that stands"
    assert {one.temperature for one in engine.asked} == set(TEMPERATURES)


def test_a_third_is_asked_for_beside_a_persons() -> None:
    engine = answering(TRUE, TRUE, TRUE, FALSE)
    list(preferences([PAIR] * 20, 9, engine, 1))
    first = [one.messages for one in engine.asked if one.temperature == COOL[0]]
    persons = {one.messages for one in questions([PAIR] * 20, 3, 1)}
    assert len(persons) == 3
    assert set(first[:3]) == persons
    begun = [one.asked.messages for one in conversations([PAIR] * 20, 6, 1)]
    assert first[3 : 3 + len(begun)] == begun


def test_questions_are_the_sentences_of_the_set() -> None:
    short = Pair(Brief("title", ""), FACTS, "Alder mug")
    made = questions([PAIR, short], 2, 5)
    assert 2 <= len(made) <= 3
    assert made == questions([PAIR, short], 2, 5)
    assert [len(one.before) for one in made] == list(range(len(made)))
    assert any(fact.source == "title" for fact in made[0].turn.facts)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    found = [Preference(ASKED.messages, "Grün „so“.", "line\nbreak")]
    assert write(tmp_path / "new" / "pairs.jsonl", found) == 1
    assert read(tmp_path / "new" / "pairs.jsonl") == found


@pytest.mark.model
def test_both_answers_follow_the_same_question() -> None:
    tokenizer = ChatTokenizer.from_folder(bundled.torch_folder(settings.DATA_DIR))
    better, worse = encode(Preference(ASKED.messages, TRUE, FALSE), tokenizer)
    (span,), (other,) = better.answers, worse.answers
    assert better.ids[: span[0]] == worse.ids[: other[0]] == tuple(tokenizer.encode(ASKED.messages))
    assert [tokenizer.decode(one.ids[slice(*one.answers[0])]) for one in (better, worse)] == [f" {TRUE}", f" {FALSE}"]
