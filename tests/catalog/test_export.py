from __future__ import annotations

import csv
import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import services
from catalog.errors import CatalogError
from catalog.models import DescriptionVersion, FileStatus, Origin, Product
from catalog.reading.detection import Detection
from catalog.reading.errors import ReadingError
from catalog.reading.limits import CSV_FIELD, Limits
from catalog.reading.rewrite import rewrite
from catalog.reading.spans import quoted, spans
from catalog.reading.xlsx import read_rows
from foundation.tenancy.models import Merchant
from tests.catalog.factories import PLAIN, SHOPIFY, WOO, exported, publish, take_in, upload
from tests.catalog.workbooks import workbook

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "catalogs"
FOLDERS = ("shopify", "woocommerce", "semicolon", "zh", "prestashop", "xlsx")
FILES = sorted(path for folder in FOLDERS for path in (SHARED / folder).glob("*.*"))


def describe(key: str, text: str, origin: str = Origin.MODEL) -> Product:
    return services.set_description(Product.objects.get(key=key), text, origin)


@pytest.mark.parametrize(
    "data",
    [
        SHOPIFY.encode(),
        SHOPIFY.replace("\n", "\r\n").encode("utf-8-sig"),
        WOO.encode(),
        PLAIN.encode("utf-16"),
        PLAIN.encode("cp1252"),
        "编号,标题,描述\r\n1,羊毛毯,\r\n".encode("gb18030"),
        gzip.compress(PLAIN.encode()),
        b"sku\ttitle\tdescription\r1\tOne\t\r2\tTwo\tx\r",
        b'\n\n "sku" ,title, description\n\n1,One,"a ""b"" c" \n2,Two\n\n',
        workbook([["sku", "title", "description"], ["1", "One", ""]]),
    ],
)
def test_a_file_comes_back_byte_for_byte(shop: Merchant, data: bytes) -> None:
    assert exported(take_in(data)) == data


def test_shopify_gets_paragraphs_in_its_own_cells_only(shop: Merchant) -> None:
    file = take_in(SHOPIFY)
    describe("wool-scarf", "Soft <wool> & warm.\n\nWash by hand.")
    describe("mug", 'A "big" mug.')
    before, after = (list(csv.reader(io.StringIO(text))) for text in (SHOPIFY, exported(file).decode()))
    changed = [(r, c) for r, row in enumerate(before) for c, cell in enumerate(row) if cell != after[r][c]]
    assert changed == [(2, 2), (5, 2)]
    assert after[2][2] == "<p>Soft &lt;wool&gt; &amp; warm.</p><p>Wash by hand.</p>"
    assert after[5][2] == '<p>A "big" mug.</p>'


def test_untouched_rows_keep_their_bytes_beside_changed_ones(shop: Merchant) -> None:
    data = b'\xef\xbb\xbfsku;title;description\r\n"1";One ;"old"\r\n2; Two;\r\n\r\n3;"Th""ree";x\n'
    file = take_in(data)
    describe("2", "new; text")
    assert exported(file) == data.replace(b"2; Two;", b'2; Two;"new; text"')


@pytest.mark.parametrize(("title", "encoding"), [("Ångström", "utf-8"), ("Książka", "utf-8"), ("Mug… blue", "cp1252")])
def test_a_byte_that_ends_lines_elsewhere_does_not_here(shop: Merchant, title: str, encoding: str) -> None:
    file = take_in(f"sku,title,description\n1,{title},old\n".encode(encoding))
    describe("1", "A thing.")
    assert exported(file).decode(encoding) == f"sku,title,description\n1,{title},A thing.\n"


def test_a_cell_is_quoted_as_its_row_is(shop: Merchant) -> None:
    file = take_in(b'"sku","title","description"\n"1","One","old"\n')
    describe("1", "new")
    assert exported(file) == b'"sku","title","description"\n"1","One","new"\n'


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "cp1252", "utf-8-sig"])
def test_the_encoding_stays(shop: Merchant, encoding: str) -> None:
    text = "sku,title,description\r\n1,Größe,\r\n2,Café,old\r\n"
    if encoding == "gb18030":
        text = "sku,标题,描述\r\n1,羊毛毯羊毛毯,\r\n2,杯子,old\r\n"
    file = take_in(text.encode(encoding))
    describe("2", "new")
    assert exported(file).decode(encoding) == text.replace("old", "new")


