from __future__ import annotations

import pytest

from foundation.evidence.sentences import spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It weighs 1.5 kg. It is blue.", ["It weighs 1.5 kg.", "It is blue."]),
        ("Use a natural fibre, e.g. linen. Wash it.", ["Use a natural fibre, e.g. linen.", "Wash it."]),
        ("Pair it with No. 5 thread. Done.", ["Pair it with No. 5 thread.", "Done."]),
        ("Is it good? No. 5 people say so.", ["Is it good?", "No. 5 people say so."]),
        ("Approx. 3 m long! Really.", ["Approx. 3 m long!", "Really."]),
        ("Made by Tools Inc. Since then…", ["Made by Tools Inc.", "Since then…"]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("- first point\n- second point", ["first point", "second point"]),
        ("It comes in size M. Choose it.", ["It comes in size M.", "Choose it."]),
        ("Runs on a 3.5 in. disk drive", ["Runs on a 3.5 in.", "disk drive"]),
        ('He said "good." Then left.', ['He said "good."', "Then left."]),
        ("...", []),
        ("", []),
        ("质量很好。颜色是蓝色。", ["质量很好。", "颜色是蓝色。"]),
    ],
)
def test_spans(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text)] == expected
