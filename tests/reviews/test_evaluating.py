"""`manage.py evaluate sentiment`: one object of figures, and errors that say what to do. With a scripted classifier."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from foundation.inference.sentiment.targets import LABELS
from reviews.sentiment import evaluating


class Scripted:
    """Good where a text says so; empty texts are neutral."""

    name, labels = "scripted", LABELS

    def classify(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([[0.2, 0.6, 0.2] if not t else [0.1, 0, 0.9] if "good" in t else [0.9, 0, 0.1] for t in texts])


@pytest.fixture(autouse=True)
def _scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating, "classifier", lambda _model: Scripted())


def evaluated(path: Path, *more: str, text: str = "Review", label: str = "Stars") -> dict[str, Any]:
    out = StringIO()
    call_command(
        "evaluate", "sentiment", str(path), "--text-column", text, "--label-column", label, "--json", *more, stdout=out
    )
    (line,) = out.getvalue().splitlines()
    return json.loads(line)


def test_one_object(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text("Id,Review,Stars\n1,good mug,5\n2,it broke,1\n3,,3\n4,good,\n5,it leaks,4\n")
    found = evaluated(path)
    assert found["accuracy"] == 0.75
    assert found["balanced_accuracy"] == pytest.approx((1 + 1 + 0.5) / 3, abs=1e-4)
    assert {"macro_f1", "calibration_error", "texts_per_second"} <= set(found)
    assert (found["texts"], found["skipped"], found["labels"]) == (4, 1, "1-5")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_files_as_shops_export_them(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "reviews.tsv"
    rows = [
        "comment\tsentiment",
        *(f'"good，质量很好，包装也不错 {n}"\t好评\n"质量太差了，\n不推荐 {n}"\t差评' for n in range(20)),
    ]
    path.write_bytes("\r\n".join(rows).encode(encoding))
    found = evaluated(path, text="comment", label="sentiment")
    assert (found["accuracy"], found["texts"], found["labels"]) == (1, 40, "words")


def test_columns_are_found_regardless_of_case(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text("REVIEW,stars\ngood,1\nbad,0\n")
    assert evaluated(path)["accuracy"] == 1


def test_as_lines_for_people(tmp_path: Path) -> None:
    path, out = tmp_path / "reviews.csv", StringIO()
    path.write_text("Review,Stars\ngood,1\nbad,0\n")
    call_command("evaluate", "sentiment", str(path), "--text-column", "Review", "--label-column", "Stars", stdout=out)
    assert "balanced_accuracy    1.0" in out.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, r"There is no file"),
        ("Text,Stars\ngood,1\n", r"There is no column 'Review'\. The file has: Text, Stars\."),
        ("Review,Stars\ngood,great\nbad,0\n", r"These are no labels: '0', 'great'"),
        ("Review,Stars\ngood,\nbad,\n", r"No row has a label in the column 'Stars'"),
        ("Review,Stars\ngood,5\nfine,4\n", r"All labels say positive"),
        ("", "empty"),
    ],
)
def test_what_cannot_be_measured_is_told(tmp_path: Path, content: str | None, told: str) -> None:
    path = tmp_path / "reviews.csv"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CommandError, match=told):
        evaluated(path)
