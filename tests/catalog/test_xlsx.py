"""Workbooks: what they span, their heads, their sheets."""

from __future__ import annotations

import io
import random
import time
from datetime import date
from pathlib import Path

import pytest

from catalog import services
from catalog.counting import counted
from catalog.errors import CatalogError
from catalog.models import CatalogFile, Product
from catalog.reading import xlsx_head, xml_pieces
from catalog.reading.detect import examine
from catalog.reading.errors import ReadingError
from catalog.reading.limits import Limits
from catalog.reading.xlsx import read_head, read_rows
from catalog.reading.xlsx_extent import Extent, guard
from catalog.reading.xlsx_head import head_workbook
from foundation.tenancy.models import Merchant
from tests.catalog.factories import publish, upload
from tests.catalog.workbooks import rich_workbook, workbook


def large(rows: int) -> bytes:
    """Shared strings in no order of the rows, numbers, dates, gaps."""
    words = random.Random(5).sample(range(rows * 10), rows)
    first = [[f"Title & {word}"] for word in sorted(words)]
    table = [
        [f"SKU {word}", f"Title & {word}", word / 7, date(2026, 1, 1 + word % 28), None, f"Last {word}"]
        for word in words
    ]
    return rich_workbook({"Other": first, "Products": table})


def three_sheets() -> bytes:
    head = ["sku", "title", "description"]
    tables = {"Spring": [head, ["1", "Scarf", ""]], "Autumn & winter": [head, ["1", "Coat", ""]]}
    return rich_workbook({"Cover": [], **tables})


def test_the_head_is_the_first_rows_of_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(large(5000))
    rows = list(read_rows(path, "Products", Limits()))
    assert len(rows) == 5000
    assert rows[0][1].startswith("Title & ")
    assert rows[0][3].startswith("2026-01-")
    for count in (1, 7, 200, 5000, 6000):
        assert read_head(path, "Products", count) == rows[:count]


def test_the_head_is_small_however_large_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(large(20_000))
    assert len(head_workbook(path, "Products", 200)) < 0.05 * guard(path, Limits()).unpacked


@pytest.mark.parametrize("size", [7, 64, 1000])
def test_the_head_is_the_same_wherever_pieces_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(large(60))
    whole = head_workbook(path, "Products", 20)
    monkeypatch.setattr(xml_pieces, "PIECE", size)
    assert head_workbook(path, "Products", 20) == whole


def test_rows_far_apart_are_no_part_of_the_head(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([["sku", "title"]], extra='<row r="900000"><c r="A900000"><v>1</v></c></row>'))
    assert read_head(path, "", 200) == [["sku", "title"]]


def test_a_far_row_without_cells_spans_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([["sku", "title"], ["1", "One"]], extra='<row r="1048576" ht="12.8"/>'))
    assert guard(path, Limits()).cells == 4
    assert list(read_rows(path, "", Limits())) == [["sku", "title"], ["1", "One"]]


def test_a_cell_of_a_far_row_in_the_head_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([["sku", "title"]], extra='<row r="2"><c r="A900000"><v>1</v></c></row>'))
    with pytest.raises(ReadingError, match="workbook_damaged"):
        read_head(path, "", 200)


def test_a_head_of_huge_rows_is_shorter_and_one_of_a_huge_row_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_pieces, "PIECE", 1000)
    monkeypatch.setattr(xlsx_head, "HEAD_BYTES", 10_000)
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([["sku", "title"], ["1", "One"], ["2", "x" * 20_000]]))
    assert read_head(path, "", 200) == [["sku", "title"], ["1", "One"]]
    path.write_bytes(workbook([["sku", *("x" * 1000 for _cell in range(30))], ["1", "One"]]))
    with pytest.raises(ReadingError, match="head_too_big"):
        read_head(path, "", 200)


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("size", [1, 3, 17, 100, 100_000])
def test_every_tag_is_counted_once_wherever_pieces_end(monkeypatch: pytest.MonkeyPatch, size: int, prefix: str) -> None:
    rows = '<_row r="3"><_c r="B3"/><_c t="s"><_v>1</_v></_c></_row><_row><_c/></_row>' * 50
    sheet = f"<_sheetData>{rows}</_sheetData>".replace("_", prefix).encode()
    monkeypatch.setattr(xml_pieces, "PIECE", size)
    extent = Extent()
    for piece in xml_pieces.pieces(io.BytesIO(sheet)):
        extent.add(piece)
    assert (extent.cells, extent.rows, extent.columns) == (150, 4, 3)


