"""Texts from anybody's catalog, as long as a cell may be: the time to read them is linear whatever they repeat."""

from __future__ import annotations

import pytest

from foundation.evidence import Fact, check
from foundation.evidence.markup import without_hidden
from foundation.evidence.normalise import plain_text
from foundation.evidence.sentences import spans
from tests.timing import within

LONG = 1_000_000  # characters of the largest cell
EDITED = 20_000  # characters of the longest text that a person may write
FACTS = [Fact("title", "Title", "Oak bowl, 9 cm wide")]


@pytest.mark.parametrize("unit", ["<script>", "<style ", "<!--", "<p", "</script ", "<script></style>"])
def test_what_is_opened_a_hundred_thousand_times_and_never_closed(unit: str) -> None:
    text = unit * (LONG // len(unit))
    with within(20):
        assert without_hidden(text) == text
        plain_text(text)


def test_what_is_hidden_goes_and_what_is_not_stays() -> None:
    assert without_hidden("a<script>b</script >c<STYLE x>d</style>e<!-- f -->g") == "a c e g"
    assert without_hidden("a<script>b<style>c</style>d") == "a<script>b d"
    assert without_hidden("<scripted>a</scripted> <!- b -->") == "<scripted>a</scripted> <!- b -->"
    assert without_hidden("<!--<script>-->a</script>") == " a</script>"


@pytest.mark.parametrize("unit", [".", '!"', "a. ", "e.g. ", "J. ", "a.", "? ", "A."])
def test_sentence_ends_by_the_hundred_thousand(unit: str) -> None:
    with within(20):
        assert list(spans("An oak bowl " + unit * (LONG // len(unit)) + "x"))


@pytest.mark.parametrize("unit", ["1 cm ", "1-", "1 x ", "1,", "9 cm wide and ", "between 1 and ", "twenty "])
def test_a_text_of_nothing_but_numbers(unit: str) -> None:
    with within(20):
        report = check((unit * EDITED)[:EDITED], FACTS)
    assert report.sentences
