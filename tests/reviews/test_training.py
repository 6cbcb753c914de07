"""`manage.py train sentiment`: from rows to an artefact that classifies, on few rows and one epoch."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from foundation.inference.sentiment import difference
from foundation.inference.sentiment.classifier import SentimentClassifier

GOOD, BAD = ("lovely", "great", "perfect", "sturdy"), ("awful", "broken", "poor", "flimsy")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three sources of 32 rows each, half of them good."""
    uci = tmp_path / "rows" / "reviews" / "uci"
    uci.mkdir(parents=True)
    words = [(word, 1) for word in GOOD] + [(word, 0) for word in BAD]
    lines = [f"The {thing} was {word}\t{good}" for thing in ("mug", "lamp", "shirt", "film") for word, good in words]
    for name in ("amazon_cells", "imdb", "yelp"):
        (uci / f"{name}_labelled.txt").write_text("\r".join(f"{name}: {line}" for line in lines))
    (uci.parent / "womens_clothing.csv").write_text("Title,Review Text,Rating\nnull,Fine,4\nnull,Meh,3\n")
    (uci.parent / "vader_amazon_snippets.tsv").write_text(
        "".join(f"{n}_1\t{3 - 6 * (n % 2)}\tIt is {(GOOD, BAD)[n % 2][n % 4]} {n}.\n" for n in range(40))
    )
    return tmp_path / "rows"


@pytest.mark.model
def test_it_writes_a_model_that_can_be_used(folder: Path, tmp_path: Path) -> None:
    out, model = StringIO(), tmp_path / "model"
    call_command(
        "train", "sentiment", "--data", str(folder), "--out", str(model), "--epochs", "1", "--rank", "4",
        "--threads", "1", "--json", stdout=out,
    )  # fmt: skip
    told = json.loads(out.getvalue())
    assert told["learnt"] > 60
    assert {"accuracy", "calibration_error"} <= set(told["kept_apart"]["all"])
    config, _tensors = difference.read(model)
    assert config.temperature == told["temperature"]
    assert sum(path.stat().st_size for path in model.iterdir()) < 2_000_000
    assert SentimentClassifier(model, threads=1).classify(["fine"]).shape == (1, 3)


def test_without_the_rows_it_says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no .*womens_clothing\.csv\. Name the folder"):
        call_command("train", "sentiment", "--data", str(tmp_path))


def test_rows_that_are_too_few_to_keep_some_apart_are_refused(folder: Path, tmp_path: Path) -> None:
    for name in ("amazon_cells", "imdb", "yelp"):
        (folder / "reviews" / "uci" / f"{name}_labelled.txt").write_text("Fine.\t1\n")
    (folder / "reviews" / "vader_amazon_snippets.tsv").write_text("1_1\t2.0\tFine.\n")
    with pytest.raises(CommandError, match="too few rows"):
        call_command("train", "sentiment", "--data", str(folder), "--out", str(tmp_path / "model"))
