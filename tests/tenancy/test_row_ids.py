from __future__ import annotations

import pytest

from foundation.tenancy.row_ids import LARGEST, row_id


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("0", 0), ("007", 7), (str(LARGEST), LARGEST)])
def test_digits_are_an_id(text: str, number: int) -> None:
    assert row_id(text) == number


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "٣",
        "1e9",
        "\0",
        "1\0",
        "-1",
        "+1",
        " 1",
        "1_000",
        "0x1",
        "1.0",
        "²",
        "１",
        "NaN",
        str(LARGEST + 1),
        "9" * 5000,
    ],
)
def test_anything_else_names_no_row(text: str | None) -> None:
    assert row_id(text) is None