def test_what_the_encoding_lacks_is_said_and_written_nearest(shop: Merchant) -> None:
    file = take_in("sku,title,description\n1,Größe,\n".encode("cp1252"))
    describe("1", "Łódź – 5 ✓")
    done = services.export(file)
    assert done.path.read_bytes().decode("cp1252").splitlines()[1] == "1,Größe,?ódz – 5 ?"
    assert "cp1252" in done.notes[0]
    done.path.unlink()


def test_gzip_and_zip_stay_what_they_are(shop: Merchant) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("inner.csv", PLAIN)
    for data in (gzip.compress(PLAIN.encode()), target.getvalue()):
        file = take_in(data)
        describe("A-1", "new one" if data[:1] == b"P" else "new")
        done = exported(file)
        plain = gzip.decompress(done) if done[:1] != b"P" else zipfile.ZipFile(io.BytesIO(done)).read("inner.csv")
        assert plain.decode() == PLAIN.replace(
            "Oak stool;;", f"Oak stool;{Product.objects.get(key='A-1').description};"
        )


def test_a_workbook_changes_in_one_cell(shop: Merchant, tmp_path: Path) -> None:
    rows = [
        ["sku", "title", "description", "price"],
        ["1", "One", "old", 5],
        ["2", "Two", "", 6],
        ["3", "Three", "x", 7],
    ]
    data = workbook(rows)
    file = take_in(data, "a.xlsx")
    describe("1", "new & <better>")
    describe("2", "filled")
    path = tmp_path / "out.xlsx"
    path.write_bytes(exported(file))
    assert list(read_rows(path, "", Limits())) == [
        ["sku", "title", "description", "price"],
        ["1", "One", "new & <better>", "5"],
        ["2", "Two", "filled", "6"],
        ["3", "Three", "x", "7"],
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path) as new:
        assert old.namelist() == new.namelist()
        for name in old.namelist():
            assert name.endswith("sheet1.xml") or old.read(name) == new.read(name)


@pytest.mark.parametrize("start", ["=cmd()", "+1", "-1", "@x", "\t=1", "＝1", "＋1", "－1", "＠x"])
def test_text_of_ours_is_never_a_formula(shop: Merchant, start: str) -> None:
    file = take_in("sku,title,description\n1,=A1,\n2,Two,=B2\n")
    describe("1", start)
    assert exported(file).decode() == f"sku,title,description\n1,=A1,'{start}\n2,Two,=B2\n"


@pytest.mark.parametrize("start", ["\n=1", "\r=1"])
def test_text_of_ours_that_begins_with_a_line_end_is_no_formula(shop: Merchant, start: str) -> None:
    file = take_in("sku,title,description\n1,One,\n2,Two,=B2\n")
    describe("1", start)
    assert exported(file).decode() == f'sku,title,description\n1,One,"\'{start}"\n2,Two,=B2\n'


def test_in_a_workbook_text_of_ours_needs_no_mark_to_be_no_formula(shop: Merchant, tmp_path: Path) -> None:
    file = take_in(workbook([["sku", "title", "description"], ["1", "One", ""]]), "a.xlsx")
    describe("1", "=1+1")
    path = tmp_path / "out.xlsx"
    path.write_bytes(exported(file))
    assert list(read_rows(path, "", Limits()))[1] == ["1", "One", "=1+1"]
    with zipfile.ZipFile(path) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")


def test_what_else_is_in_a_zip_is_copied(shop: Merchant) -> None:
    others = {"read me.txt.pdf": b"%PDF", "pictures/": b"", "pictures/größe.png": bytes(range(256)) * 5000}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"of the shop"
        archive.writestr("read me.txt.pdf", others["read me.txt.pdf"], compress_type=zipfile.ZIP_STORED)
        archive.writestr("inner.csv", PLAIN)
        archive.writestr("pictures/", b"")
        archive.writestr("pictures/größe.png", others["pictures/größe.png"])
    file = take_in(target.getvalue(), "a.zip")
    describe("A-1", "new")
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(io.BytesIO(exported(file))) as new:
        assert new.testzip() is None
        assert (new.namelist(), new.comment) == (old.namelist(), old.comment)
        assert new.read("inner.csv").decode() == PLAIN.replace("Oak stool;;", "Oak stool;new;")
        for name, data in others.items():
            assert new.read(name) == data
            before, after = old.getinfo(name), new.getinfo(name)
            assert (before.date_time, before.compress_type) == (after.date_time, after.compress_type)


