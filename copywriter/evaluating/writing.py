"""Texts for samples, written by one engine as a job writes them, and the figures of what came of it. No database."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from copywriter import writer
from copywriter.evaluating.figures import Figures, Text, figures
from copywriter.evaluating.recording import Recorder
from copywriter.evaluating.samples import Sample
from copywriter.rounds import finished
from copywriter.writer import Refused, Work, Written
from foundation.inference.types import Completion, Generator

COOL = 0.3
"""The highest temperature of a first candidate."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One sample, what the model wrote first, without chance, and all that it wrote, and the text that was chosen."""

    sample: Sample
    work: Work
    first: tuple[Completion, ...]
    completions: tuple[Completion, ...]
    result: Written | Refused


@dataclass(frozen=True, slots=True)
class Run:
    outcomes: tuple[Outcome, ...]
    tokens: int
    seconds: float


def write(samples: Sequence[Sample], engine: Generator, seed: int = 0) -> Run:
    """All rounds of every sample; the time is that of the engine and the checks, not of loading."""
    recorder = Recorder(engine)
    begun = time.perf_counter()
    works = {str(number): writer.begin(one.facts, seed, one.brief) for number, one in enumerate(samples)}
    done = {int(key): work for key, work in finished(recorder, works)}
    outcomes = tuple(
        Outcome(sample, done[number], *_told_apart(recorder, number), writer.result(done[number]))
        for number, sample in enumerate(samples)
    )
    seconds = time.perf_counter() - begun
    return Run(outcomes, sum(one.tokens_out for each in outcomes for one in each.completions), seconds)


def _told_apart(recorder: Recorder, number: int) -> tuple[tuple[Completion, ...], tuple[Completion, ...]]:
    cool = {request.key for request in recorder.asked if request.temperature <= COOL}
    wrote = recorder.wrote[number]
    return tuple(one for one in wrote if one.key in cool), tuple(wrote)


def summary(run: Run) -> dict[str, Any]:
    """The figures of `manage.py evaluate copy`, rates and coverage 0 to 1.

    `unbacked_sentence_rate` is of what the model writes first, before anything is checked; the same of `all` that it
    wrote holds the warmer candidates too, which are there to be chosen from. The rest is of the chosen texts.
    """
    chosen = [Text(each.result.text, each.work.plan.facts) for each in run.outcomes if isinstance(each.result, Written)]
    first, every, kept = _raw(run, "first"), _raw(run, "completions"), figures(chosen)
    told = {
        "texts": len(run.outcomes),
        "unbacked_sentence_rate": first.unbacked_sentence_rate,
        "all_unbacked_sentence_rate": every.unbacked_sentence_rate,
        "refusal_rate": 1 - len(chosen) / len(run.outcomes),
        **{name: asdict(kept)[name] for name in ("attribute_coverage", "degenerate_rate", "distinct_2", "mean_words")},
        "tokens_per_second": run.tokens / run.seconds,
    }
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in told.items()}


def _raw(run: Run, which: str) -> Figures:
    return figures(
        [
            Text(one.text, each.work.plan.facts, one.finish == "stop")
            for each in run.outcomes
            for one in getattr(each, which)
            if not one.error
        ]
    )
