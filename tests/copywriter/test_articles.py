"""The article that a small model leaves out before the word for the thing."""

from __future__ import annotations

import pytest

from copywriter.writing.articles import things, with_article
from copywriter.writing.flaws import is_its_maker
from copywriter.writing.fluency import faults
from foundation.evidence import Fact

POT = (Fact("title", "Product", "White Ceramic Pot"), Fact("vendor", "Brand", "Rustic LTD"))


@pytest.mark.parametrize(
    ("said", "put"),
    [
        ("It is homemade white ceramic flower pot.", "It is a homemade white ceramic flower pot."),
        ("This is old flower pot by Rustic LTD.", "This is an old flower pot by Rustic LTD."),
        ("It is a white pot.", "It is a white pot."),
        ("It is white ceramic.", "It is white ceramic."),
        ("It is made for the pot.", "It is made for the pot."),
        ("It is small and white pot.", "It is small and white pot."),
        ("They are white ceramic pots.", "They are white ceramic pots."),
    ],
)
def test_one_thing_gets_its_article(said: str, put: str) -> None:
    assert with_article(said, things(POT)) == put


def test_what_has_no_plural_gets_none() -> None:
    assert (
        with_article("It is fine swimwear.", things([Fact("title", "Product", "Fine Swimwear")]))
        == "It is fine swimwear."
    )


def test_a_maker_is_not_the_thing() -> None:
    assert is_its_maker("Rustic LTD is a pot for men.", POT)
    assert not is_its_maker("Rustic LTD makes this pot.", POT)
    named = [Fact("attribute:Brand Name", "Brand Name", "BONJEAN")]
    assert is_its_maker("BONJEAN is a cheap basketball jersey.", named)
    row = [Fact("title", "Product", "DWAYNE Cheap Men Basketball Jerseys Sleeveless")]
    assert is_its_maker("DWAYNE is a jersey for men.", row)
    assert not is_its_maker("Horatio is a chair.", [Fact("title", "Product", "Horatio")])
    assert is_its_maker("Bonjean Men are the jersey shirts.", named)


@pytest.mark.parametrize(
    "said",
    [
        "Men have it.",
        "Basketball is the sport.",
        "You get 12 counts.",
        "Next to it is a sofa.",
        "The men's jerseys have breathable.",
        "It is made by WeCare and disposable.",
        "Discover the anchor bracelet?.",
        "The features are seamless toe.",
        "The dimensions of the bar are 100 g.",
        "On the front of the shoulders, this multicoloured pattern comes.",
        "Necklace with a choker with bead",
        "Ocean blue is a shirt with a collar.",
    ],
)
def test_what_reads_badly_is_found(said: str) -> None:
    assert "clumsy" in set(faults(said))


@pytest.mark.parametrize(
    "said",
    [
        "It is made by Company 45 and weighs 85 g.",
        "It has a non-slip base.",
        "The Blue is a shirt.",
        "It comes with a lid.",
        "You get 12 rounds.",
        "Men wear it.",
    ],
)
def test_what_reads_well_is_not(said: str) -> None:
    assert "clumsy" not in set(faults(said))