def test_a_cell_that_csv_cannot_read_is_told_while_rewriting(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("sku,description\n1,x\n2," + "y" * (CSV_FIELD + 1) + "\n")
    found = Detection("csv", columns=("sku", "description"))
    with pytest.raises(ReadingError, match="cell_too_long") as caught:
        rewrite(source, tmp_path / "b.csv", found, Limits(), 1, {2: "new"})
    assert caught.value.params == {"row": 3, "limit": Limits().cell_chars}


def test_a_person_may_write_html_but_no_script(shop: Merchant) -> None:
    file = take_in(SHOPIFY)
    describe("mug", "<p>Good <b>mug</b><script>alert(1)</script></p>", Origin.PERSON)
    cell = list(csv.reader(io.StringIO(exported(file).decode())))[5][2]
    assert cell == "<p>Good <b>mug</b></p>"


def test_a_restored_text_of_the_file_gives_the_file_back(shop: Merchant) -> None:
    file = take_in(SHOPIFY)
    describe("oak-stool", "Something else.")
    assert exported(file) != SHOPIFY.encode()
    services.restore_description(DescriptionVersion.objects.get(text="<p>A stool.</p>"))
    assert exported(file) == SHOPIFY.encode()
    texts = DescriptionVersion.objects.filter(product__key="oak-stool").order_by("pk").values_list("text", "origin")
    assert list(texts) == [("<p>A stool.</p>", "import"), ("Something else.", "model")]


def test_a_file_without_a_description_column_says_so(shop: Merchant) -> None:
    data = "sku,title\n1,One\n"
    file = take_in(data)
    describe("1", "Text")
    done = services.export(file)
    assert (done.path.read_text(), done.replaced) == (data, 0)
    assert "no column" in done.notes[0]
    done.path.unlink()


def test_a_lost_file_is_told(shop: Merchant) -> None:
    file = take_in(PLAIN)
    file.absolute_path.unlink()
    with pytest.raises(CatalogError, match="Upload it again"):
        services.export(file)


@given(
    st.lists(st.text(alphabet='ab ,;"\n\r\té', max_size=8), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.booleans(),
)
def test_spans_are_the_cells_that_csv_reads(cells: list[str], delimiter: str, always: bool) -> None:
    raw = delimiter.join(quoted(cell, delimiter, always or not cell) for cell in cells) + "\r\n"
    read = next(csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter))
    assert read == cells
    assert len(spans(raw, delimiter)) == len(cells)
    for (start, end), cell in zip(spans(raw, delimiter), cells, strict=True):
        assert next(csv.reader(io.StringIO(raw[start:end], newline=""), delimiter=delimiter), [""]) == [cell]


@given(st.text(alphabet='ab,"', max_size=12))
def test_spans_count_cells_as_csv_does_in_any_line(line: str) -> None:
    read = next(csv.reader([line + "\n"]), [])
    if line.count('"') % 2 == 0 and line:
        assert len(spans(line, ",")) == len(read)


@pytest.mark.skipif(not FILES, reason="the real export files of ../shared/data/catalogs are not on this machine")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_comes_back_and_changes_in_one_cell(shop: Merchant, path: Path) -> None:
    data = path.read_bytes()
    file = upload(data, path.name)
    if path.name == "combinations_import.csv":  # it has no titles, so it is no catalog of products
        assert file.status == FileStatus.UPLOADED
        assert exported(file) == data
        return
    publish(file)
    assert exported(file) == data
    if "description" not in file.mapping or path.suffix == ".xlsx":
        return
    product = Product.objects.order_by("position")[2]
    describe(product.key, "One plain sentence.")
    delimiter, encoding = file.detection["delimiter"], file.detection["encoding"]
    old, new = (
        list(csv.reader(io.StringIO(raw.decode(encoding), newline=""), delimiter=delimiter))
        for raw in (data, exported(file))
    )
    column = file.detection["columns"].index(file.mapping["description"])
    changed = [(r, c) for r, row in enumerate(old) for c, cell in enumerate(row) if cell != new[r][c]]
    assert changed == [(product.position - 1, column)]
