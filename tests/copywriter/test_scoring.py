"""Scores of texts, their words, and how well confidence ranks what a reader labelled."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from copywriter.evaluating import confidence
from copywriter.kinds import DESCRIPTION, KINDS
from copywriter.models import Draft
from copywriter.reviewing.confidence import HIGH, LEVEL_LABELS
from copywriter.reviewing.score_in_words import told
from copywriter.writing.readability import ease, lix
from copywriter.writing.scoring import MOST_DOUBTFUL, Score, score
from copywriter.writing.short_texts import examined
from copywriter.writing.sketch import Near
from foundation.evidence import Fact
from tests.copywriter.mug import MUG

TEXT = "Northwind's coffee mug is stoneware. It holds 350 ml. You can have it in blue or red."


def scored(text: str = TEXT, facts: tuple[Fact, ...] = MUG, removed: int = 0, asked: int = 3, kind: str = "") -> Score:
    of = KINDS[kind] if kind else DESCRIPTION
    return score(text, of, facts, examined(of, text, facts), removed, asked)


def test_a_good_text_has_good_marks() -> None:
    found = scored()
    assert (found.told, found.wanted, found.missing) == (found.wanted, found.wanted, ())
    assert min(found.marks.backed, found.marks.coverage, found.marks.length, found.marks.ease) == 1.0


@pytest.mark.parametrize("mark", ["backed", "ease"])
def test_more_work_makes_less_sure(mark: str) -> None:
    found = [scored(removed=n, asked=3) if mark == "backed" else scored(asked=3 + n) for n in range(4)]
    marks = [getattr(one.marks, mark) for one in found]
    assert marks == sorted(marks, reverse=True)
    assert marks[0] > marks[-1]
    assert found[0].confidence > found[-1].confidence


def test_what_is_left_out_is_named() -> None:
    found = scored("Northwind's coffee mug is stoneware.")
    assert "Capacity" in found.missing
    assert found.marks.coverage < 1


def test_saying_it_again_costs() -> None:
    again = scored("The mug is stoneware. The mug is of blue stoneware or red stoneware. The mug holds 350 ml.")
    assert again.marks.repetition < scored().marks.repetition


def test_a_row_of_search_words_is_no_name() -> None:
    row = Fact(
        "title", "Title", "2 Pack Ceramic Coffee Mug Set Large Gift Men Women Funny Office Cup Tea Novelty 2019 New"
    )
    assert scored(facts=(row, *MUG[1:])).marks.naming == 0.0 < scored().marks.naming


def test_a_channel_has_room_to_be_filled() -> None:
    assert scored("Ceramic mug", kind="meta_description").marks.length < 0.5
    assert scored("Ceramic mug " * 20, kind="seo_title").marks.length == 0.0


def test_long_words_and_sentences_read_hard_and_names_do_not() -> None:
    hard = "Polytetrafluoroethylene impregnation facilitates considerably extended maintenance intervals throughout."
    assert ease("It is blue. It holds tea.") == 1.0 > ease(hard)
    assert lix("Kerrington Manufacturing makes it.", ["Kerrington Manufacturing"]) < lix(
        "Kerrington Manufacturing makes it."
    )
    assert lix("") == 0.0


def test_a_near_duplicate_is_never_sure_and_a_copy_is_as_sure_as_what_it_copies() -> None:
    sure = replace(scored(), marks=replace(scored().marks, ease=2.0))
    assert sure.confidence >= HIGH
    assert sure.beside(Near(1, "Mug", 0.9, same=False)).confidence == MOST_DOUBTFUL < HIGH
    assert sure.beside(Near(1, "Mug", 1.0, same=True)).confidence == MOST_DOUBTFUL
    assert sure.beside(Near(1, "Mug", 1.0, same=True, copied=True)).confidence == sure.confidence
    assert sure.beside(Near(1, "Mug", 0.7, same=False)).marks.difference == pytest.approx(0.3)


def test_it_is_kept_as_json() -> None:
    found = scored(removed=1).beside(Near(5, "Mug", 0.75, same=False))
    again = Score.from_json(found.as_json())
    assert again.as_json() == found.as_json()
    assert again.near == found.near
    assert again.missing == found.missing


def test_it_is_told_in_words() -> None:
    found = scored("Northwind's coffee mug is stoneware.", removed=2, asked=4).beside(
        Near(5, "Red mug", 0.87, same=False)
    )
    words = told(Draft(score=found.as_json(), confidence=found.confidence))
    assert words is not None
    assert words.line.startswith(f"Tells {found.told} of {found.wanted} facts; leaves out: ")
    assert "Capacity" in words.line
    assert words.level in {str(label) for label in LEVEL_LABELS.values()}, "the words by which the queue is narrowed"
    assert words.likeness == "Much like the text of Red mug (87 % the same)"
    assert any("2 sentences had to go" in detail for detail in words.details)
    assert "Reads easily" in words.details
    assert told(Draft()) is None


def test_a_copy_is_said_to_be_one() -> None:
    for copied, words in ((True, "because their data are the same"), (False, "The same text as that of Red mug")):
        found = scored().beside(Near(5, "Red mug", 1.0, same=True, copied=copied))
        shown = told(Draft(score=found.as_json(), confidence=found.confidence))
        assert shown is not None
        assert words in shown.likeness


def test_confidence_ranks_what_a_reader_would_publish() -> None:
    tuned, held = confidence.figures(list(confidence.read()))
    assert held["split"] == "held"
    assert held["texts"] >= 40
    assert held["auc"] >= 0.75, "of the half that was kept apart"
    assert tuned["auc"] >= 0.65


def test_nobody_is_promised_more_than_was_measured() -> None:
    """Of the labelled texts that are called sure nine in ten can be published; it is no failure if none is."""
    for found in confidence.figures(list(confidence.read())):
        assert found["high"] == 0 or found["high_publishable"] >= 0.9


def test_chance_and_order() -> None:
    assert confidence.auc([3, 2, 1], [True, False, False]) == 1.0
    assert confidence.auc([1, 1], [True, False]) == 0.5


def test_scoring_takes_little_time() -> None:
    report = examined(DESCRIPTION, TEXT, MUG)
    score(TEXT, DESCRIPTION, MUG, report)
    begun = time.process_time()
    for _n in range(20):
        score(TEXT, DESCRIPTION, MUG, report, 1, 4)
    assert (time.process_time() - begun) / 20 < 0.005
