from __future__ import annotations

import pytest

from copywriter.writing.facts import is_latin, useful
from copywriter.writing.shop_texts import MOST_LINES, MOST_SENTENCES
from foundation.evidence import Fact


def told(source: str, label: str, value: str) -> list[tuple[str, str]]:
    return [(fact.label, fact.value) for fact in useful([Fact(source, label, value)])]


@pytest.mark.parametrize(
    ("source", "label", "value"),
    [
        ("option:Title", "Title", "Default Title"),
        ("attribute:SKU", "SKU", "AB-1"),
        ("attribute:Variant Tax Code", "Variant Tax Code", "PC040000"),
        ("attribute:Google", "Google Shopping / Google Product Category", "1604"),
        ("attribute:Published", "Published", "TRUE"),
        ("attribute:x", "Image Src", "https://cdn.example.com/a.jpg"),
        ("attribute:Link", "Manual", "https://example.com/manual"),
        ("attribute:Code", "Pattern", "AX-1290-B"),
        ("attribute:Handle", "Handle", "oak-stool-3"),
        ("attribute:Position", "Position", "12"),
        ("attribute:Internal notes", "Internal notes", "ask Jo about the price"),
        ("attribute:Material", "Material", "N/A"),
        ("attribute:_private", "_private", "secret"),
        ("attribute:Meta: x", "Meta: _wpcom_is_markdown", "1"),
        ("price", "Price", "19.99"),
        ("vendor", "Brand", "partners-demo"),
        ("product_type", "Type", "1604"),
        ("product_type", "Type", "Indoor"),
        ("product_type", "Type", "Home & Garden"),
        ("product_type", "Type", "Office Products"),
        ("option:Color", "Color", "As Shown"),
        ("description", "Description", "Color: As Shown"),
        ("tags", "Tags", "sale, import_2024, color:red, 2023"),
        ("description", "Description", "Lorem ipsum dolor sit amet, consectetur adipiscing elit."),
        ("description", "Description", "Free shipping on all orders over the world!"),
        ("description", "Description", "Package includes:"),
        ("description", "Description", "Nulla facilisi."),
        ("description", "Description", "Vivamus et massa massa."),
        ("description", "Description", "Made of good material, safe and ."),
        ("description", "Description", "It adds a of color at night to the pool."),
        ("description", "Description", "If you can't checkout at once, please wait for a few minutes."),
        ("description", "Description", "Color: Shown in the picture"),
        ("description", "Description", "Hot Sale New Garden Pond Fountain Pump Set"),
    ],
)
def test_bookkeeping_is_left_out(source: str, label: str, value: str) -> None:
    assert told(source, label, value) == []


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Handle", "Beech"),
        ("Position", "Full sun"),
        ("Texture", "water-based"),
        ("Sole", "Non-slip"),
        ("Players", "2-4"),
        ("Vintage", "2019"),
        ("Voltage", "220-240V"),
        ("Model", "VT-18D"),
        ("Ports", "USB-C"),
    ],
)
def test_what_only_looks_like_bookkeeping_is_kept(label: str, value: str) -> None:
    assert told(f"attribute:{label}", label, value) == [(label, value)]


@pytest.mark.parametrize(
    ("source", "label", "value", "expected"),
    [
        ("title", "Titel", "<b>Blue Mug</b>", ("Product", "Blue Mug")),
        ("vendor", "品牌", "Northwind", ("Brand", "Northwind")),
        ("product_type", "Type", "Clothing > Shirts", ("Type", "Shirts")),
        ("attribute:pa_seat_colour", "pa_seat_colour", "Oak", ("seat colour", "Oak")),
        ("attribute:Foldable", "Foldable", "Yes", ("Foldable", "Yes")),
        ("attribute:Notes", "Notes", "one\ntwo", ("Notes", "one, two")),
        ("tags", "Tags", "sale, picnic, summer", ("Tags", "picnic, summer")),
        ("description", "Description", "<p>The strap is adjustable.</p>", ("Description", "The strap is adjustable.")),
        ("description", "Description", "3. The strap is adjustable.", ("Description", "The strap is adjustable.")),
    ],
)
def test_the_rest_is_kept_as_plain_text(source: str, label: str, value: str, expected: tuple[str, str]) -> None:
    assert told(source, label, value) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Max flow rate: 2000 L/H", [("Max flow rate", "2000 L/H")]),
        ("Material: oak and steel.", [("Material", "oak and steel")]),
        ("Easy Installation: The hose is pushed on by hand.", [("Description", "The hose is pushed on by hand.")]),
        ("Color: as picture shown", []),
        ("Package list:", []),
        ("Strong Pump:With a lift of 5 m", [("Description", "With a lift of 5 m")]),
        ("1 x 12 V pump", []),
        ("Holds 15 kg", [("Description", "Holds 15 kg")]),
        ("Material: Butyl Package Contents:", [("Material", "Butyl")]),
        ("[Easy Use] Cut the patch to size.", [("Description", "Cut the patch to size.")]),
        ("Ribbed cuffs.", [("Description", "Ribbed cuffs.")]),
        ("Key Features", []),
        ("50 x 50cm mat with rubber backing", [("Description", "50 x 50cm mat with rubber backing")]),
        ("1 x hose", []),
        ("Memory foam core, 60 x 35 cm", [("Description", "Memory foam core, 60 x 35 cm")]),
        ("The cane returns to its dock.", [("Description", "The cane returns to its dock.")]),
        ("Returns are free.", []),
        ("The panels click together.", [("Description", "The panels click together.")]),
        ("颜色：红色", []),
    ],
)
def test_lines_of_a_description(text: str, expected: list[tuple[str, str]]) -> None:
    assert told("description", "Description", text) == expected


