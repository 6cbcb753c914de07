"""Texts and lists that were written to take long: as much as the editor holds, of what costs most."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from copywriter.compliance import Rules
from copywriter.compliance.book import USUAL_MARKETS, codes
from copywriter.forms import MOST_CHARACTERS
from copywriter.reviewing.marking import marked
from copywriter.writing.detecting import is_in_another
from copywriter.writing.judging import judged
from copywriter.writing.locale_forms import localised
from foundation.evidence import Fact

SECONDS = 4.0
"""Of processor time; what these tests were written against took up to 32."""
FACTS = [Fact("title", "Product", "Best Oak Bowl No. 1"), Fact("vendor", "Brand", "Best Friends")]
FACTS += [Fact(f"attribute:F{n}", f"F{n}", f"value {n} cm") for n in range(30)]
ALL = Rules(codes(USUAL_MARKETS, ()), banned=tuple(f"word{n} other" for n in range(300)), competitors=("Name One",))


def filled(part: str) -> str:
    return (part * (MOST_CHARACTERS // len(part) + 1))[:MOST_CHARACTERS]


def seconds(does: Callable[[], object]) -> float:
    begun = time.process_time()
    does()
    return time.process_time() - begun


@pytest.mark.parametrize("part", ["#1 ", "best ", "Best. ", "eco-", "最佳", "&#98;est ", "<b>best</b> "])
def test_a_text_full_of_breaches(part: str) -> None:
    text = filled(part)
    assert seconds(lambda: list(ALL.breaches(text, FACTS))) < SECONDS
    assert seconds(lambda: marked(text, judged(text, FACTS[:4], ALL), FACTS)) < SECONDS


def test_a_list_whose_entries_all_begin_alike() -> None:
    entries = tuple((" ".join(["a"] * (1 + n % 39)) + f" {chr(98 + n // 39)}") for n in range(300))
    assert seconds(lambda: list(Rules(banned=entries).breaches(filled("a ")))) < SECONDS


@pytest.mark.parametrize("part", ["a", "字", "a@", "a.", "@"])
def test_a_text_of_one_long_word(part: str) -> None:
    text = filled(part)
    is_in_another("The model is loaded first.", "de")
    assert seconds(lambda: is_in_another(text, "de")) < SECONDS
    assert seconds(lambda: localised(text, "de")) < SECONDS
