"""From a product's facts to a text: the requests to send, and what to make of the completions. Pure, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from copywriter import prompts, refusal
from copywriter.candidates import UNFIT, Candidate, candidates, pick
from copywriter.facts import is_latin, useful
from copywriter.grouping import Group, groups
from foundation.evidence import Fact, Report, Sentence, check, kept_text
from foundation.inference.types import Completion, Request

FIRST_ROUND = (0.1, 0.7)
SECOND_ROUND = (0.5, 0.9)
"""Temperatures, one candidate each. The first round asks for every sentence, the second again for those that came out
unbacked or poor, so that no tokens are spent on what is good already."""
GOOD, ENOUGH = 1.2, 4
MAX_TOKENS = 48
TOP_P = 0.9
FEWEST_SENTENCES = 2
FEWEST_GROUPS = 2
MOST_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be asked about one product. Without `requests` it is refused for `refused`."""

    facts: tuple[Fact, ...]
    groups: tuple[Group, ...]
    requests: tuple[Request, ...]
    seed: int = 0
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A text in which every sentence is backed; `removed` are the model's sentences that are not."""

    text: str
    report: Report
    removed: tuple[Sentence, ...]
    seed: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class Refused:
    """No text; `reason` is a code of `copywriter.refusal`."""

    reason: str
    removed: tuple[Sentence, ...] = ()
    tokens_out: int = 0


def plan(facts: Iterable[Fact], seed: int = 0) -> Plan:
    """The requests for one product, keys "group:candidate"; refused where too little is known to say two things."""
    known = tuple(useful(facts))
    title = " ".join(fact.value for fact in known if fact.label == "Product")
    if not is_latin(title):
        return Plan(known, (), (), seed, refusal.code(refusal.LANGUAGE))
    made = tuple(groups(known))
    if not title or len(made) < FEWEST_GROUPS:
        return Plan(known, made, (), seed, refusal.code(refusal.THIN, known))
    return Plan(known, made, tuple(r for n in range(len(made)) for r in _requests(made, n, FIRST_ROUND, seed)), seed)


def again(made: Plan, completions: Mapping[str, Completion]) -> list[Request]:
    """The second round: requests for the groups of which no completion of the first is good; none for a text that has
    its first sentence and `ENOUGH` good ones."""
    best: dict[int, float] = {}
    for key, completion in completions.items():
        for one in _read(made, key, completion):
            best[one.group] = max(one.score, best.get(one.group, one.score))
    poor = [number for number in range(len(made.groups)) if made.requests and best.get(number, UNFIT) < GOOD]
    if 0 not in poor and len(made.groups) - len(poor) >= ENOUGH:
        return []
    if 0 in poor and len(made.groups) > 1:  # then the next sentence has to name the product
        poor = [1, *(number for number in poor if number != 1)]
    return [r for n in poor for r in _requests(made.groups, n, SECOND_ROUND, made.seed, len(FIRST_ROUND), 0 in poor)]


def _requests(
    made: Sequence[Group], number: int, temperatures: Sequence[float], seed: int, tried: int = 0, named: bool = False
) -> Iterator[Request]:
    told = prompts.messages(made[number], first=number == 0 or (named and number == 1))
    for attempt, temperature in enumerate(temperatures, start=tried):
        yield Request(
            key=f"{number}:{attempt}", messages=told, max_tokens=MAX_TOKENS, temperature=temperature,
            top_p=TOP_P, repetition_penalty=1.0, seed=seed + attempt,
        )  # fmt: skip


def choose(made: Plan, completions: Mapping[str, Completion]) -> Written | Refused:
    """The best backed sentences as one text, or why there is none. `completions` by the keys of the plan's requests."""
    if made.refused:
        return Refused(made.refused)
    found = [one for key, completion in completions.items() for one in _read(made, key, completion)]
    tokens = sum(completion.tokens_out for completion in completions.values())
    removed = tuple({one.sentence.text: one.sentence for one in found if not one.sentence.backed}.values())
    if completions and all(completion.error for completion in completions.values()):
        return Refused(refusal.code(refusal.ENGINE), removed, tokens)
    best = pick(found, made.groups[0].name)[:MOST_SENTENCES]
    if len(best) < FEWEST_SENTENCES:
        return Refused(refusal.code(refusal.UNBACKED, made.facts), removed, tokens)
    text = " ".join(_closed(one.sentence.text) for one in best)
    report = check(text, made.facts)
    if report.unbacked:  # a sentence alone may read otherwise than beside its neighbour
        removed += report.unbacked
        text = kept_text(report)
        report = check(text, made.facts)
    if report.unbacked or len(report.sentences) < FEWEST_SENTENCES:
        return Refused(refusal.code(refusal.UNBACKED, made.facts), removed, tokens)
    return Written(text, report, removed, best[0].seed, tokens)


def _read(made: Plan, key: str, completion: Completion) -> list[Candidate]:
    if completion.error:
        return []
    number, attempt = (int(part) for part in key.split(":"))
    group, finished = made.groups[number], completion.finish == "stop"
    return candidates(completion.text, finished, number, made.seed + attempt, group, made.facts)


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."