def test_a_description_has_a_measure() -> None:
    lines = "\n".join(f"Width {chr(65 + n)}: {n} mm" for n in range(26))
    sentences = "\n".join(f"The lid number {n} is round." for n in range(26))
    facts = told("description", "Description", f"{lines}\n{sentences}")
    assert len(facts) == MOST_LINES + MOST_SENTENCES


def test_a_description_becomes_sentences_of_one_source() -> None:
    facts = useful(
        [Fact("description", "Description", "<ul><li>Has a lid</li><li>Made of oak wood</li></ul>It is big.")]
    )
    assert [fact.value for fact in facts] == ["Has a lid", "Made of oak wood", "It is big."]
    assert {fact.source for fact in facts} == {"description"}


@pytest.mark.parametrize(("text", "latin"), [("Mug", True), ("Čajová šálka", True), ("陶瓷杯", False), ("12", True)])
def test_is_latin(text: str, latin: bool) -> None:
    assert is_latin(text) is latin


@pytest.mark.parametrize(
    ("label", "value", "kept"),
    [("Pack size", "6 pcs", True), ("Pack Quantity", "2", True), ("Lot", "1 pcs", False), ("Quantity", "40", False)],
)
def test_how_many_are_in_a_pack_is_told_and_how_many_are_in_stock_is_not(label: str, value: str, kept: bool) -> None:
    known = useful([Fact(f"attribute:{label}", label, value)])
    assert [fact.value for fact in known] == [value] * kept


def test_a_long_value_ends_with_a_word_and_a_page_is_no_value() -> None:
    assert told("attribute:Notes", "Notes", "whole " * 40) == [("Notes", " ".join(["whole"] * 33))]
    assert told("attribute:Notes", "Notes", "long" * 60) == [("Notes", "long" * 50)]
    assert told("attribute:Notes", "Notes", "whole " * 70) == []


def test_a_tag_is_one_line_and_no_page() -> None:
    known = useful([Fact("tags", "Tags", "oak" + "\n" * 20_000 + "z, pine"), Fact("type", "Type", "Cups\n\nMugs")])
    assert [fact.value for fact in known] == ["oak, z, pine", "Cups, Mugs"]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("MATERIAL UK", "Material"), ("Material (EN)", "Material"), ("pa_colour", "colour"), ("Size UK", "Size UK"),
        ("Country US", "Country US"), ("Dress UK", "Dress UK"),
        ("Material FR", "Material FR"), ("Couleur", "Color"), ("pa_farbe", "Color"),
        ("材质", "材质"), ("USB", "USB"), ("LED COLOUR", "LED COLOUR"), ("UK", "UK"),
    ],
)  # fmt: skip
def test_a_label_loses_what_a_shop_system_adds(label: str, name: str) -> None:
    assert told(f"attribute:{label}", label, "round") == [(name, "round")]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "3.RUGGED FIBER: Crafted with fibers of high strength, it resists wear in the pond for a very long time.",
            "Crafted with fibers of high strength, it resists wear in the pond for a very long time.",
        ),
        (
            "Easy and fast setup: no tools are required and nobody has to know how it is done",
            "No tools are required and nobody has to know how it is done",
        ),
        (
            "decoration: suitable for various outdoor spaces, from private gardens to the public parks of a town.",
            "Suitable for various outdoor spaces, from private gardens to the public parks of a town.",
        ),
        ("Wakes you with fresh bread: set the timer at night.", "Wakes you with fresh bread: set the timer at night."),
    ],
)
def test_a_sentence_loses_the_heading_before_it(line: str, sentence: str) -> None:
    assert told("description", "Description", line) == [("Description", sentence)]


@pytest.mark.parametrize(
    "line",
    [
        "Lampe suspendue moderne en verre noir",
        "Gran bolso marron en cuero para mujer",
        "Robe longue femme coton polyester",
    ],
)
def test_another_language_is_no_fact(line: str) -> None:
    assert told("description", "Description", line) == []


def test_a_heading_that_denies_stays() -> None:
    line = "Not included: the batteries and the charger that you need for the remote control of the lamp at home."
    assert told("description", "Description", line) in ([], [("Description", line)])


def test_what_stands_there_twice_is_one_fact() -> None:
    colours = [Fact("option:Color", "Color", "Multi-Color"), Fact("description", "Description", "Colour: multicolor")]
    assert useful(colours) == colours[:1]
    made = [Fact("attribute:Shell", "Shell", "cotton"), Fact("attribute:Lining", "Lining", "cotton")]
    assert useful(made) == made
    sizes = [Fact("option:Length", "Length", value) for value in ("1.5 m", "15 m")]
    assert useful(sizes) == sizes
    foreign = [Fact("attribute:a", "\u989c\u8272", value) for value in ("\u7ea2\u8272", "\u84dd\u8272")]
    assert useful(foreign) == foreign
