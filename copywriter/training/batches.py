"""Token ids of pairs, and batches of about the same number of tokens."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from copywriter.training.augmenting import Pair, augmented
from copywriter.training.turns import turns
from copywriter.writing.briefs import Turn, answer, messages, sentence_messages, shown
from copywriter.writing.coverage import coverage, tells_in_part, wanted
from copywriter.writing.fluency import reads_well
from foundation.inference.chat import ChatTokenizer
from foundation.inference.lora_plan import Encoded, packed
from foundation.inference.types import Message

SHORT = 0.5
"""Share of the short texts in an epoch: they are half as many tokens as a description, and seldom asked for."""
COVERED = 0.7
"""Share of a turn's facts that its sentence has to tell, or the model learns to leave facts out."""
LONGEST = 768  # tokens; a longer conversation is left out of an epoch


def encode(pair: Pair, tokenizer: ChatTokenizer, rng: random.Random) -> Encoded:
    """A description as the conversation that writes it, any other text whole. The end of each answer is learnt too.

    Of a description only sentences are learnt that read well, tell most of their facts and no value in part: a name and
    a colon are easily said, and seldom rightly. As the first sentence such a one stays in the conversation.
    """
    asked: Iterator[tuple[Message, ...]]
    if pair.brief.kind == "description":
        every = [(turn, is_learnt(turn)) for turn in turns(pair, rng)]
        kept = [one for number, one in enumerate(every) if one[1] or number == 0]
        said = [turn for turn, _learnt in kept]
        asked = (sentence_messages(pair.brief.tone, said[:n], turn.facts) for n, turn in enumerate(said))
        answers = [(turn.text, learnt) for turn, learnt in kept]
    else:
        asked, answers = iter([messages(pair.brief, shown(pair.facts))]), [(pair.text, True)]
    ids: list[int] = []
    spans: list[tuple[int, int]] = []
    for prompt, (text, learnt) in zip(asked, answers, strict=False):
        before = tokenizer.encode(prompt)
        assert before[: len(ids)] == ids, "the chat template renders what was said before as it was said"
        ids = tokenizer.ended(before, answer(text))
        if learnt:
            spans.append((len(before), len(ids)))
        if len(ids) > LONGEST:  # too long to learn: the rest of it costs time and changes nothing
            break
    return Encoded(tuple(ids), tuple(spans))


def answered(asked: Sequence[Message], text: str, tokenizer: ChatTokenizer) -> Encoded:
    """One answer to a conversation, the way the model is taught to answer."""
    before = tokenizer.encode(asked)
    ids = tokenizer.ended(before, answer(text))
    return Encoded(tuple(ids), ((len(before), len(ids)),))


def is_learnt(turn: Turn) -> bool:
    """Whether it reads well, tells most of its facts and no value in part."""
    if wanted(turn.facts) and coverage(turn.text, turn.facts) < COVERED:
        return False
    return reads_well(turn.text) and not any(tells_in_part(turn.text, fact) for fact in turn.facts)


def drawn(descriptions: float, others: float) -> float:
    """About how many of so many examples one epoch learns."""
    return descriptions + SHORT * others


def epoch(pairs: Sequence[Pair], tokenizer: ChatTokenizer, budget: int, seed: int, number: int) -> list[list[Encoded]]:
    """The batches of one epoch, each of at most `budget` tokens, padding counted; the same for the same seed.

    Every description is in every epoch; of the other texts, which are short and many, a share of `SHORT` is.
    """
    rng = random.Random(f"{seed}:{number}")  # noqa: S311 - no secret is drawn
    now = [pair for pair in pairs if pair.brief.kind == "description" or rng.random() < SHORT]
    encoded = [encode(augmented(pair, rng), tokenizer, rng) for pair in now]
    made = packed([(one,) for one in encoded if one.answers and len(one.ids) <= LONGEST], budget)
    rng.shuffle(made)
    return made
