"""Labels as files write them."""

from __future__ import annotations

import pytest

from reviews.sentiment.labels import NEGATIVE, NEUTRAL, POSITIVE, LabelsUnknown, understood


@pytest.mark.parametrize(
    ("cells", "classes", "scheme"),
    [
        (["0", "1", " 1 "], (NEGATIVE, POSITIVE, POSITIVE), "0/1"),
        (["0.0", "1.0"], (NEGATIVE, POSITIVE), "0/1"),
        (["1", "2"], (NEGATIVE, POSITIVE), "1/2"),
        (["1", "3", "5"], (NEGATIVE, NEUTRAL, POSITIVE), "1-5"),
        (["2", "4"], (NEGATIVE, POSITIVE), "1-5"),
        (["-1", "0", "1"], (NEGATIVE, NEUTRAL, POSITIVE), "-1/0/1"),
        (["0", "1", "2"], (NEGATIVE, NEUTRAL, POSITIVE), "0/1/2"),
        (["Positive", "NEG", "neutral"], (POSITIVE, NEGATIVE, NEUTRAL), "words"),
        (["好评", "差评"], (POSITIVE, NEGATIVE), "words"),
        (["True", "false"], (POSITIVE, NEGATIVE), "words"),
    ],
)
def test_what_they_mean(cells: list[str], classes: tuple[int, ...], scheme: str) -> None:
    found = understood(cells)
    assert found.classes == classes
    assert found.scheme == scheme


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["0", "7"], r"These are no labels: '0', '7'\. Write 0 and 1"),
        (["0", "1", "maybe"], r"These are no labels: '0', '1', 'maybe'"),
        (["positive", "great"], r"These are no labels: 'great'\."),
        (["1.5", "2"], "These are no labels"),
        (["nan", "1"], "These are no labels"),
        (["inf", "0"], "These are no labels"),
        (["4", "5"], "All labels say positive"),
        ([], "no row with a label"),
    ],
)
def test_what_is_no_label_is_told(cells: list[str], told: str) -> None:
    with pytest.raises(LabelsUnknown, match=told):
        understood(cells)
