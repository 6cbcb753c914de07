"""What the model has still to unlearn: sentences of its own that the check refuses or that read badly, each beside one
that may stand.

It is asked for sentences of the training set, with names, numbers and fields changed so that it knows none by heart, as
the writer asks for them: one without chance, the others warmer.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from copywriter.briefs import Turn, sentence_messages
from copywriter.coverage import lists_in_part
from copywriter.describing import COOL, GOOD, MAX_TOKENS, TOP_P, WARM, Sofar, candidate
from copywriter.fluency import reads_well
from copywriter.training.augmenting import Pair, augmented
from copywriter.training.batches import answered, is_learnt
from copywriter.training.turns import turns
from foundation.inference.chat import ChatTokenizer
from foundation.inference.lora_plan import Encoded
from foundation.inference.types import Completion, Generator, Message, Request, Stop, never
from foundation.inference.whole import replaced_file

FILE = "preferences.jsonl"
TEMPERATURES = (*COOL, *WARM)


@dataclass(frozen=True, slots=True)
class Asked:
    """The next sentence after those `before`; `turn` holds its facts and what a person wrote."""

    tone: str
    before: tuple[Turn, ...]
    turn: Turn

    @property
    def messages(self) -> tuple[Message, ...]:
        return sentence_messages(self.tone, self.before, self.turn.facts)


@dataclass(frozen=True, slots=True)
class Preference:
    """Two answers to one question of which the first is better."""

    asked: tuple[Message, ...]
    chosen: str
    rejected: str


def questions(pairs: Sequence[Pair], count: int, seed: int) -> list[Asked]:
    """About `count` sentences of descriptions drawn by chance, all of a description's one after the other."""
    rng = random.Random(f"{seed}:preferences")  # noqa: S311 - no secret is drawn
    described = [pair for pair in pairs if pair.brief.kind == "description"]
    found: list[Asked] = []
    for pair in rng.sample(described, len(described)):
        if len(found) >= count:
            break
        said = turns(augmented(pair, rng), rng)
        found += [Asked(pair.brief.tone, said[:n], turn) for n, turn in enumerate(said) if is_learnt(turn)]
    return found


def gathered(asked: Sequence[Asked], engine: Generator, seed: int, stop: Stop = never) -> Iterator[Preference]:
    """Of each question that the model answers badly at least once. Raises `InferenceError`."""
    answers: dict[int, list[Completion]] = {}
    for completion in engine.generate(_requests(asked, seed), stop):
        number = int(completion.key.partition("/")[0])
        answers.setdefault(number, []).append(completion)
        if len(answers[number]) == len(TEMPERATURES):
            yield from _preference(asked[number], answers.pop(number))


def _requests(asked: Sequence[Asked], seed: int) -> Iterator[Request]:
    for number, one in enumerate(asked):
        for n, temperature in enumerate(TEMPERATURES):
            yield Request(f"{number}/{n}", one.messages, MAX_TOKENS, temperature, TOP_P, seed=seed + n)


def _preference(asked: Asked, answers: Iterable[Completion]) -> Iterator[Preference]:
    """Its own best sentence (of several the likeliest), or the person's where none is good, over the first that is
    refused, else over the first that reads badly or names a part of a list."""
    sofar = Sofar((asked.turn.facts,), asked.before)
    judged = [
        (one.text.strip(), *candidate(sofar, one))
        for one in sorted(answers, key=lambda one: one.key)
        if not one.error and one.finish == "stop"
    ]
    refused = [text for text, _score, _kept, foreign in judged if foreign]
    facts = asked.turn.facts
    clumsy = [
        text
        for text, *_rest, foreign in judged
        if not foreign and (not reads_well(text) or any(lists_in_part(text, fact) for fact in facts))
    ]
    good = [
        (score, text)
        for text, score, kept, foreign in judged
        if not foreign and score >= GOOD and kept == text and reads_well(text)
    ]
    if worse := [*refused, *clumsy]:
        chosen = max(good, key=lambda one: one[0])[1] if good else asked.turn.text
        yield Preference(asked.messages, chosen, worse[0])


def encode(one: Preference, tokenizer: ChatTokenizer) -> tuple[Encoded, Encoded]:
    """Token ids of the question with the better and with the worse answer."""
    return answered(one.asked, one.chosen, tokenizer), answered(one.asked, one.rejected, tokenizer)


def write(path: Path, found: Iterable[Preference]) -> int:
    """One JSON object a line, whole or not at all; returns how many."""
    lines = [
        json.dumps(
            {"asked": [[m.role, m.content] for m in one.asked], "chosen": one.chosen, "rejected": one.rejected},
            ensure_ascii=False,
        )
        for one in found
    ]
    with replaced_file(path) as fresh:
        fresh.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(lines)


def read(path: Path) -> list[Preference]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [
        Preference(tuple(Message(role, content) for role, content in row["asked"]), row["chosen"], row["rejected"])
        for row in rows
    ]
