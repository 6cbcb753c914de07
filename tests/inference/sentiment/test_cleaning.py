"""What of a text the classifier reads."""

from __future__ import annotations

import pytest

from foundation.inference.sentiment.cleaning import LONGEST, both_ends, cleaned


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("It was n't bad , I 'd buy it again .", "It wasn't bad, I'd buy it again."),
        ("<p>Great<br/>mug &amp; lid</p>", "Great mug & lid"),
        ("<script>alert(1)</script> fine", "alert(1) fine"),
        ("5 < 7 and 9 > 2", "5 < 7 and 9 > 2"),
        ("I <3 it", "I <3 it"),
        ("what i needed 😍👍🏽", "what i needed love great"),
        ("why😡?", "why angry?"),
        ("👩‍👧 ☂️ fits", "fits"),
        ("naïve café 好", "naïve café 好"),
        ("nul\0inside", "nul inside"),
        ("costs .99 at . com", "costs .99 at. com"),
    ],
)
def test_what_is_read(text: str, read: str) -> None:
    assert cleaned(text) == read


def test_of_a_very_long_text_both_ends_are_read() -> None:
    text = "begin " + "x" * 20_000 + " end"
    assert cleaned(text).startswith("begin")
    assert cleaned(text).endswith("end")
    assert len(cleaned(text)) <= 2 * LONGEST + 1


def test_too_many_tokens_lose_the_middle() -> None:
    assert both_ends(range(300), 10) == [0, 1, 2, 3, 4, 5, 296, 297, 298, 299]
    assert both_ends(range(10), 10) == list(range(10))
