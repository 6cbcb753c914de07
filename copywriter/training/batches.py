"""Token ids of pairs, and batches of about the same number of tokens."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from copywriter.briefs import messages
from copywriter.training.augmenting import Pair, augmented
from foundation.inference.chat import ChatTokenizer
from foundation.inference.lora_plan import Encoded

LONGEST = 768  # tokens; a sheet that fills a page is cut nowhere else either


def encode(pair: Pair, tokenizer: ChatTokenizer) -> Encoded:
    prompt = tokenizer.encode(messages(pair.brief, pair.facts))
    text = tokenizer.tokenizer.encode(pair.text, add_special_tokens=False).ids
    return Encoded((*prompt, *text, min(tokenizer.eos_ids)), len(prompt))


def epoch(pairs: Sequence[Pair], tokenizer: ChatTokenizer, budget: int, seed: int, number: int) -> list[list[Encoded]]:
    """The batches of one epoch, each of at most `budget` tokens, padding counted; the same for the same seed."""
    rng = random.Random(f"{seed}:{number}")  # noqa: S311 - no secret is drawn
    encoded = [encode(augmented(pair, rng), tokenizer) for pair in pairs]
    made = list(packed([one for one in encoded if len(one.ids) <= LONGEST], budget))
    rng.shuffle(made)
    return made


def packed(encoded: Sequence[Encoded], budget: int) -> Iterator[list[Encoded]]:
    """Neighbours by length together, so that little is padded."""
    batch: list[Encoded] = []
    for one in sorted(encoded, key=lambda one: len(one.ids)):
        if batch and len(one.ids) * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch
