from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection

from catalog import publishing, services, staging
from catalog.errors import CatalogError
from catalog.jobs import ImportCatalog
from catalog.models import CatalogFile, DescriptionVersion, FileStatus, Origin, Product, RowIssue, Variant
from catalog.services import imports
from foundation.jobs import services as jobs
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import create_merchant
from tests.catalog.factories import PLAIN, SHOPIFY, WOO, as_csv, publish, run, take_in, upload


def product(key: str) -> Product:
    return Product.objects.get(key=key)


def test_shopify_rows_become_products_with_variants(shop: Merchant) -> None:
    file = take_in(SHOPIFY)
    assert file.status == FileStatus.PUBLISHED
    assert file.counts["rows"] == 5
    assert (file.counts["products"], file.counts["continued"], file.counts["variants"]) == (3, 2, 3)
    stool, scarf, mug = (product(key) for key in ("oak-stool", "wool-scarf", "mug"))
    assert (stool.sku, stool.price, stool.quantity) == ("ST-1", Decimal("89"), 7)
    assert stool.tag_list == ["oak", "seat"]
    assert not stool.variants.exists()
    assert scarf.attributes["Color"] == ["Red", "Blue"]
    assert scarf.quantity == 12
    assert [(v.sku, v.options) for v in scarf.variants.order_by("position")] == [
        ("SC-R-S", {"Color": "Red", "Size": "S"}),
        ("SC-R-L", {"Color": "Red", "Size": "L"}),
        ("SC-B-S", {"Color": "Blue", "Size": "S"}),
    ]
    assert len(scarf.extra["images"]) == 2
    assert (mug.title, mug.status) == ('Mug, "big"', "draft")
    assert mug.description == "<p>Holds\n0.4 l</p>"


def test_woocommerce_variations_find_their_parent_by_sku_or_id(shop: Merchant) -> None:
    file = take_in(WOO)
    assert (file.counts["products"], file.counts["continued"], file.counts["skipped"]) == (2, 2, 1)
    tee = product("tee")
    assert tee.attributes == {"Color": ["Red", "Blue"], "Weight": "0.2 kg"}
    assert {(v.key, v.price, v.compare_at) for v in tee.variants.all()} == {
        ("tee-red", Decimal(8), Decimal(10)),
        ("id:12", Decimal(10), None),
    }
    cap = product("cap")
    assert (cap.status, cap.image_url, cap.extra["Meta: x"]) == ("draft", "http://x/b.png", "keep")
    issue = RowIssue.objects.get(file=file)
    assert (issue.row, issue.code) == (6, "no_parent")
    assert "nowhere" in issue.reason


def test_a_plain_file_is_mapped_by_its_names(shop: Merchant) -> None:
    file = take_in(PLAIN)
    assert file.detection["delimiter"] == ";"
    stool, scarf, mug = Product.objects.order_by("position")
    assert (stool.key, stool.sku, stool.price, stool.quantity) == ("A-1", "A-1", Decimal("89"), 7)
    assert scarf.price == Decimal("1299.50")
    assert stool.attributes == {"Material": "oak"}
    assert scarf.extra == {"Internal note": "y"}
    assert mug.description == "Two\nlines"
    assert mug.quantity is None


def test_every_row_is_a_product_or_has_a_reason(shop: Merchant) -> None:
    rows = [
        ["sku", "title", "price"],
        ["1", "One", "1"],
        ["", "", ""],
        ["2", "", "2"],
        ["1", "Again", "3"],
        ["3", "Three", "cheap"],
        ["4", "Four", "4", "surplus"],
        ["5", "Five"],
        ["6", "Si\0x", "6"],
    ]
    file = take_in(as_csv(rows))
    counts = file.counts
    assert counts["rows"] == 8
    assert (counts["products"], counts["blank"], counts["skipped"]) == (3, 1, 4)
    assert (counts["errors"], counts["warnings"]) == (4, 1)
    found = {issue.row: issue for issue in RowIssue.objects.filter(file=file)}
    assert {row: issue.code for row, issue in found.items()} == {
        4: "no_title",
        5: "duplicate_key",
        6: "not_a_price",
        7: "too_wide",
        9: "nul",
    }
    assert found[5].params["first"] == 2
    assert "row 2" in found[5].reason
    assert product("3").price is None
    assert product("5").title == "Five"


