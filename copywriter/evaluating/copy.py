"""`manage.py evaluate copy`: what the model writes for a catalog, with what it was taught and without."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any

from copywriter.evaluating.references import likeness
from copywriter.evaluating.samples import Sample
from copywriter.evaluating.writing import Outcome, Run, summary, write
from copywriter.training.augmenting import Pair
from copywriter.training.batches import answered
from copywriter.training.turns import turns
from copywriter.writing.briefs import messages, sentence_messages, shown
from copywriter.writing.guidance import USUAL, Guidance
from copywriter.writing.writer import Written
from foundation.inference import bundled
from foundation.inference.chat import ChatTokenizer
from foundation.inference.likelihood import mean_loss
from foundation.inference.registry import BUNDLED, EngineSpec, build
from foundation.inference.types import Message

Watch = Callable[[str, int], object]
SURPRISED = 40  # sentences of references that perplexity is measured on; more take minutes and tell no more


def unseen(_kind: str, _done: int) -> None:
    """For callers that do not look."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be judged: samples by the name of their kind, in whose voice; `texts` is a file for everything that
    was written, one JSON object a text; `watch` is told of each kind how many samples are done."""

    samples: Mapping[str, Sequence[Sample]]
    guided: Guidance = USUAL
    texts: Path | None = None
    watch: Watch = unseen


def evaluate(wanted: Wanted, spec: EngineSpec, with_base: bool) -> dict[str, Any]:
    """One object: `model`, `kinds` with the figures of each kind of text, and under `base` the same of the engine's
    model without the adapter. Raises `InferenceError`."""
    found = _judged(wanted, spec)
    if with_base and spec.adapter is not None:
        found["base"] = _judged(replace(wanted, texts=None), replace(spec, adapter=None))
    return found


def _judged(wanted: Wanted, spec: EngineSpec) -> dict[str, Any]:
    kinds: dict[str, Any] = {}
    with closing(build(spec)) as engine, _opened(wanted.texts) as target:
        for kind, samples in wanted.samples.items():
            run = write(samples, engine, guided=wanted.guided, watch=partial(wanted.watch, kind))
            kinds[kind] = summary(run) | _against_references(run.outcomes, spec)
            if target is not None:
                target.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in _rows(run))
        return {"model": engine.name, "kinds": kinds}


def _opened(path: Path | None) -> AbstractContextManager[IO[str] | None]:
    return nullcontext() if path is None else path.open("w", encoding="utf-8")


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
            "kind": one.work.plan.kind.name,
            "brief": one.work.plan.brief.asked,
            "facts": [f"{fact.label}: {fact.value}" for fact in one.work.plan.facts],
            "text": result.text if isinstance(result, Written) else "",
            "refused": "" if isinstance(result, Written) else result.reason,
            "removed": [sentence.text for sentence in result.removed],
            "written": [completion.text for completion in one.completions],
            "reference": one.sample.reference,
        }
