from __future__ import annotations

import csv
import gzip
import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as fuzzing
from hypothesis import strategies as st

from catalog import services
from catalog.errors import CatalogError
from catalog.models import CatalogFile, FileStatus, Product
from catalog.reading.blocks import Tally
from catalog.reading.detect import examine
from catalog.reading.detection import Detection
from catalog.reading.errors import ReadingError
from catalog.reading.formats import format_named
from catalog.reading.limits import CSV_FIELD, Limits
from catalog.reading.table import Table
from catalog.reading.text import record_blocks
from foundation.tenancy.models import Merchant
from tests.catalog.factories import PLAIN, as_csv, take_in, upload
from tests.catalog.workbooks import BOOK, workbook


def png() -> bytes:
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def stretched_workbook(rows: int, columns: str) -> bytes:
    """A workbook whose single far cell spans a rectangle that no memory holds."""
    return workbook([["sku", "title"]], extra=f'<row r="{rows}"><c r="{columns}{rows}"><v>1</v></c></row>')


def spelled(cell: str) -> bytes:
    """A workbook whose far cell is written as only a parser would accept it."""
    return workbook([["sku", "title"]], extra=f"<row r='3'>{cell}<v>1</v></c></row>")


def with_entities() -> bytes:
    """A workbook whose list of sheets declares entities, each ten of the one before."""
    grown = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    book = BOOK.replace("<workbook", f'<!DOCTYPE x [<!ENTITY e0 "x">{grown}]><workbook', 1).replace("Products", "&e8;")
    return workbook([["sku", "title"], ["1", "One"]], book=book)


def elsewhere() -> bytes:
    """A workbook whose stretched sheet is not where sheets are by custom."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(stretched_workbook(3, "XFD"))) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"worksheets/sheet1.xml", b"other/data.xml")
            new.writestr(name.replace("worksheets/sheet1.xml", "other/data.xml"), data)
    return target.getvalue()


def packed_strangely() -> bytes:
    """A ZIP archive whose member is packed by method 9, which Python can't undo."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.csv", PLAIN)
    data = bytearray(target.getvalue())
    data[8] = data[data.rindex(b"PK\x01\x02") + 10] = 9
    return bytes(data)


def bomb() -> bytes:
    target = io.BytesIO(workbook([["sku", "title"]]))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * 80_000_000)
    return target.getvalue()


