"""What the shop says of a campaign backs itself, where it says for whom or when, and nothing else."""

from __future__ import annotations

import pytest

from copywriter.kinds import DESCRIPTION, KINDS, TextKind
from copywriter.views_campaigns import OCCASIONS
from copywriter.writing import writer
from copywriter.writing.guidance import Guidance
from copywriter.writing.occasions import AUDIENCE, OCCASION, as_told, checked, claimed
from copywriter.writing.short_texts import sheet
from foundation.evidence import Fact
from tests.copywriter.mug import MUG

SHIRT = (Fact("title", "Product", "Linen Camp Shirt"), Fact("attribute:Material", "Material", "100% linen"))
MOTHERS = (*SHIRT, *Guidance(audience="gardeners", occasion="Mother's Day").facts())
FRIDAY = (*SHIRT, *Guidance(occasion="Black Friday").facts())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The linen shirt is suitable for Mother's Day.", {OCCASION}),
        ("For mother’s day, the linen shirt.", {OCCASION}),
        ("Mother's Day: a linen shirt.", {OCCASION}),
        ("It is for gardeners.", {AUDIENCE}),
        ("A linen shirt for gardeners, for Mother's Day.", {AUDIENCE, OCCASION}),
    ],
)
def test_for_whom_and_when_is_told(text: str, told: set[str]) -> None:
    (sentence,) = checked(text, MOTHERS).sentences
    assert sentence.backed
    assert sentence.text == text
    claims = [claim for claim in sentence.claims if claim.source in (AUDIENCE, OCCASION)]
    assert {claim.source for claim in claims} == told
    assert all(text[claim.start : claim.end] == claim.text for claim in claims)
    assert {claim.text.lower().replace("’", "'") for claim in claims} <= {"mother's day", "gardeners"}


@pytest.mark.parametrize(
    "text",
    [
        "The linen shirt is made for Mother's Day.",
        "The shirt is not suitable for Mother's Day.",
        "It is perfect for Mother's Day.",
        "A linen gift for Mother's Day.",
        "The garden shirt is linen.",
        "It is suitable for children.",
        "Mother's Day is linen.",
        "For Mother's Day it is waterproof.",
    ],
)
def test_nothing_else_follows_from_a_campaign(text: str) -> None:
    assert not any(sentence.backed for sentence in checked(text, MOTHERS).sentences)


@pytest.mark.parametrize("text", ["The black shirt is linen.", "Black Friday Linen Shirt", "A Friday shirt of linen."])
def test_an_occasion_colours_nothing(text: str) -> None:
    assert not checked(text, FRIDAY).sentences[0].backed


def test_an_audience_makes_nothing_safe() -> None:
    facts = (*SHIRT, *Guidance(audience="toddlers").facts())
    assert checked("The linen shirt is for toddlers.", facts).sentences[0].backed
    assert not checked("The linen shirt is suitable for toddlers.", facts).sentences[0].backed


@pytest.mark.parametrize(
    "words",
    [
        "Mother's Day with organic cotton",
        "the 50% off sale",
        "Black Friday: 20 € off",
        "the free delivery week",
        "the waterproof season",
        "the w\u200baterproof season",
        "FSC week",
        "the clinically proven season",
    ],
)
def test_an_occasion_smuggles_no_claim_in(words: str) -> None:
    assert claimed(OCCASION, words)
    facts = (*SHIRT, *Guidance(occasion=words).facts())
    assert not checked(f"The linen shirt is for {words}.", facts).sentences[0].backed


@pytest.mark.parametrize("words", ["people who want it waterproof", "all: guaranteed to last", "men 1.80 m tall"])
def test_nor_does_an_audience(words: str) -> None:
    assert claimed(AUDIENCE, words)
    assert Guidance(audience=words).facts() == ()


def test_people_and_days_claim_nothing() -> None:
    days = [*map(str, OCCASIONS), "Valentine's Day 2026", "Singles' Day 11.11", "Silver wedding", "Chinese New Year"]
    assert [day for day in days if claimed(OCCASION, day)] == []
    people = ["new parents", "vegans", "women over 40", "kids aged 3 to 6", "children from 3 years", "leather lovers"]
    people += ["people with sensitive skin", "small kitchens", "the best cooks", "whoever has nights off", "pet owners"]
    assert [one for one in people if claimed(AUDIENCE, one)] == []


def test_without_a_campaign_the_check_is_the_usual_one() -> None:
    assert not checked("The linen shirt is for Mother's Day.", SHIRT).sentences[0].backed


def test_the_occasion_is_written_as_the_shop_writes_it() -> None:
    assert as_told("A shirt for mother's day, for Gardeners", MOTHERS) == "A shirt for Mother's Day, for Gardeners"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_only_texts_of_a_campaign_are_told_of_it(kind: TextKind) -> None:
    work = writer.begin(
        MUG, kind=kind, brief=kind.brief(), guided=Guidance(audience="gardeners", occasion="Mother's Day")
    )
    told = {fact.source for fact in work.plan.facts} & {AUDIENCE, OCCASION}
    assert bool(told) == kind.campaign
    if told:
        assert [fact.source for fact in sheet(kind, work.plan.facts)][1:3] == [AUDIENCE, OCCASION]


def test_a_campaign_makes_no_thin_product_worth_a_text() -> None:
    thin = (Fact("title", "Title", "Ceramic Mug"), Fact("attribute:Material", "Material", "stoneware"))
    kind = KINDS["social"]
    work = writer.begin(
        thin, kind=kind, brief=kind.brief(), guided=Guidance(audience="gardeners", occasion="Mother's Day")
    )
    assert work.plan.refused.startswith("thin")
    assert not KINDS[DESCRIPTION.name].campaign
