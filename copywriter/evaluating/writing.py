"""Texts for samples, written by one engine as a job writes them, and the figures of what came of it. No database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from copywriter.evaluating.figures import Text, figures, mean, unbacked_rate
from copywriter.evaluating.recording import Recorder, Said
from copywriter.evaluating.samples import Sample
from copywriter.writing import guidance, writer
from copywriter.writing.coverage import tellable
from copywriter.writing.facts import useful
from copywriter.writing.guidance import Guidance
from copywriter.writing.rounds import finished
from copywriter.writing.short_texts import claiming, examined
from copywriter.writing.writer import Refused, Work, Written
from foundation.evidence import Sentence
from foundation.inference.types import Completion, Generator

COOL, ANY = 0.0, float("inf")
"""The temperature of a first candidate, and of any."""
RICH = 5
"""Facts besides title and tags from which on a product has no business being refused."""
Watch = Callable[[int], object]
"""Told how many samples are done."""


def unseen(_done: int) -> None:
    """For callers that do not look."""


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
                text = claiming(self.work.plan.kind, one.text.strip(), self.work.plan.facts)
                yield Text(text, self.work.plan.facts, one.finish == "stop")

    def rechecked(self) -> tuple[Sentence, ...]:
        """The chosen text's sentences, checked once more; none where it was refused."""
        made = self.work.plan
        if isinstance(self.result, Refused):
            return ()
        return examined(made.kind, self.result.text, made.facts, made.guidance.rules).sentences

    @property
    def fits(self) -> bool:
        """Whether the chosen text is as short as its kind has to be."""
        return isinstance(self.result, Refused) or self.work.plan.kind.fits(self.result.text)


@dataclass(frozen=True, slots=True)
class Run:
    outcomes: tuple[Outcome, ...]
    tokens: int
    seconds: float


def write(
    samples: Sequence[Sample],
    engine: Generator,
    seed: int = 0,
    guided: Guidance = guidance.USUAL,
    watch: Watch = unseen,
) -> Run:
    """All rounds of every sample; the time is that of the engine and the checks, not of loading."""
    recorder = Recorder(engine)
    begun = time.perf_counter()
    works = {
        str(number): writer.begin(one.facts, seed, one.brief, one.kind, guided=guided)
        for number, one in enumerate(samples)
    }
    done: dict[int, Work] = {}
    for key, work in finished(recorder, works):
        done[int(key)] = work
        watch(len(done))
    outcomes = tuple(
        Outcome(sample, done[number], tuple(recorder.said[str(number)]), writer.result(done[number]))
        for number, sample in enumerate(samples)
    )
    seconds = time.perf_counter() - begun
    return Run(outcomes, sum(one.tokens_out for each in outcomes for one in each.completions), seconds)


def summary(run: Run) -> dict[str, Any]:
    """The figures of `manage.py evaluate copy`, rates and coverage 0 to 1, by name.

    Before the check: `unbacked_sentence_rate` is of what the model writes first; the same of `all` that it wrote holds
    the warmer candidates too, which are there to be chosen from; `dropped_rate` is the share of the sentences that were
    taken out among these and those that stayed. The rest is of the chosen texts, `unbacked_after_check` by a check of
    its own. None where there is nothing to tell it by.
    """
    chosen = [Text(each.result.text, each.work.plan.facts) for each in run.outcomes if isinstance(each.result, Written)]
    rich = [each for each in run.outcomes if len(tellable(useful(each.sample.facts))) >= RICH]
    kept = [judged for each in run.outcomes for judged in each.rechecked()]
    dropped = sum(len(each.result.removed) for each in run.outcomes)
    told = {
        "texts": len(run.outcomes),
        "unbacked_sentence_rate": unbacked_rate(text for each in run.outcomes for text in each.texts(COOL)),
        "all_unbacked_sentence_rate": unbacked_rate(text for each in run.outcomes for text in each.texts(ANY)),
        "dropped_rate": dropped / (dropped + len(kept)) if dropped or kept else 0.0,
        "unbacked_after_check": mean([not one.backed for one in kept]),
        "refusal_rate": 1 - len(chosen) / len(run.outcomes),
        "rich_texts": len(rich),
        "rich_refusal_rate": mean([isinstance(each.result, Refused) for each in rich]) if rich else None,
        "over_limit_rate": mean([not each.fits for each in run.outcomes if isinstance(each.result, Written)]),
        **asdict(figures(chosen)),
        "tokens_per_text": run.tokens / len(run.outcomes),
        "tokens_per_second": run.tokens / run.seconds,
    }
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in told.items()}
