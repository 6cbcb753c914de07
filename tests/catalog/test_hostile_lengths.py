"""Files that were made to keep the product busy: what they repeat without end costs no more than other bytes."""

from __future__ import annotations

import pytest

from catalog.counting import counted
from catalog.reading.dialect import LONGEST_LABEL, labels
from catalog.reading.mapping import known_name
from catalog.reading.xlsx_patch import _edit
from catalog.templatetags.catalog_text import MOST_TAGS, description_html
from catalog.text import plain
from copywriter.writing.facts import useful
from copywriter.writing.shop_texts import LONGEST_SENTENCE
from foundation.evidence import Fact
from foundation.tenancy.models import Merchant
from tests.catalog.factories import PLAIN, upload
from tests.timing import within

LONG = 1_000_000


@pytest.mark.parametrize("unit", ["<script>", "<!--", "<p", "</p", "<div>", "&lt", "\n ", " "])
def test_a_description_of_one_repeated_mark(unit: str) -> None:
    text = unit * (LONG // len(unit))
    with within(30):
        plain(text)
        useful([Fact("description", "Description", text)])
        description_html(text)


def test_tags_without_number_are_shown_as_text() -> None:
    assert description_html("<div>" * (MOST_TAGS - 1) + "oak").startswith("<div>")
    assert description_html("<div>" * (MOST_TAGS + 1) + "oak <b>1 < 2</b>") == "<p>oak 1 &lt; 2</p>"


def test_a_sentence_of_one_endless_word_is_no_fact() -> None:
    said = "This is a bowl of oak"
    assert useful([Fact("description", "Description", f"{said}.")])
    assert not useful([Fact("description", "Description", f"{said} {'1-' * LONGEST_SENTENCE}.")])


@pytest.mark.parametrize("unit", ["(", "[ ", "（", "a", "Aa"])
def test_a_column_with_an_endless_name(unit: str) -> None:
    with within(10):
        assert not known_name(unit * (LONG // len(unit)))


@pytest.mark.parametrize("unit", ["<x:row>", "<row ", "<x:c>", "<row><x:c>", "<c "])
def test_a_sheet_with_tags_in_a_comment_that_never_end(unit: str) -> None:
    comment = f"<!-- {unit * (2 * LONG // len(unit))} -->"
    sheet = f'<sheetData>{comment}<row r="2">{comment}<c r="A2"><v>1</v></c></row></sheetData>'
    with within(20):
        edited, count = _edit(sheet, 0, {2: "oak"})
    assert count == 1
    assert edited.startswith(f"<sheetData>{comment}")
    assert edited.endswith('<t xml:space="preserve">oak</t></is></c></row></sheetData>')


def test_endless_names_of_columns_are_cut_and_stay_apart() -> None:
    found = labels(["n" * LONG, "n" * LONG, "title"])
    assert found == ("n" * LONGEST_LABEL, f"{'n' * LONGEST_LABEL} (2)", "title")


def test_an_export_finds_the_rows_beside_what_is_no_row() -> None:
    first, cell = '<row r="1"/>', '<c r="C2">'
    last = "<row><!-- <c r='B3'> --><c r=\"A3\"><is><t><![CDATA[</row><c>]]></t></is></c>"
    second = f'<row r="2" spans="1:2"><c r="A2" s="3"/>{cell}<v>1</v></c></row>'
    sheet = f'<sheetData><!-- <row r="2"> -->{first}{second}{last}</row></sheetData>'
    edited, count = _edit(sheet, 1, {1: "one", 2: "two", 3: "three", 4: "four"})
    one, two, three = (
        f'<c r="B{n}" t="inlineStr"><is><t xml:space="preserve">{word}</t></is></c>'
        for n, word in enumerate(["one", "two", "three"], 1)
    )
    assert count == 3
    assert edited == (
        sheet.replace(first, f'<row r="1">{one}</row>').replace(cell, two + cell).replace(last, last + three)
    )


def test_a_file_that_takes_long_to_count_is_left_to_the_worker(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    file = upload(PLAIN.encode(), "a.csv")
    found = counted(file)
    assert found is not None
    assert found.tally.products == 3
    monkeypatch.setattr("catalog.counting.MOST_SECONDS", -1.0)
    assert counted(file) is None
