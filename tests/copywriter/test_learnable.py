"""A shop's own text as an example: nothing that the product's other fields do not prove gets in."""

from __future__ import annotations

from pathlib import Path

import pytest

from copywriter.training.checking import problems
from copywriter.training.dataset import Example, read
from copywriter.training.learnable import LeftOut, learnable, length_of, row
from foundation.evidence import Fact, check

SHEET = (
    Fact("title", "Title", "Oak Bowl"),
    Fact("product_type", "Type", "Bowls"),
    Fact("vendor", "Brand", "Harbour"),
    Fact("attribute:Material", "Material", "Oak"),
    Fact("attribute:Capacity", "Capacity", "350 ml"),
    Fact("option:Size", "Size", "Small, Large"),
    Fact("price", "Price", "12.50"),
)
TRUE = "The Oak Bowl by Harbour is made of oak. It holds 350 ml. It comes in small and large."


def of(text: str, *more: Fact, sheet: tuple[Fact, ...] = SHEET) -> Example | LeftOut:
    return learnable("7", [*sheet, *more, Fact("description", "Description", text)])


def test_a_text_that_the_fields_prove_is_learnt_whole() -> None:
    found = of(TRUE)
    assert isinstance(found, Example)
    assert found.text == TRUE
    assert found.brief.asked == "Short description, plain"
    assert "description" not in {fact.source for fact in found.facts}
    assert list(problems(found)) == []


@pytest.mark.parametrize(
    "claim",
    [
        "It is made in Norway.",
        "The bowl is dishwasher safe.",
        "It weighs 400 g.",
        "It is certified by the FSC.",
        "The oak comes from old ships.",
    ],
)
def test_sentences_that_no_other_field_proves_are_left_out(claim: str) -> None:
    found = of(f"{TRUE} {claim}")
    assert isinstance(found, Example)
    assert found.text == TRUE


def test_what_a_line_of_the_description_says_proves_nothing() -> None:
    found = of(f"{TRUE} It weighs 400 g.\nWeight: 400 g")
    assert isinstance(found, Example)
    assert found.text == TRUE


def test_a_field_that_repeats_the_description_proves_nothing() -> None:
    told = "It was turned by hand from a single piece of wood in our barn."
    for more in (
        Fact("attribute:Short description", "Short description", told),
        Fact("attribute:Story", "Story", told),
    ):
        found = of(f"{TRUE} {told}", more)
        assert isinstance(found, Example)
        assert found.text == TRUE
        assert told not in {value for _label, value in found.sheet}


def test_headings_and_shop_talk_are_no_sentences_to_learn() -> None:
    found = of(f"OAK BOWL HARBOUR LARGE\n{TRUE} Please contact us for returns.\nMaterial: Oak")
    assert isinstance(found, Example)
    assert found.text == TRUE


@pytest.mark.parametrize(
    ("text", "sheet", "reason"),
    [
        ("", SHEET, LeftOut.EMPTY),
        (TRUE, (Fact("title", "Title", "橡木碗"), *SHEET[1:]), LeftOut.LANGUAGE),
        (TRUE, SHEET[:1], LeftOut.THIN),
        (TRUE, (Fact("title", "Title", "Large Oak Bowl"), SHEET[2]), LeftOut.THIN),
        ("It is made in Norway from driftwood by retired sailors. It holds 350 ml.", SHEET, LeftOut.UNBACKED),
        ("It is made of oak.", SHEET, LeftOut.SHORT),
    ],
)
def test_why_a_text_is_left_out(text: str, sheet: tuple[Fact, ...], reason: LeftOut) -> None:
    assert of(text, sheet=sheet) == reason


def test_two_sentences_of_a_long_text_are_enough() -> None:
    boast = "Our grandfather began to carve bowls when he came home from the sea in the autumn of his life."
    found = of(f"{boast} {TRUE} {boast.replace('bowls', 'spoons')}")
    assert isinstance(found, Example)
    assert found.text == TRUE


def test_a_long_text_ends_where_the_longest_description_does() -> None:
    endings = ("small", "large", "small and large", "large and small", "oak", "Harbour", "small by Harbour")
    same = "The oak bowl by Harbour, a bowl of oak by Harbour, is made of oak, holds 350 ml, and the bowl comes in"
    found = of(" ".join(f"{same} {ending}." for ending in endings))
    assert isinstance(found, Example)
    assert found.brief.length == "long"
    assert 120 < len(found.text.split()) <= 150
    assert found.text.endswith(".")


def test_a_sentence_said_twice_is_learnt_once() -> None:
    found = of(f"{TRUE} {TRUE}")
    assert isinstance(found, Example)
    assert found.text == TRUE


def test_the_length_is_the_one_whose_words_it_has() -> None:
    assert [length_of("word " * count) for count in (10, 45, 46, 85, 86, 150)] == [
        "short", "short", "medium", "medium", "long", "long",
    ]  # fmt: skip


def test_fields_beyond_what_the_model_is_shown_are_not_told() -> None:
    many = tuple(Fact(f"attribute:Field {n}", f"Field {n}", f"value {n}") for n in range(40))
    found = learnable("7", [*SHEET, *many, Fact("description", "Description", f"{TRUE} The field 39 is value 39.")])
    assert isinstance(found, Example)
    assert found.text == TRUE
    assert len(found.facts) <= 18
    assert all(one.backed for one in check(found.text, found.facts).sentences)


def test_a_line_of_the_set_gives_the_same_example_back(tmp_path: Path) -> None:
    import json

    found = of(TRUE, Fact("attribute:Brand", "Brand", "Another"), Fact("tags", "Tags", "kitchen, oak"))
    assert isinstance(found, Example)
    path = tmp_path / "own_texts.jsonl"
    path.write_text(json.dumps(row(found)) + "\n", encoding="utf-8")
    assert list(read([path])) == [found]
    assert ("Brand", "Harbour") in found.sheet
