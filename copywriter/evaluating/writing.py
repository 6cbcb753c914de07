"""Texts for samples, written by one engine as a job writes them, and the figures of what came of it. No database."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from copywriter import writer
from copywriter.evaluating.figures import Text, figures, unbacked_rate
from copywriter.evaluating.recording import Recorder, Said
from copywriter.evaluating.samples import Sample
from copywriter.rounds import finished
from copywriter.short_texts import claiming
from copywriter.writer import Refused, Work, Written
from foundation.inference.types import Completion, Generator

COOL, ANY = 0.0, float("inf")
"""The temperature of a first candidate, and of any."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One sample, all that the model was asked and wrote for it, and the text that was chosen."""

    sample: Sample
    work: Work
    said: tuple[Said, ...]
    result: Written | Refused

    @property
    def completions(self) -> tuple[Completion, ...]:
        return tuple(completion for _request, completion in self.said)

    def texts(self, up_to: float) -> Iterator[Text]:
        """What was written at temperatures up to this one."""
        for request, one in self.said:
            if request.temperature <= up_to and not one.error:
                text = claiming(self.work.plan.kind, one.text.strip())
                yield Text(text, self.work.plan.facts, one.finish == "stop")


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
        Outcome(sample, done[number], tuple(recorder.said[str(number)]), writer.result(done[number]))
        for number, sample in enumerate(samples)
    )
    seconds = time.perf_counter() - begun
    return Run(outcomes, sum(one.tokens_out for each in outcomes for one in each.completions), seconds)


def summary(run: Run) -> dict[str, Any]:
    """The figures of `manage.py evaluate copy`, rates and coverage 0 to 1.

    `unbacked_sentence_rate` is of what the model writes first, before anything is checked; the same of `all` that it
    wrote holds the warmer candidates too, which are there to be chosen from. The rest is of the chosen texts.
    """
    chosen = [Text(each.result.text, each.work.plan.facts) for each in run.outcomes if isinstance(each.result, Written)]
    told = {
        "texts": len(run.outcomes),
        "unbacked_sentence_rate": unbacked_rate(text for each in run.outcomes for text in each.texts(COOL)),
        "all_unbacked_sentence_rate": unbacked_rate(text for each in run.outcomes for text in each.texts(ANY)),
        "refusal_rate": 1 - len(chosen) / len(run.outcomes),
        **asdict(figures(chosen)),
        "tokens_per_second": run.tokens / run.seconds,
    }
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in told.items()}
