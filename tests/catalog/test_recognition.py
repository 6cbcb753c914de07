"""What a file is, judged by its content."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from catalog import services
from catalog.models import FileStatus, Product, Variant
from catalog.reading.detect import examine
from catalog.reading.dialect import sample_rows
from catalog.reading.limits import Limits
from catalog.reading.mapping import guess
from catalog.reading.values import count, price
from foundation.tenancy.models import Merchant
from tests.catalog.factories import PLAIN, SHOPIFY, WOO, as_csv, take_in, upload
from tests.catalog.workbooks import workbook

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "catalogs"
REAL = sorted((SHARED / "shopify").glob("*.csv")) + sorted((SHARED / "woocommerce").glob("*.csv"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "#"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(shop: Merchant, delimiter: str, end: str) -> None:
    rows = [["sku", "title", "price"], ["1", "One, two; three", "9.50"], ["2", 'Quoted "x"\nline', "1.00"]]
    file = take_in(as_csv(rows, delimiter).replace("\r\n", end))
    assert (file.detection["delimiter"], file.counts["products"]) == (delimiter, 2)
    assert Product.objects.get(key="2").title == 'Quoted "x" line'


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        ("sku,title\n1,Größe\n".encode(), "utf-8", False),
        ("sku,title\n1,Größe\n".encode("utf-8-sig"), "utf-8", True),
        ("sku,title\n1,Größe\n".encode("utf-16"), "utf-16-le", True),
        ("sku,title\n1,Stool\n".encode("utf-16-be"), "utf-16-be", False),
        ("sku,title\n1,Größe\n2,Café crème\n".encode("cp1252"), "cp1252", False),
        ("sku,title\n1,Größe\x81\n".encode("latin-1"), "latin-1", False),
        ("编号,标题\n1,金士顿16G高速优盘\n".encode("gb18030"), "gb18030", False),
        (b"sku,title\n1,Stool\n", "utf-8", False),
    ],
)
def test_encodings_by_evidence(tmp_path: Path, data: bytes, encoding: str, bom: bool) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    found = examine(path, "a.csv", Limits()).detection
    assert (found.encoding, found.bom, found.columns[1]) == (encoding, bom, found.columns[1].strip("\ufeff"))


def test_a_sample_ends_its_rows_only_where_a_file_does() -> None:
    title = "One\u2028two\x85three\x0bfour\x1cfive\x0csix"
    assert sample_rows(f"sku,title\r\n1,{title}\r2,x\n", ",") == [["sku", "title"], ["1", title], ["2", "x"]]


@pytest.mark.parametrize(("data", "name"), [(SHOPIFY, "shopify"), (WOO, "woocommerce"), (PLAIN, "plain")])
def test_formats(shop: Merchant, data: str, name: str) -> None:
    assert upload(data).format == name


def test_a_csv_called_xlsx_is_read_as_csv_and_said_so(shop: Merchant) -> None:
    file = upload(PLAIN, "products.xlsx")
    assert file.detection["container"] == "csv"
    assert "read as CSV" in services.preview(file).notes[0]
    other = upload(workbook([["sku", "title"], ["1", "One"]]), "products.csv")
    assert other.detection["container"] == "xlsx"
    assert services.preview(other).notes


def test_a_file_without_names_is_mapped_by_its_cells(shop: Merchant) -> None:
    file = take_in(as_csv([[str(1000 + n), "1", f"Enamel mug no {n}", f"{n}.50"] for n in range(30)]))
    assert file.detection["has_header"] is False
    assert file.mapping == {"key": "Column 1", "title": "Column 3", "price": "Column 4", "attributes": []}
    assert Product.objects.get(key="1003").title == "Enamel mug no 3"
    assert file.counts["rows"] == 30


def test_the_user_may_read_it_differently(shop: Merchant) -> None:
    file = upload("a;b\n1;x\n2;y\n")
    assert services.reread(file, delimiter=",").detection["columns"] == ["a;b"]
    assert services.reread(file, delimiter=";", has_header=False).detection["columns"] == ["Column 1", "Column 2"]
    assert services.reread(file, mapping={"title": "Column 2"}).status == FileStatus.READY


def test_a_preview_shows_rows_and_how_sure_the_mapping_is(shop: Merchant) -> None:
    shown = services.preview(upload("sku,Product nam,price\n1,One,2\n\n3,Three,4\n"), rows=2)
    assert shown.rows == ((2, ("1", "One", "2")), (4, ("3", "Three", "4")))
    fields = {field.field: field for field in shown.fields}
    assert (fields["sku"].confidence, fields["vendor"].column) == (1.0, "")
    assert fields["title"].column == "Product nam"
    assert 0.5 < fields["title"].confidence < 1
    assert fields["title"].required


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (("商品编码", "商品标题", "价格", "库存", "品牌"), {"sku", "title", "price", "quantity", "vendor"}),
        (("Artikelnummer", "Bezeichnung", "Preis", "Bestand"), {"sku", "title", "price", "quantity"}),
        (("RÉFÉRENCE", "Titre FR", "Titre EN", "Prix"), {"sku", "title", "price"}),
        (("Item Number", "Item_Name", "MSRP", "Brand*"), {"sku", "title", "compare_at", "vendor"}),
        (("الاسم", "السعر"), {"title", "price"}),
    ],
)
def test_names_of_several_languages(columns: tuple[str, ...], expected: set[str]) -> None:
    assert {found.field for found in guess(columns, [])[0]} == expected


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        ("12,50 €", "12.50"),
        ("$1,299.00", "1299.00"),
        ("1.299,00", "1299.00"),
        ("1,299", "1299"),
        ("1 299,5", "1299.5"),
        ("¥52.68", "52.68"),
        ("-3", "-3"),
        ("", None),
    ],
)
def test_prices(cell: str, value: str | None) -> None:
    assert price(cell) == value


@pytest.mark.parametrize("cell", ["cheap", "12-13", "1.2.3", "9" * 20, "12 for 3"])
def test_no_prices(cell: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        price(cell)


def test_counts() -> None:
    assert [count(cell) for cell in ("3", "-1", "4.0", "1,000", "")] == ["3", "-1", "4", "1000", None]
    with pytest.raises(ValueError, match=r"1\.5"):
        count("1.5")


@pytest.mark.skipif(not REAL, reason="the real export files of ../shared/data/catalogs are not on this machine")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_export_goes_in_with_every_product_counted(shop: Merchant, path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    if "Handle" in rows[0]:
        expected = {row["Handle"] for row in rows}
        plain = [row["Handle"] for row in rows if row["Option1 Value"] == "Default Title"]
        variants = sum(1 for row in rows if row["Variant Price"] and row["Handle"] not in plain)
    else:
        expected = {row["SKU"] or f"id:{row['ID']}" for row in rows if row["Type"] != "variation"}
        variants = len(rows) - len(expected)
    file = take_in(path.read_bytes(), path.name)
    counts = file.counts
    assert set(Product.objects.values_list("key", flat=True)) == expected
    assert counts["products"] == len(expected)
    assert counts["rows"] == len(rows) == counts["products"] + counts["continued"]
    assert (counts["skipped"], counts["errors"]) == (0, 0)
    assert Variant.objects.count() == counts["variants"] == variants