def test_a_second_import_updates_and_says_how_many(shop: Merchant) -> None:
    take_in("sku,title,price\n1,One,1\n2,Two,2\n")
    second = take_in("sku,title,price\n1,One,1\n2,Two!,2\n3,Three,3\n")
    assert (second.counts["new"], second.counts["changed"], second.counts["unchanged"]) == (1, 1, 1)
    assert product("2").title == "Two!"
    assert Product.objects.count() == 3


def test_a_missing_column_changes_nothing(shop: Merchant) -> None:
    take_in("sku,title,price,vendor,description,Material,Note\n1,One,5,Acme,Text,oak,n\n")
    take_in("sku,title,Colour\n1,One more,red\n")
    one = product("1")
    assert (one.title, one.price, one.vendor, one.description) == ("One more", Decimal(5), "Acme", "Text")
    assert one.attributes == {"Material": "oak", "Colour": "red"}
    assert one.extra == {"Note": "n"}


def test_an_emptied_cell_empties_the_field(shop: Merchant) -> None:
    take_in("sku,title,price,vendor,Material\n1,One,5,Acme,oak\n2,Two,5,Acme,oak\n")
    take_in("sku,title,price,vendor,Material\n1,One,,,\n2,Two,5,Acme,oak\n")
    one = product("1")
    assert (one.price, one.vendor, one.attributes) == (None, "", {})


def test_an_accepted_description_survives_the_same_file(shop: Merchant, owner: User) -> None:
    data = "sku,title,description\n1,One,Old\n2,Two,\n"
    take_in(data)
    services.set_description(product("1"), "Written", Origin.MODEL, owner)
    services.set_description(product("2"), "Written too", Origin.MODEL, owner)
    again = take_in(data)
    assert again.counts["unchanged"] == 2
    assert product("1").description == "Written"
    assert product("2").description_origin == Origin.MODEL


def test_a_changed_cell_replaces_the_description_and_keeps_it_in_the_history(shop: Merchant, owner: User) -> None:
    take_in("sku,title,description\n1,One,Old\n")
    services.set_description(product("1"), "Written", Origin.MODEL, owner)
    take_in("sku,title,description\n1,One,New from the shop\n")
    one = product("1")
    assert (one.description, one.description_origin, one.described_at) == ("New from the shop", "import", None)
    texts = list(DescriptionVersion.objects.filter(product=one).order_by("pk").values_list("text", "origin", "by"))
    assert texts == [("Old", "import", None), ("Written", "model", owner.pk)]


def test_a_variant_that_the_file_lacks_stays(shop: Merchant) -> None:
    take_in(SHOPIFY)
    shorter = "\n".join(line for line in SHOPIFY.split("\n") if "SC-B-S" not in line)
    take_in(shorter)
    assert Variant.objects.filter(product__key="wool-scarf").count() == 3


def test_two_shops_have_the_same_keys_apart(shop: Merchant, owner: User) -> None:
    take_in("sku,title\n1,One\n")
    with merchant_scope(create_merchant("Other", owner)):
        take_in("sku,title\n1,Another\n")
        assert product("1").title == "Another"
    assert product("1").title == "One"


def test_a_cancelled_import_leaves_nothing(shop: Merchant) -> None:
    file = upload("sku,title\n1,One\n")
    job = services.confirm(file)
    jobs.cancel(job)
    run(job)
    assert CatalogFile.objects.get(pk=file.pk).state == FileStatus.CANCELLED
    assert not Product.objects.exists()
    again = publish(CatalogFile.objects.get(pk=file.pk))
    assert again.status == FileStatus.PUBLISHED


def twice_confirmed() -> tuple[CatalogFile, Job, Job]:
    """A file whose first import was cancelled and whose second one waits."""
    file = upload("sku,title\n1,One\n")
    first = services.confirm(file)
    jobs.cancel(first)
    return file, first, services.confirm(CatalogFile.objects.get(pk=file.pk))


