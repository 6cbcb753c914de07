from __future__ import annotations

import pytest

from copywriter.writing.candidates import Candidate, Sofar
from copywriter.writing.describing import candidate
from copywriter.writing.style import NO_STYLE, Style, chosen, nearness
from foundation.evidence import Fact
from foundation.inference.types import Completion
from tests.copywriter.asking import requests, taken

CHATTY = ("You'll love it! It's yours.", "Don't wait! You're going to want two.")
STATELY = ("The chair is made of oak and stands on four turned legs beneath a woven seat of paper cord.",)
TITLE = Fact("title", "Title", "Oak Serving Bowl")
GROUP = (TITLE, Fact("attribute:Diameter", "Diameter", "24 cm"), Fact("attribute:Origin", "Origin", "Portugal"))


def said(*texts: str) -> list[Completion]:
    return [Completion(f"0:{n}", text, 10, 10, "stop") for n, text in enumerate(texts)]


def test_nothing_preferred_is_near_to_nothing() -> None:
    assert nearness("The bowl is made of oak.", (), ()) == 0.0
    assert nearness("", ("oak",), CHATTY) == 0.0
    assert not NO_STYLE
    assert Style(("oak",))


@pytest.mark.parametrize(
    ("text", "words", "near"),
    [
        ("The bowl is made of oak.", ("oak",), 1.0),
        ("Two bowls of oaks.", ("oak", "walnut", "linen"), 0.5),
        ("The bowl is soaked.", ("oak",), 0.0),
        ("A hand thrown bowl of oak.", ("hand-thrown", "oak"), 1.0),
        ("The bowl is thrown by hand.", ("hand thrown",), 0.0),
        ("The bowl is round.", ("…",), 0.0),
    ],
)
def test_preferred_words_are_counted_in_any_form(text: str, words: tuple[str, ...], near: float) -> None:
    assert nearness(text, words, ()) == pytest.approx(near)


def test_examples_are_read_by_what_can_be_counted() -> None:
    short, long = "You'll use it daily!", "The bowl is turned from one piece of oak and holds salad for a table of six."
    assert nearness(short, (), CHATTY) > nearness(long, (), CHATTY)
    assert nearness(long, (), STATELY) > nearness(short, (), STATELY)
    assert nearness(CHATTY[0], (), CHATTY[:1]) == 1.0
    assert 0.0 <= nearness(long, ("daily",), CHATTY) <= 1.0


def test_of_equal_sentences_the_one_nearer_to_the_voice_is_taken() -> None:
    plain = "The oak serving bowl from Portugal has a diameter of 24 cm."
    other = "The oak serving bowl from Portugal measures 24 cm in diameter."
    style = Style(prefer=("measures",))
    first = Sofar((GROUP,))
    kept = taken(first, said(plain), style=style)
    assert kept.turns == (), "one that could sound nearer is not taken at once"
    assert len(requests(kept, "plain", 0)) > 1
    assert taken(kept, said(plain, other), style=style).text == other
    assert taken(kept, said(plain, plain), style=style).text == plain, "a good one is never lost for the sake of style"
    assert taken(first, said(plain)).text == plain, "without a voice nothing more is asked"


@pytest.mark.parametrize(
    "worse",
    [
        "The oak serving bowl measures 24 cm.",  # tells less
        "The oak serving bowl from Portugal measures 24 cm. It is made in Norway.",  # invents
        "The oak serving bowl from Portugal measures 24 cm and.",  # reads badly
    ],
)
def test_style_never_outweighs_what_is_told_or_how_it_reads(worse: str) -> None:
    plain = "The oak serving bowl from Portugal has a diameter of 24 cm."
    style = Style(prefer=("measures",))
    first = Sofar((GROUP,), heat=1)
    one, other = (candidate(first, answer, style=style) for answer in said(plain, worse))
    assert other.style > one.style
    assert one.rank > other.rank
    assert taken(first, said(plain, worse), style=style).text == plain


def best_of(*candidates: Candidate) -> Candidate:
    return chosen(candidates, rank=lambda one: one.rank)


def test_only_between_equals_and_only_clearly_does_style_decide() -> None:
    plain, fuller = Candidate(told=0.99, style=0.5), Candidate(told=1.0)
    assert best_of(plain, fuller) is fuller
    assert best_of(fuller, plain) is fuller
    nearer, hardly = plain._replace(style=0.7), plain._replace(style=0.52)
    assert best_of(plain, nearer) is nearer
    assert best_of(plain, hardly) is plain, "what is said without chance stays where there is hardly a difference"
    assert best_of(nearer, plain) is nearer
    assert best_of(Candidate(told=1.0), Candidate(told=1.0, flaws=0.1, style=1.0)).flaws == 0
