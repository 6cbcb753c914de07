"""What a model says instead of a text never passes, in any kind of text."""

from __future__ import annotations

import pytest

from copywriter.kinds import KINDS
from copywriter.training.dataset import DATA, read
from copywriter.writing.short_texts import examined
from foundation.evidence import Fact, Problem, check
from foundation.evidence.refusals import is_refusal

SAID = (
    "Sorry, I cannot help with that.",
    "I'm sorry, but I can't write that description.",
    "I am unable to create a description for this product.",
    "As an AI language model, I don't have access to product data.",
    "As a large language model, I have no opinions.",
    "Unfortunately, there is not enough information to write this.",
    "I do not have enough information about the mug.",
    "I was not able to find any details.",
    "I must decline this request.",
    "I have to decline to write this.",
    "I'd rather not write about this product.",
    "My apologies, the data is incomplete.",
    "We apologize for the inconvenience.",
    "It is not possible for me to write a description.",
    "It would be inappropriate to describe this product.",
    "This request violates my guidelines.",
    "This goes against my content policy.",
    "I cannot fulfill this request.",
    "Please provide more information about the product.",
    "Could you provide more details?",
    "Let me know if you need anything else.",
    "Feel free to ask for changes.",
    "I hope this helps!",
    "No description can be written without more facts.",
    "There isn't enough information to describe the mug.",
    "Certainly! Here is a description of the mug.",
    "Not enough data to generate a description.",
    "I refuse to write this.",
    "I'm just a language model.",
    "Being an AI, I can't taste tea.",
    "对不起，我无法提供帮助。",
    "抱歉，我不能写这个描述。",
    "很抱歉，无法完成您的请求。",
    "作为一个人工智能语言模型，我没有个人观点。",
    "作为AI助手，我不能这样做。",
    "我无法满足您的要求。",
    "我不能回答这个问题。",
    "以下是产品描述：",
    "好的，这是为您生成的描述。",
    "请提供更多产品信息。",
    "信息不足，无法生成描述。",
    "希望对您有帮助。",
)
FACTS = (Fact("title", "Product", "Tea mug"), Fact("attribute:Material", "Material", "Stoneware"))
FINE = (
    "Please note that the mug is made of stoneware.",
    "The insert can be provided with a request form.",
    "There is enough room for three mugs.",
    "The mug is sorry-looking, but it is made of stoneware.",
    "这款杯子不能用于微波炉。",
    "作为礼物很合适。",
)


@pytest.mark.parametrize("text", SAID)
def test_a_refusal_is_about_the_writing(text: str) -> None:
    assert [one.problem for one in check(text, FACTS).sentences if one.problem == Problem.META], text


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_no_kind_of_text_lets_one_pass(kind: object) -> None:
    for text in SAID:
        beside = f"The tea mug is made of stoneware.\n{text}"
        assert not any(text in one.text and one.backed for one in examined(kind, beside, FACTS).sentences), text
        assert not examined(kind, text, (*FACTS, Fact("description", "Description", text))).backed, text


@pytest.mark.parametrize("text", FINE)
def test_what_is_said_of_a_product_is_no_refusal(text: str) -> None:
    assert not is_refusal(text)


def test_hand_written_texts_are_none() -> None:
    texts = [example.text for example in read(sorted(DATA.glob("*.jsonl")))]
    assert [text for text in texts if any(map(is_refusal, text.splitlines()))] == []