def test_an_older_job_that_fails_is_not_the_newer_imports_failure(shop: Merchant) -> None:
    file, first, second = twice_confirmed()
    JobItem.objects.filter(job=first).update(status=ItemStatus.FAILED, error="The worker was killed.")
    ImportCatalog().finish(first)
    assert CatalogFile.objects.get(pk=file.pk).state == FileStatus.IMPORTING
    imports.fail(file.pk, first.pk, "late")
    assert CatalogFile.objects.get(pk=file.pk).error == ""
    JobItem.objects.filter(job=second).update(status=ItemStatus.FAILED, error="The worker was killed.")
    ImportCatalog().finish(second)
    assert CatalogFile.objects.get(pk=file.pk).error == "The worker was killed."


def test_an_older_job_retried_leaves_the_file_to_the_newer_one(shop: Merchant) -> None:
    file, first, second = twice_confirmed()
    outcomes = list(ImportCatalog().process(first, list(first.items.all()), lambda: False))
    assert [outcome.error for outcome in outcomes] == ["The file was imported again since; that import counts."]
    assert not Product.objects.exists()
    run(second)
    assert CatalogFile.objects.get(pk=file.pk).state == FileStatus.PUBLISHED


def test_a_cancel_in_the_middle_leaves_nothing(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.reading.table.BLOCK", 2)
    file = upload("sku,title\n" + "".join(f"{n},Product {n}\n" for n in range(20)))
    job = services.confirm(file)
    calls = iter(range(100))
    jobs.cancel(job)
    assert list(ImportCatalog().process(job, list(job.items.all()), lambda: next(calls) == 3)) == []
    assert next(calls) == 4
    assert CatalogFile.objects.get(pk=file.pk).status == FileStatus.CANCELLED
    assert not Product.objects.exists()


def test_an_error_while_publishing_leaves_nothing(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_args: object) -> None:
        raise RuntimeError("disk")

    monkeypatch.setattr(RowIssue, "keep", explode)
    file = take_in("sku,title\n1,One\n")
    assert not Product.objects.exists()
    assert file.status != FileStatus.PUBLISHED


def test_a_file_that_fails_on_the_way_says_so_and_leaves_nothing(shop: Merchant) -> None:
    good = "".join(f"{n},Product {n}\n" for n in range(6000))
    file = take_in("sku,title\n" + good + '6000,"never closed\n')
    assert file.status == FileStatus.FAILED
    assert "row 6002" in file.error
    assert not Product.objects.exists()
    assert file.job is not None
    assert file.job.status == JobStatus.FAILED


def test_a_file_is_imported_once_at_a_time(shop: Merchant) -> None:
    file = upload("sku,title\n1,One\n")
    services.confirm(file)
    with pytest.raises(CatalogError, match="already"):
        services.confirm(file)


def test_a_title_column_can_be_chosen(shop: Merchant) -> None:
    file = upload("sku,wort,zahl\n1,One,4\n2,Two,5\n")
    assert file.status == FileStatus.UPLOADED
    with pytest.raises(CatalogError, match="title"):
        services.confirm(file)
    services.reread(file, mapping={"sku": "sku", "title": "wort"})
    publish(file)
    assert product("2").title == "Two"
    with pytest.raises(CatalogError):
        services.reread(file, mapping={"title": "zahl"})


def test_a_mapping_to_a_missing_column_is_refused(shop: Merchant) -> None:
    file = upload(PLAIN)
    with pytest.raises(CatalogError, match="Preis"):
        services.reread(file, mapping={"title": "Preis"})


def test_a_file_without_any_product_fails(shop: Merchant) -> None:
    file = take_in("sku,title\n1,\n2,\n")
    assert file.status == FileStatus.FAILED
    assert "No product" in file.error


def test_products_are_looked_up_by_their_index_however_small_the_shop_was(shop: Merchant) -> None:
    """Planned for the few products of before, a scan for each row would be read over and over as the shop grows."""
    file = take_in("sku,title,description\n1,One,x\n")
    provided = imports.blocks_of(file)[0].provided
    params = {"merchant": shop.pk, "file": file.pk, "attributes": [], "extra": []}
    staging.prepare()
    with connection.cursor() as cursor:
        for statement in (publishing._upsert_products(provided, False), publishing.KEEP_OLD_TEXTS):
            cursor.execute(f"EXPLAIN {statement}", params)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            # by that index and no other; a bitmap of the one row it finds is as good
            assert "Scan using one_product_per_key" in plan or "Index Scan on one_product_per_key" in plan
            assert "Seq Scan on catalog_product" not in plan
