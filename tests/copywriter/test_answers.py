"""What a model said, without what no database keeps and no eye sees."""

from __future__ import annotations

import pytest

from copywriter.writing.answers import CHARACTERS_A_TOKEN, readable
from foundation.inference.types import Completion, Message, Request

REQUEST = Request("1", (Message("user", "Write."),), max_tokens=4)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("A blue mug.\0", "A blue mug."),
        ("A \ud800blue mug.", "A blue mug."),
        ("A mug of \u202ekao\u202c.", "A mug of kao."),
        ("A cop\u200bper mug.", "A copper mug."),
        ("- One.\n- Two.", "- One.\n- Two."),
        ("Grün, 蓝色, می\u200cخواهم 👩\u200d👧", "Grün, 蓝色, می\u200cخواهم 👩\u200d👧"),
    ],
)
def test_only_what_is_seen_stays(said: str, read: str) -> None:
    found = readable(Completion("1", said, 3, 4, "stop"), REQUEST)
    assert (found.text, found.finish) == (read, "stop")


def test_an_answer_without_end_is_cut() -> None:
    found = readable(Completion("1", "a " * 50_000, 3, 4, "stop"), REQUEST)
    assert len(found.text) == 4 * CHARACTERS_A_TOKEN
    assert found.finish == "length"


def test_an_answer_of_the_longest_length_is_whole() -> None:
    text = "b" * 4 * CHARACTERS_A_TOKEN
    assert readable(Completion("1", text, 3, 4, "stop"), REQUEST).text == text
