"""The figures that the product promises, and what they cost."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

from django.core.management import call_command

from foundation.evidence import Fact, check

FOLDER = Path(__file__).parent


def test_precision_and_recall_on_held_out_sentences() -> None:
    out = io.StringIO()
    call_command("evaluate", "evidence", "--json", stdout=out)
    scores = {row["split"]: row for row in map(json.loads, out.getvalue().splitlines())}
    assert set(scores) == {"tune", "held"}
    for score in scores.values():
        assert score["sentences"] >= 100
        assert score["precision"] >= 0.9
        assert score["recall"] >= 0.9


def test_checking_costs_little_beside_generation() -> None:
    """A product's candidates are about ten sentences and take the engine a fifth of a second or more on two cores."""
    products = json.loads((FOLDER / "products.json").read_text(encoding="utf-8"))
    texts: dict[str, list[str]] = {}
    for line in (FOLDER / "labelled.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts.setdefault(row["product"], []).append(row["text"])
    started, sentences = time.process_time(), 0
    for turn in range(4):
        for name, rows in products.items():
            facts = (*(Fact(*row) for row in rows), Fact("turn", "Turn", str(turn)))  # never the cached index
            for text in texts[name]:
                sentences += len(check(text, facts).sentences)
    per_product = (time.process_time() - started) / sentences * 10
    assert per_product < 0.02, f"{per_product * 1000:.1f} ms of processor time for ten sentences"
