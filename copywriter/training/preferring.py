"""What the model has still to unlearn: sentences of its own that the check refuses, each beside one that may stand.

It is asked for sentences of the training set, with names, numbers and fields changed so that it knows none by heart:
for those that a person wrote, and for those that the writer would ask for of the same sheets. One is without chance,
the others warmer.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from copywriter.training.augmenting import Pair, augmented
from copywriter.training.batches import answered, is_learnt
from copywriter.training.turns import turns
from copywriter.writing.briefs import Turn, sentence_messages
from copywriter.writing.candidates import GOOD, Sofar
from copywriter.writing.describing import COOL, LAST, MAX_TOKENS, TOP_P, WARM, candidate, taken
from copywriter.writing.writer import begin
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


@dataclass(frozen=True, slots=True)
class Begun:
    """A description that the writer has begun."""

    tone: str
    sofar: Sofar

    @property
    def asked(self) -> Asked:
        """Its next sentence, which nobody has written."""
        return Asked(self.tone, self.sofar.turns, Turn(self.sofar.waiting[0], ""))


def questions(pairs: Sequence[Pair], count: int, seed: int) -> list[Asked]:
    """About `count` sentences of descriptions drawn by chance, all of a description's one after the other."""
    rng = random.Random(f"{seed}:preferences")  # noqa: S311 - no secret is drawn
    found: list[Asked] = []
    for pair in _descriptions(pairs, rng):
        if len(found) >= count:
            break
        said = turns(pair, rng)
        found += [Asked(pair.brief.tone, said[:n], turn) for n, turn in enumerate(said) if is_learnt(turn)]
    return found


def conversations(pairs: Sequence[Pair], count: int, seed: int) -> list[Begun]:
    """Descriptions of sheets drawn by chance, about `count` sentences, as the writer begins them."""
    rng = random.Random(f"{seed}:conversations")  # noqa: S311 - no secret is drawn
    found: list[Begun] = []
    for pair in _descriptions(pairs, rng):
        if count <= 0:
            break
        sofar = begin(pair.facts, brief=pair.brief).sofar
        if sofar.waiting:  # else the writer refuses it
            found.append(Begun(pair.brief.tone, sofar))
            count -= len(sofar.waiting)
    return found


def _descriptions(pairs: Sequence[Pair], rng: random.Random) -> Iterator[Pair]:
    described = [pair for pair in pairs if pair.brief.kind == "description"]
    for pair in rng.sample(described, len(described)):
        yield augmented(pair, rng)


def preferences(
    pairs: Sequence[Pair], count: int, engine: Generator, seed: int, stop: Stop = never
) -> Iterator[Preference]:
    """Of about `count` sentences: a third beside those that a person wrote, the others as the writer asks for them."""
    yield from gathered(questions(pairs, count // 3, seed), engine, seed, stop)
    yield from served(conversations(pairs, count - count // 3, seed), engine, seed, stop)


def gathered(asked: Sequence[Asked], engine: Generator, seed: int, stop: Stop = never) -> Iterator[Preference]:
    """Of each question that the model answers badly at least once. Raises `InferenceError`."""
    for number, answers in _answers([one.messages for one in asked], engine, seed, stop):
        yield from _preference(asked[number], answers)


def served(begun: Sequence[Begun], engine: Generator, seed: int, stop: Stop = never) -> Iterator[Preference]:
    """The same of the sentences that the writer asks for, each after those that stand before it."""
    going = list(begun)
    while going and not stop():
        later: list[Begun] = []
        for number, answers in _answers([one.asked.messages for one in going], engine, seed, stop):
            one = going[number]
            yield from _preference(one.asked, answers)
            sofar = taken(
                replace(one.sofar, heat=LAST), answers, candidate
            )  # all were asked for: the best that is fit stands
            if sofar.waiting:
                later.append(replace(one, sofar=sofar))
        going = later


def _answers(
    asked: Sequence[tuple[Message, ...]], engine: Generator, seed: int, stop: Stop
) -> Iterator[tuple[int, list[Completion]]]:
    """The number of each question with an answer of each temperature."""
    requests = (
        Request(f"{number}/{n}", messages, MAX_TOKENS, temperature, TOP_P, seed=seed + n)
        for number, messages in enumerate(asked)
        for n, temperature in enumerate(TEMPERATURES)
    )
    answers: dict[int, list[Completion]] = {}
    for completion in engine.generate(requests, stop):
        number = int(completion.key.partition("/")[0])
        answers.setdefault(number, []).append(completion)
        if len(answers[number]) == len(TEMPERATURES):
            yield number, sorted(answers.pop(number), key=lambda one: one.key)


def _preference(asked: Asked, answers: Iterable[Completion]) -> Iterator[Preference]:
    """Its own best sentence (of several the likeliest), or the person's where none is good, over the first that is
    refused.

    What only reads badly ("The color is blue") is not unlearnt: it is true, and a small model that is driven away from
    it invents instead (docs/quality.md).
    """
    sofar = Sofar((asked.turn.facts,), asked.before)
    judged = [(one.text.strip(), candidate(sofar, one)) for one in answers if not one.error and one.finish == "stop"]
    refused = [text for text, made in judged if made.removed]
    good = [made for text, made in judged if not made.removed and made.score >= GOOD and made.text == text]
    chosen = max(good, key=lambda one: one.score).text if good else asked.turn.text
    if chosen and refused:
        yield Preference(asked.messages, chosen, refused[0])


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
