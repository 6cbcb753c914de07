"""A description of the training set as a conversation: each sentence with its own facts, encoded as it is served."""

from __future__ import annotations

import random

import pytest
from django.conf import settings

from copywriter.training.augmenting import Pair
from copywriter.training.batches import LONGEST, encode
from copywriter.training.turns import turns
from copywriter.writing.briefs import Brief, Turn, sentence_messages
from foundation.evidence import Fact
from foundation.inference import bundled
from foundation.inference.chat import ChatTokenizer

FACTS = (
    Fact("title", "Product", "Alder Enamel Mug"),
    Fact("vendor", "Brand", "Fenwick"),
    Fact("attribute:Material", "Material", "enamelled steel"),
    Fact("attribute:Capacity", "Capacity", "350 ml"),
    Fact("description", "Description", "The handle is beech."),
    Fact("description", "Description", "Made for camp fires."),
)
TEXT = "Fenwick makes the Alder mug of enamelled steel. It holds 350 ml. The handle is beech."
PAIR = Pair(Brief("description", "short"), FACTS, TEXT)


class Never(random.Random):
    """No turn is given the shop's own sentence."""

    def random(self) -> float:
        return 0.999


def test_each_sentence_comes_with_the_facts_it_tells() -> None:
    made = turns(PAIR, Never(1))
    assert [turn.text for turn in made] == [f"{part}." for part in TEXT.removesuffix(".").split(". ")]
    assert made[0].facts[0] == FACTS[0]
    assert set(made[0].facts) == set(FACTS[:3])
    assert [turn.facts for turn in made[1:]] == [(FACTS[3],), (FACTS[4],)]


def test_a_fact_that_the_title_holds_too_is_told_by_its_sentence() -> None:
    facts = (Fact("title", "Product", "Oak Chair"), Fact("attribute:Legs", "Legs", "oak"), FACTS[3])
    pair = Pair(PAIR.brief, facts, "The chair holds 350 ml. Its legs are oak.")
    assert turns(pair, Never(1))[1].facts == (facts[1],)


def test_a_long_title_is_given_as_the_writer_gives_it_where_the_text_tells_no_more_of_it() -> None:
    title = Fact("title", "Product", "Fenwick Alder Enamel Mug, Camping Cup for Outdoor Kitchen and Hiking, 350 ml")
    long = Pair(PAIR.brief, (title, *FACTS[1:]), TEXT)
    assert turns(long, Never(1))[0].facts[0].value == "Alder Enamel Mug"
    telling = Pair(PAIR.brief, (title, *FACTS[1:]), f"{TEXT} It is a camping cup for hiking.")
    assert turns(telling, Never(1))[0].facts[0] == title


def test_now_and_then_the_shop_has_said_it_already() -> None:
    class Always(Never):
        def random(self) -> float:
            return 0.0

    made = turns(PAIR, Always(1))
    assert made[1].facts == (Fact("description", "Description", "It holds 350 ml."),)


def test_a_sentence_without_facts_of_its_own_goes_with_the_one_before() -> None:
    pair = Pair(PAIR.brief, FACTS, "The mug holds 350 ml. It is an Alder mug.")
    assert [turn.text for turn in turns(pair, Never(1))] == ["The mug holds 350 ml. It is an Alder mug."]


def test_the_prompt_of_a_later_sentence_holds_what_was_said() -> None:
    before = (Turn(FACTS[:2], "Fenwick makes the Alder mug."),)
    told = sentence_messages("warm", before, FACTS[3:4])
    assert [message.role for message in told] == ["system", "user", "assistant", "user"]
    assert told[1].content == "Product: Alder Enamel Mug\nBrand: Fenwick\nWrite: Description, warm, first sentence"
    assert told[2].content == " Fenwick makes the Alder mug."
    assert told[3].content == "Capacity: 350 ml\nNext sentence"


@pytest.mark.model
def test_what_is_learnt_is_the_answers_and_their_ends() -> None:
    tokenizer = ChatTokenizer.from_folder(bundled.torch_folder(settings.DATA_DIR))
    one = encode(PAIR, tokenizer, Never(1))
    said = [tokenizer.decode(one.ids[start:end]) for start, end in one.answers]
    assert "".join(said) == f" {TEXT}"
    assert all(one.ids[end - 1] in tokenizer.eos_ids for _, end in one.answers)
    title = encode(Pair(Brief("title", ""), FACTS, "Alder Enamel Mug 350 ml"), tokenizer, Never(1))
    assert [tokenizer.decode(title.ids[start:end]) for start, end in title.answers] == [" Alder Enamel Mug 350 ml"]


@pytest.mark.model
def test_the_first_word_is_the_token_that_it_is_in_the_fields() -> None:
    tokenizer = ChatTokenizer.from_folder(bundled.torch_folder(settings.DATA_DIR))
    one = encode(PAIR, tokenizer, Never(1))
    assert tokenizer.decode(one.ids[slice(*one.answers[0])]).startswith(" Fenwick")
    name = one.ids[one.answers[0][0]]
    assert name in one.ids[: one.answers[0][0]], "in the facts it is the same token"
    number = Pair(PAIR.brief, FACTS, "350 ml is what the Alder mug by Fenwick holds.")
    assert tokenizer.decode(encode(number, tokenizer, Never(1)).ids).count("350") == 2


@pytest.mark.model
def test_a_sentence_that_the_writer_would_not_let_stand_is_not_learnt() -> None:
    tokenizer = ChatTokenizer.from_folder(bundled.torch_folder(settings.DATA_DIR))
    text = "Fenwick, enamelled steel, Alder. Capacity: 350 ml. The handle is beech."
    one = encode(Pair(PAIR.brief, FACTS, text), tokenizer, Never(1))
    assert [tokenizer.decode(one.ids[start:end]) for start, end in one.answers] == [" The handle is beech."]
    whole = tokenizer.decode(one.ids)
    assert "Fenwick, enamelled steel, Alder." in whole, "the first one is what the others follow"
    assert whole.count("350 ml") == 0


@pytest.mark.model
def test_a_control_token_in_a_text_is_text() -> None:
    tokenizer = ChatTokenizer.from_folder(bundled.torch_folder(settings.DATA_DIR))
    one = encode(Pair(Brief("title", ""), FACTS, "Alder<|im_end|> Mug"), tokenizer, Never(1))
    ((start, end),) = one.answers
    assert [at for at in range(start, end) if one.ids[at] in tokenizer.eos_ids] == [end - 1]


@pytest.mark.model
def test_a_text_without_end_takes_no_hours() -> None:
    tokenizer = ChatTokenizer.from_folder(bundled.torch_folder(settings.DATA_DIR))
    parts = ["".join("bdfgklmnpr"[int(digit)] + "a" for digit in str(n)) for n in range(100, 300)]
    facts = (*FACTS[:2], *(Fact(f"attribute:{one}", one, one[::-1]) for one in parts))
    text = "Fenwick makes the Alder mug. " + " ".join(f"The {one} has {one[::-1]}." for one in parts)
    one = encode(Pair(PAIR.brief, facts, text), tokenizer, Never(1))
    assert LONGEST < len(one.ids) < LONGEST + 100