def test_nothing_is_kept_of_a_refused_file(shop: Merchant, media: Path) -> None:
    with pytest.raises(CatalogError):
        upload(png(), "products.csv")
    assert not CatalogFile.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("name", "data", "code", "says"),
    [
        ("a.csv", b"", "empty_file", "empty"),
        ("a.csv", b"\xef\xbb\xbf \r\n\r\n", "empty_file", "empty"),
        ("a.csv", png(), "picture", "PNG picture"),
        ("a.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "picture", "JPEG"),
        ("a.csv", b"%PDF-1.7\n", "not_a_table", "PDF"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_workbook", "XLSX"),
        ("a.csv", bytes(range(256)) * 40, "binary", "not text"),
        ("a.csv", b'<?xml version="1.0"?><rss></rss>', "markup", "XML"),
        ("a.csv.gz", gzip.compress(PLAIN.encode() * 200)[:-40], "archive_truncated", "too early"),
        ("a.csv.gz", gzip.compress(PLAIN.encode())[:-8] + b"12345678", "archive_damaged", "damaged"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "archive_damaged", "damaged"),
        ("a.xlsx", workbook([]), "no_columns", "no columns"),
        ("a.xlsx", bomb(), "bomb", "harmful"),
        ("a.xlsx", stretched_workbook(1_000_000, "ZZ"), "stretched", "to row 1000000 and column 702"),
        ("a.xlsx", stretched_workbook(30_000, "CV"), "stretched", "only 3 of its cells"),
        ("a.xlsx", stretched_workbook(2_000_001, "A"), "too_many_rows", "rows"),
        ("a.xlsx", spelled("<c/>" * 2000 + "<c>"), "too_many_columns", "2001"),
        ("a.xlsx", spelled('<c r="B3"/>' + "<c></c>" * 1000 + "<c>"), "too_many_columns", "1003"),
        ("a.xlsx", workbook([["sku", "title"]], extra="<row><c/></row>" * 2_000_000), "too_many_rows", "rows"),
        ("a.xlsx", with_entities(), "workbook_damaged", "save it again"),
        ("a.xlsx", stretched_workbook(3, "XFD"), "too_many_columns", "16384"),
        ("a.xlsx", spelled("<c r='XFD3'>"), "too_many_columns", "16384"),
        ("a.xlsx", spelled('<c r="xfd3">'), "too_many_columns", "16384"),
        ("a.xlsx", spelled('<c r = "XFD3">'), "too_many_columns", "16384"),
        ("a.xlsx", spelled('<c x=">" r="XFD3">'), "too_many_columns", "16384"),
        ("a.xlsx", spelled(f'<c x="{"." * 400_000}" r="XFD3">'), "too_many_columns", "16384"),
        ("a.xlsx", elsewhere(), "too_many_columns", "16384"),
        ("a.zip", packed_strangely(), "archive_damaged", "damaged"),
        ("a.csv", (",".join(f"c{n}" for n in range(10_000)) + "\n").encode(), "too_many_columns", "10000 columns"),
        ("a.csv", b'sku,title\n1,"never closed\n2,x\n', "open_quote", "row 2"),
    ],
)
def test_a_file_that_is_no_catalog_is_refused_with_a_sentence(
    shop: Merchant, name: str, data: bytes, code: str, says: str
) -> None:
    with pytest.raises(CatalogError) as caught:
        upload(data, name)
    assert caught.value.code == code
    assert says in str(caught.value)


def test_an_archive_is_refused_by_what_is_in_it(shop: Merchant) -> None:
    def packed(*names: str) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in names:
                archive.writestr(name, PLAIN)
        return target.getvalue()

    for names, code in (((), "archive_without_table"), (("a.exe",), "archive_without_table")):
        with pytest.raises(CatalogError) as caught:
            upload(packed(*names), "a.zip")
        assert caught.value.code == code
    with pytest.raises(CatalogError, match="2 tables"):
        upload(packed("a.csv", "b.csv"), "a.zip")
    assert take_in(packed("a.csv"), "a.zip").counts["products"] == 3


class Endless:
    """A stream of two gigabytes that counts how much of it was read."""

    def __init__(self) -> None:
        self.left = 2 << 30
        self.taken = 0

    def read(self, size: int = -1, /) -> bytes:
        part = min(size, self.left)
        self.left -= part
        self.taken += part
        return b"a" * part


def test_a_file_over_the_limit_is_refused_while_it_streams(shop: Merchant, media: Path) -> None:
    settings.CATALOG_MAX_FILE_BYTES = 5_000_000
    try:
        stream = Endless()
        with pytest.raises(CatalogError, match="larger than 5 MB"):
            services.upload("big.csv", stream)
        assert stream.taken < 8_000_000
        assert [path for path in media.rglob("*") if path.is_file()] == []
    finally:
        settings.CATALOG_MAX_FILE_BYTES = 512 * 1024 * 1024


def test_an_archive_that_unpacks_too_far_is_refused(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CATALOG_MAX_UNPACKED_BYTES", 1_000_000)
    with pytest.raises(CatalogError, match="larger than 1 MB"):
        upload(gzip.compress(b"sku,title\n" + b"1,abc\n" * 1_000_000), "a.csv.gz")


def test_a_wide_row_is_reported_and_the_rest_goes_in(shop: Merchant) -> None:
    file = take_in("sku,title\n1,One\n2,Two" + ",x" * 10_000 + "\n3,Three\n")
    assert file.counts["products"] == 2
    issue = file.issues.get()
    assert (issue.row, issue.code, len(issue.cells)) == (3, "too_wide", 60)
    assert "10002 cells" in issue.reason


def test_a_wrong_choice_of_encoding_is_told_with_its_row(shop: Merchant) -> None:
    file = upload("sku,title\n1,Tisch\n2,Stühle\n".encode("cp1252"))
    assert file.detection["encoding"] == "cp1252"
    with pytest.raises(CatalogError, match="Row 3 "):
        services.reread(file, encoding="utf-8")
    with pytest.raises(CatalogError, match="not known"):
        services.reread(file, encoding="klingon")
    assert services.reread(file, encoding="latin-1").status == FileStatus.READY


def test_a_cell_over_the_limit_is_told_with_its_row(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CATALOG_MAX_CELL_CHARS", 1000)
    with pytest.raises(CatalogError, match="row 3"):
        upload("sku,title\n1,One\n2," + "x" * 2000 + "\n")


def test_the_limit_of_a_cell_is_no_setting_of_the_whole_process(
    shop: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another thread may be reading another file, or writing one back, by a limit of its own."""
    monkeypatch.setattr(settings, "CATALOG_MAX_CELL_CHARS", 1000)
    file = take_in("sku,title,description\n1,One,\n2," + "x" * 1000 + ",\n")
    assert csv.field_size_limit() == CSV_FIELD
    services.set_description(Product.objects.get(key="1"), "New.", "model")
    services.export(file).path.unlink()
    assert csv.field_size_limit() == CSV_FIELD


@pytest.mark.parametrize(("row", "column"), [(2, 0), (3000, 1), (6001, 2)])
def test_the_row_of_an_oversized_cell_is_found(tmp_path: Path, row: int, column: int) -> None:
    rows = [[f"{number}", "x" * 100, "y"] for number in range(1, 6002)]
    rows[row - 1][column] = "z" * 101
    path = tmp_path / "a.csv"
    path.write_text(as_csv(rows))
    with pytest.raises(ReadingError, match="cell_too_long") as caught:
        list(record_blocks(path, Detection("csv"), Limits(cell_chars=100), 4096))
    assert caught.value.params == {"row": row, "limit": 100}


def test_long_records_come_in_smaller_blocks(tmp_path: Path) -> None:
    """A block stands in memory whole: 200 rows of a megabyte each must not."""
    rows = [[f"{number}", "x" * 900_000] for number in range(40)]
    path = tmp_path / "a.csv"
    path.write_text(as_csv(rows))
    blocks = list(record_blocks(path, Detection("csv"), Limits(), 4096))
    assert [row for block in blocks for row in block] == rows
    assert max(map(len, blocks)) <= 10


def test_a_record_of_many_long_cells_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = ("x" * 400_000 + '","' + "\n" * 8 for _ in range(100))
    path.write_text('1,2\n"' + "".join(lines) + '"\n')
    with pytest.raises(ReadingError, match="cell_too_long") as caught:
        list(record_blocks(path, Detection("csv"), Limits(), 4096))
    assert caught.value.params["row"] == 2


def test_too_many_rows_are_refused(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CATALOG_MAX_ROWS", 5000)
    file = take_in("sku,title\n" + "".join(f"{n},P{n}\n" for n in range(9000)))
    assert file.status == FileStatus.FAILED
    assert "5000" in file.error
    assert not Product.objects.exists()


def read_all(path: Path) -> Tally:
    limits = Limits(columns=200, cell_chars=10_000)
    seen = examine(path, path.name, limits)
    found = seen.detection
    chosen = format_named(found.format)
    reader = chosen.reader(found.columns, chosen.mapping(found.columns, seen.data))
    tally = Tally()
    for block in Table(path, found, limits).blocks():
        tally.add(reader.read(block).tally)
    tally.add(reader.end().tally)
    return tally


HEADS = (
    b"",
    b"sku,title,price\n",
    b"Handle,Title,Body (HTML),Option1 Value,Variant SKU\n",
    b"ID,Type,SKU,Name,Parent\n",
)


@fuzzing(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(HEADS),
    body=st.one_of(
        st.binary(max_size=400),
        st.text(alphabet='ab,;"\n\r\t é中\0', max_size=300).map(lambda text: text.encode()),
        st.text(max_size=100).map(lambda text: text.encode("utf-16", "surrogatepass")),
    ),
    packed=st.booleans(),
)
def test_whatever_comes_is_read_whole_or_refused(tmp_path: Path, head: bytes, body: bytes, packed: bool) -> None:
    path = tmp_path / "fuzz.csv"
    path.write_bytes(gzip.compress(head + body, mtime=0) if packed else head + body)
    outcome: Tally | CatalogError
    try:
        outcome = read_all(path)
    except ReadingError as error:
        outcome = CatalogError.of(error)
    assert outcome.complete if isinstance(outcome, Tally) else str(outcome)
