"""What the page says of how long a training takes, beside what an epoch learns."""

from __future__ import annotations

import random
from statistics import mean

import pytest
from django.conf import settings

from copywriter.training.augmenting import Pair
from copywriter.training.batches import drawn, epoch
from copywriter.training.dataset import DATA, read
from copywriter.training.duration import TOKENS_EACH, projects, seconds
from copywriter.training.kept import split
from copywriter.training.teaching import OWN_MOST
from foundation.inference import bundled
from foundation.inference.chat import ChatTokenizer

SOME = 150


def test_own_texts_lengthen_it_by_what_is_learnt_of_them() -> None:
    descriptions, others = projects()
    assert seconds(0, epochs=1, tokens_per_second=TOKENS_EACH) == int(drawn(descriptions, others))
    own = 51 * OWN_MOST  # three of 54 are kept
    for epochs in (1, 2):
        learnt = epochs * drawn(descriptions + own, others)
        assert seconds(54, epochs, tokens_per_second=TOKENS_EACH) == int(learnt)


@pytest.mark.model
def test_an_epoch_learns_about_so_many_examples_of_so_many_tokens() -> None:
    learnt, _kept = split(read(sorted(DATA.glob("*.jsonl"))))
    some = [Pair(one.brief, one.facts, one.text) for one in random.Random(1).sample(learnt, SOME)]
    tokenizer = ChatTokenizer.from_folder(bundled.torch_folder(settings.DATA_DIR))
    texts = [one for batch in epoch(some, tokenizer, 2048, 1, 0) for one in batch]
    descriptions = sum(one.brief.kind == "description" for one in some)
    assert len(texts) == pytest.approx(drawn(descriptions, SOME - descriptions), rel=0.1)
    assert mean(len(one.ids) for one in texts) == pytest.approx(TOKENS_EACH, rel=0.15)
