"""What is wrong with an example: `python -m copywriter.training.checking FILE…` prints it and exits with 1."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from copywriter.kinds import KINDS
from copywriter.training.dataset import DATA, BadExample, Example, read
from copywriter.writing.briefs import WORDS
from copywriter.writing.judging import judged
from copywriter.writing.questions import PAIR
from foundation.evidence import Problem

QUESTION = re.compile(r"Q: [^\n]+\?\nA: [^\n]+")
OPENING_WORDS, SAME_OPENING = 3, 0.04


def problems(example: Example) -> Iterator[str]:
    """Sentences that say what to mend; none for a good example."""
    yield from _shape(example)
    answers = PAIR.sub(lambda found: " " * len(found[0]), example.text)  # people asked; what is served never is so
    for sentence in judged(answers, example.facts).sentences:
        if sentence.is_foreign:
            words = ", ".join(f"{claim.text!r} ({claim.kind})" for claim in sentence.unbacked_claims)
            yield f"not backed by the sheet: {words or sentence.problem} in {sentence.text!r}"
        elif sentence.problem == Problem.OPINION:
            yield f"too much praise in {sentence.text!r}"


def _shape(example: Example) -> Iterator[str]:
    text, kind, length = example.text, example.brief.kind, example.brief.length
    if text != text.strip() or "  " in text or not text:
        yield "white space at an end, doubled, or no text"
    if kind == "description":
        count, (least, most) = len(text.split()), WORDS[length]
        if count > most:
            yield f"{count} words; {length} ends at {most}"
        if count < least and len(example.facts) > 4:
            yield f"{count} words of a sheet with {len(example.facts)} facts; {length} begins at {least}"
    elif not KINDS[kind].fits(text):
        yield f"{KINDS[kind].measure(text)} characters; {kind} ends at {KINDS[kind].limit}"
    if kind == "bullets" and not all(line.startswith("- ") for line in text.splitlines()):
        yield 'each line of bullets starts with "- "'
    if kind == "faq" and not QUESTION.fullmatch(text):
        yield 'an faq is two lines, "Q: …?" and "A: …"'
    if kind not in ("bullets", "faq") and "\n" in text:
        yield "one paragraph"


def alike(examples: Sequence[Example]) -> Iterator[str]:
    """Over a whole set: doubled ids and texts, and openings that too many descriptions share."""
    for name, count in Counter(example.id for example in examples).items():
        if count > 1:
            yield f"{name}: the id stands {count} times"
    for text, count in Counter(example.text for example in examples).items():
        if count > 1:
            yield f"{text[:60]!r} stands {count} times"
    described = [example for example in examples if example.brief.kind == "description"]
    openings = Counter(" ".join(example.text.lower().split()[:OPENING_WORDS]) for example in described)
    for opening, count in openings.most_common(5):
        if count > max(3, SAME_OPENING * len(described)):
            yield f"{count} of {len(described)} descriptions open with {opening!r}"


def main(names: Sequence[str]) -> int:
    paths = [Path(name) for name in names] or sorted(DATA.glob("*.jsonl"))
    try:
        examples = list(read(paths))
    except BadExample as problem:
        print(problem, file=sys.stderr)
        return 1
    told = [f"{example.id}: {problem}" for example in examples for problem in problems(example)]
    told += list(alike(examples))
    print("\n".join(told))
    kinds = Counter(example.brief.length or example.brief.kind for example in examples)
    print(f"{len(examples)} examples, {len(told)} to mend; " + ", ".join(f"{k} {n}" for k, n in kinds.most_common()))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