@pytest.mark.parametrize(
    "hostile",
    [
        b"<c " + b"a" * 4_000_000,
        b"<c " + b"r=" * 2_000_000,
        b"<c x='" * 600_000,
        b"<c r" + b" " * 4_000_000,
        b"<" * 4_000_000,
        b"<c>" + b"x" * 4_000_000,
        b"<a:" * 1_300_000,
    ],
    ids=["name", "refs", "quotes", "blanks", "tags", "text", "prefixes"],
)
def test_measuring_takes_time_in_proportion(hostile: bytes) -> None:
    def seconds(data: bytes) -> float:
        extent, began = Extent(), time.process_time()
        try:
            for piece in xml_pieces.pieces(io.BytesIO(data)):
                extent.add(piece)
        except ReadingError:
            pass
        return time.process_time() - began

    quarter = min(seconds(hostile[: len(hostile) // 4]) for _attempt in range(3))
    assert seconds(hostile) < 12 * quarter + 0.5


def test_a_sheet_that_is_sparse_within_reason_is_read(shop: Merchant) -> None:
    far = '<row r="20000"><c r="A20000" t="inlineStr"><is><t>9</t></is></c><c r="CV20000"><v>1</v></c></row>'
    assert upload(workbook([["sku", "title"], ["1", "One"]], extra=far), "a.xlsx").detection["cells"] == 2_000_000


def test_a_workbook_of_many_cells_is_not_counted_in_the_page(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    file = upload(workbook([["sku", "title"], ["1", "One"]]), "a.xlsx")
    found = counted(file)
    assert found is not None
    assert found.tally.products == 1
    monkeypatch.setattr("catalog.counting.MOST_CELLS", 3)
    assert counted(file) is None


def test_one_upload_reads_its_head_once(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def counted(path: Path, sheet: str, count: int) -> list[list[str]]:
        calls.append(sheet)
        return read_head(path, sheet, count)

    monkeypatch.setattr("catalog.reading.detect.read_head", counted)
    monkeypatch.setattr("catalog.reading.table.read_rows", lambda *_args: pytest.fail("the whole workbook was parsed"))
    file = upload(workbook([["sku", "title"], ["1", "One"]]), "a.xlsx")
    assert calls == ["Products"]
    services.preview(file)
    assert calls == ["Products", "Products"]


def test_the_first_sheet_with_a_table_is_taken_and_another_can_be_chosen(shop: Merchant, tmp_path: Path) -> None:
    file = upload(three_sheets(), "a.xlsx")
    assert file.detection["sheets"] == ["Cover", "Spring", "Autumn & winter"]
    assert file.detection["sheet"] == "Spring"
    services.reread(file, sheet="Autumn & winter")
    assert services.preview(file).rows == ((2, ("1", "Coat", "")),)
    with pytest.raises(CatalogError, match="no columns"):
        services.reread(file, sheet="Cover")
    with pytest.raises(CatalogError, match="no sheet called “Winter”"):
        services.reread(file, sheet="Winter")
    publish(CatalogFile.objects.get(pk=file.pk))
    assert Product.objects.get().title == "Coat"
    services.set_description(Product.objects.get(), "Warm.", "model")
    done = services.export(CatalogFile.objects.get(pk=file.pk))
    assert list(read_rows(done.path, "Autumn & winter", Limits()))[1] == ["1", "Coat", "Warm."]
    assert list(read_rows(done.path, "Spring", Limits()))[1] == ["1", "Scarf", ""]
    done.path.unlink()


def test_cells_without_references_are_patched_in_their_place(shop: Merchant, tmp_path: Path) -> None:
    def cell(text: str) -> str:
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    rows = "".join(
        f"<row>{''.join(map(cell, row))}</row>" for row in (("sku", "description", "title"), ("1", "", "One"))
    )
    file = publish(upload(workbook([], extra=rows), "a.xlsx"))
    services.set_description(Product.objects.get(), "Good.", "model")
    done = services.export(file)
    assert list(read_rows(done.path, "", Limits())) == [["sku", "description", "title"], ["1", "Good.", "One"]]
    done.path.unlink()


def test_a_damaged_list_of_sheets_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([["sku", "title"]], book="<workbook><sheets>"))
    with pytest.raises(ReadingError, match="workbook_damaged"):
        examine(path, "a.xlsx", Limits())
