"""`manage.py evaluate copy`: what the model writes for a catalog, with what it was taught and without."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from copywriter.briefs import messages, sentence_messages, shown
from copywriter.evaluating.references import likeness
from copywriter.evaluating.samples import Sample
from copywriter.evaluating.writing import Outcome, Run, summary, write
from copywriter.training.augmenting import Pair
from copywriter.training.batches import answered
from copywriter.training.turns import turns
from copywriter.writer import Written
from foundation.inference import bundled
from foundation.inference.chat import ChatTokenizer
from foundation.inference.likelihood import mean_loss
from foundation.inference.registry import BUNDLED, EngineSpec, build
from foundation.inference.types import Message

SURPRISED = 40  # sentences of references that perplexity is measured on; more take minutes and tell no more


def evaluate(samples: Sequence[Sample], spec: EngineSpec, with_base: bool, texts: Path | None) -> dict[str, Any]:
    """One object: the figures of the engine that the shop uses and, under `base`, of its model without the adapter.

    `texts` is a file for everything that was written, one JSON object a product. Raises `InferenceError`.
    """
    run, figures = _judged(samples, spec)
    if texts is not None:
        texts.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in _rows(run)), encoding="utf-8")
    if with_base and spec.adapter is not None:
        figures["base"] = _judged(samples, replace(spec, adapter=None))[1]
    return figures


def _judged(samples: Sequence[Sample], spec: EngineSpec) -> tuple[Run, dict[str, Any]]:
    with closing(build(spec)) as engine:
        run = write(samples, engine)
        figures = {"model": engine.name, **summary(run)}
    return run, figures | _against_references(run.outcomes, spec)


def _against_references(outcomes: Sequence[Outcome], spec: EngineSpec) -> dict[str, float]:
    known = [one for one in outcomes if one.sample.reference]
    figures = likeness([(one.result.text, one.sample.reference) for one in known if isinstance(one.result, Written)])
    asked = list(islice((pair for one in known for pair in _asked(one)), SURPRISED))
    if asked and spec.model == BUNDLED and spec.engine != "remote":
        figures["perplexity"] = round(perplexity(bundled.torch_folder(spec.data_dir, adapter=spec.adapter), asked), 3)
    return figures


def perplexity(folder: Path, asked: Sequence[tuple[Sequence[Message], str]]) -> float:
    """exp of the mean negative log-likelihood a token of the answers (Jelinek et al. 1977); `folder` as
    `from_pretrained` reads it."""
    tokenizer = ChatTokenizer.from_folder(folder)
    return math.exp(mean_loss(folder, None, [answered(messages, text, tokenizer) for messages, text in asked]))


def _asked(one: Outcome) -> list[tuple[Sequence[Message], str]]:
    """The reference as it would be asked for: a description's sentences that tell facts each after those before."""
    made, reference = one.work.plan, one.sample.reference
    if made.brief.kind != "description":
        return [(messages(made.brief, shown(made.facts)), reference)]
    said = turns(Pair(made.brief, made.facts, reference), random.Random(0))  # noqa: S311 - no secret is drawn
    return [(sentence_messages(made.brief.tone, said[:n], turn.facts), turn.text) for n, turn in enumerate(said)]


def _rows(run: Run) -> Iterator[dict[str, Any]]:
    for one in run.outcomes:
        result = one.result
        yield {
            "product": one.sample.name,
            "brief": one.work.plan.brief.asked,
            "facts": [f"{fact.label}: {fact.value}" for fact in one.work.plan.facts],
            "text": result.text if isinstance(result, Written) else "",
            "refused": "" if isinstance(result, Written) else result.reason,
            "removed": [sentence.text for sentence in result.removed],
            "written": [completion.text for completion in one.completions],
            "reference": one.sample.reference,
        }
