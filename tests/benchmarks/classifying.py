"""Classification speed: `python -m tests.benchmarks.classifying [--count 2000]`, JSON lines on standard output.

`tutorial` is transformers as a tutorial shows it: `pipeline("text-classification")` in fp32, one text at a time, with
the same encoder; `sentiment` is this product's classifier with the same texts. Each in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from foundation.inference.sentiment import base
from foundation.inference.sentiment.classifier import SentimentClassifier
from reviews.sentiment.shipped import MODEL
from tests.benchmarks.generation import ROOT, Clock, where

PATHS = ("tutorial", "sentiment")
TUTORIAL_SHARE = 10  # it is measured on every tenth text: each takes as long
SAYINGS = (
    "I bought this for my kitchen and use it every day.", "It broke after a week.", "The colour is lovely.",
    "Great value.", "Delivery took three weeks and nobody answered my mails.", "Fits as it should, true to size.",
    "My daughter wears it all the time and the fabric still looks like new after many washes.", "Too small.",
)  # fmt: skip


def texts(count: int) -> list[str]:
    """Reviews of one to nine sentences, most of them short, as shops have them."""
    chance = random.Random(4)
    return [" ".join(chance.choices(SAYINGS, k=min(9, 1 + int(chance.expovariate(0.45))))) for _ in range(count)]


def tutorial(given: Sequence[str]) -> float:
    """Seconds for all texts."""
    from transformers import AutoModelForSequenceClassification, AutoTokenizer, pipeline
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    model = AutoModelForSequenceClassification.from_pretrained(base.folder(), num_labels=3)
    tokenizer = AutoTokenizer.from_pretrained(base.folder())
    classify = pipeline("text-classification", model=model, tokenizer=tokenizer, device=-1)
    classify(given[0], truncation=True)
    with Clock() as clock:
        for text in given:
            classify(text, truncation=True)
    return clock.wall


def ours(given: Sequence[str]) -> float:
    """Seconds for all texts."""
    model = SentimentClassifier(MODEL)
    model.classify(given[:64])
    with Clock() as clock:
        model.classify(given)
    return clock.wall


def run(count: int = 4_000) -> Iterator[dict[str, Any]]:
    """A line for each path."""
    slow = None
    for path in PATHS:
        command = [sys.executable, "-m", "tests.benchmarks.classifying", "--one", path, "--count", str(count)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        line = json.loads(done.stdout.splitlines()[-1])
        slow = slow or line["texts_per_second"]
        yield line | {"times_tutorial": round(line["texts_per_second"] / slow, 1)}


def measure(path: str, count: int) -> dict[str, Any]:
    given = texts(count)
    if path == "tutorial":
        given = given[::TUTORIAL_SHARE]
    seconds = tutorial(given) if path == "tutorial" else ours(given)
    found = {"texts": len(given), "seconds": round(seconds, 2), "texts_per_second": round(len(given) / seconds, 1)}
    return {**where(), "benchmark": "classifying", "path": path, "model": base.NAME, **found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=4_000, help="texts")
    parser.add_argument("--one", choices=PATHS, help="measure this path only, in this process")
    args = parser.parse_args()
    for line in [measure(args.one, args.count)] if args.one else run(args.count):
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
