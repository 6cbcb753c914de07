"""From an uploaded file to its reviews, and back."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from catalog import services as catalog
from catalog.errors import CatalogError
from catalog.models import Product, Severity
from foundation.jobs import services as jobs
from foundation.jobs.models import Job, JobStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import create_merchant
from reviews import services
from reviews.counting import counted
from reviews.jobs import ImportReviews
from reviews.models import Review, ReviewAuthor, ReviewFile, ReviewFileStatus, ReviewRowIssue
from reviews.sentences import ReviewError
from tests.reviews.factories import (
    REVIEWS,
    as_csv,
    as_json_lines,
    fresh,
    products,
    publish,
    run,
    take_back,
    take_in,
    texts,
    upload,
)


def test_rows_become_reviews_with_product_stars_day_and_author(shop: Merchant) -> None:
    known = products()
    file = take_in(REVIEWS)
    assert file.status == ReviewFileStatus.PUBLISHED
    assert file.counts == {
        "rows": 4, "reviews": 4, "blank": 0, "skipped": 0, "new": 4, "known": 0, "matched": 3,
    }  # fmt: skip
    first, second, third, fourth = Review.objects.select_related("author", "product").order_by("pk")
    assert (first.product, first.rating, first.written_on, first.source_id) == (
        known["mug"], 5, date(2024, 5, 1), "r-1",
    )  # fmt: skip
    assert second.product == known["scarf"]
    assert (first.author.name, first.author.contact) == ("Ann", "ann@example.com")
    assert third.author == first.author
    assert (fourth.product, fourth.author, fourth.product_key) == (None, None, "GONE")
    assert first.language == "en"
    assert ReviewAuthor.objects.count() == 2


def test_the_same_file_again_adds_nothing(shop: Merchant) -> None:
    take_in(REVIEWS)
    again = take_in(REVIEWS, "renamed.csv")
    assert (again.counts["new"], again.counts["known"]) == (0, 4)
    assert Review.objects.count() == 4
    assert not ReviewRowIssue.objects.exists()


def test_without_ids_product_text_day_and_author_tell_reviews_apart(shop: Merchant) -> None:
    head = ("Product", "Review", "Date", "Author")
    rows = [
        ("Mug", "Fine.", "2024-05-01", "Ann"),
        ("Mug", "Fine.", "2024-05-01", "Ann"),
        ("Mug", " Fine. ", "2024/05/01", "ann"),
        ("Bowl", "Fine.", "2024-05-01", "Ann"),
        ("Mug", "Fine.", "2024-05-02", "Ann"),
        ("Mug", "Fine.", "2024-05-01", "Ben"),
    ]
    file = take_in(as_csv(head, *rows))
    assert (file.counts["new"], file.counts["known"]) == (4, 2)
    products()
    assert take_in(as_csv(head, *rows)).counts["new"] == 0


def test_an_id_over_another_text_is_told_and_loses_no_other_row(shop: Merchant) -> None:
    take_in(as_csv(("id", "review"), ("1", "Mine is fine.")))
    file = take_in(as_csv(("id", "review"), ("1", "Another place's."), ("2", "New."), ("2", "Twice.")))
    assert (file.counts["new"], file.counts["known"]) == (1, 2)
    assert [(issue.row, issue.code) for issue in file.issues.order_by("row")] == [(2, "other_text"), (4, "other_text")]
    assert "say in “Where they come from”" in file.issues.order_by("row")[0].reason
    other = upload(as_csv(("id", "review"), ("1", "Another place's.")))
    services.reread(other, mapping={**other.mapping, "source_name": " Trust\0pilot "})
    assert publish(other).counts["new"] == 1
    assert Review.objects.get(text="Another place's.").source == "Trustpilot"


@pytest.mark.parametrize(
    ("column", "cell", "code", "told"),
    [
        ("Review", " ", "no_text", "Add the text"),
        ("Review", "null", "no_text", "Add the text"),
        ("Rating", "6", "not_stars", "“6” is no rating from 1 to 5"),
        ("Rating", "0", "not_stars", "leave it empty"),
        ("Date", "soon", "not_a_date", "Write it as 2024-05-31"),
        ("Date", "2999-01-01", "not_a_date", "lies in the future"),
        ("Date", "2024-02-31", "not_a_date", "“2024-02-31”"),
        ("SKU", "x" * 256, "too_long", "255 characters"),
    ],
)
def test_a_bad_row_is_an_issue_that_says_what_to_do_and_loses_no_other(
    shop: Merchant, column: str, cell: str, code: str, told: str
) -> None:
    head = ["Review", "Rating", "Date", "SKU"]
    good = {"Review": "Good.", "Rating": "5", "Date": "2024-05-01", "SKU": "A"}
    bad = {**good, "Review": "Bad.", column: cell}
    rows = [[{**good, "Review": f"Good {n}."}[name] for name in head] for n in range(12)]
    file = take_in(as_csv(head, rows[0], [bad[name] for name in head], *rows[1:]))
    assert (file.counts["new"], file.counts["skipped"]) == (12, 1)
    issue = ReviewRowIssue.objects.get(file=file)
    assert (issue.row, issue.column, issue.code, issue.severity) == (3, column, code, Severity.ERROR)
    assert told in issue.reason
    assert "Bad." not in texts()


def test_json_lines_are_read_with_what_lies_deeper(shop: Merchant) -> None:
    lines = as_json_lines(
        {
            "reviewId": "a",
            "stars": 5.0,
            "text": "Great\u2028mug",
            "reviewer": {"name": "Ann"},
            "timestamp": 1588687728923,
        },
        {"reviewId": "b", "stars": 1, "text": "Broke HALF", "reviewer": {"name": "Ben"}},
    )
    file = take_in(lines.replace("HALF", "\\ud83d") + "\nno json\n\n[1]\n", "reviews.jsonl")
    assert file.detection["container"] == "jsonl"
    assert file.counts == {
        "rows": 5, "reviews": 2, "blank": 1, "skipped": 2, "new": 2, "known": 0, "matched": 0,
    }  # fmt: skip
    assert [(issue.row, issue.code) for issue in file.issues.order_by("row")] == [
        (3, "not_an_object"),
        (5, "not_an_object"),
    ]
    first = Review.objects.select_related("author").get(source_id="a")
    assert (first.text, first.rating, first.written_on) == ("Great\u2028mug", 5, date(2020, 5, 5))
    assert first.author.name == "Ann"
    assert Review.objects.get(source_id="b").text == "Broke \N{REPLACEMENT CHARACTER}"


def test_a_catalog_is_not_read_as_json_lines(shop: Merchant) -> None:
    """Its export would have to write them back."""
    file = catalog.upload("c.jsonl", io.BytesIO(b'{"title": "Mug", "price": 3}\n{"title": "Bowl", "price": 4}\n'))
    assert file.detection["container"] == "csv"


def test_days_and_months_are_told_apart_by_the_column(shop: Merchant) -> None:
    head = ("review", "date")
    file = take_in(as_csv(head, ("One.", "3/4/2024"), ("Two.", "25/4/2024")))
    assert file.mapping["dates"] == "dmy"
    assert Review.objects.get(text="One.").written_on == date(2024, 4, 3)
    unclear = upload(as_csv(head, ("Three.", "3/4/2024")))
    assert unclear.mapping["dates"] == "mdy"
    services.reread(unclear, mapping={**unclear.mapping, "dates": "dmy"})
    publish(unclear)
    assert Review.objects.get(text="Three.").written_on == date(2024, 4, 3)


def test_undo_takes_back_exactly_what_the_file_brought(shop: Merchant) -> None:
    first = take_in(REVIEWS)
    second = take_in(REVIEWS + "r-5,MUG,3,2024-06-01,Average.,Cem,cem@example.com\n")
    assert second.counts["new"] == 1
    undone = take_back(second)
    assert (undone.status, undone.counts) == (ReviewFileStatus.UNDONE, {})
    assert Review.objects.filter(file=first).count() == Review.objects.count() == 4
    assert set(ReviewAuthor.objects.values_list("name", flat=True)) == {"Ann", "Ben"}
    assert publish(undone).counts["new"] == 1


def test_a_file_is_worked_on_by_one_job_at_a_time(shop: Merchant) -> None:
    file = upload(REVIEWS)
    job = services.confirm(file)
    for verb in (services.confirm, services.undo, services.discard, services.reread):
        with pytest.raises((ReviewError, CatalogError)):
            verb(fresh(file))
    run(job)
    with pytest.raises(ReviewError, match="worked on"):
        services.confirm(fresh(file))
    back = services.undo(fresh(file))
    with pytest.raises(ReviewError, match="nothing to take back"):
        services.undo(fresh(file))
    jobs.cancel(back)
    assert fresh(file).state == ReviewFileStatus.PUBLISHED
    assert Review.objects.count() == 4
    assert take_back(fresh(file)).state == ReviewFileStatus.UNDONE


def test_a_cancelled_import_leaves_nothing_and_can_be_read_anew(shop: Merchant) -> None:
    file = upload(REVIEWS)
    jobs.cancel(services.confirm(file))
    assert (fresh(file).state, Review.objects.count()) == (ReviewFileStatus.CANCELLED, 0)
    services.reread(fresh(file), mapping=file.mapping)
    assert publish(fresh(file)).counts["new"] == 4


def test_an_import_that_is_stopped_on_the_way_writes_nothing(shop: Merchant) -> None:
    file = upload(REVIEWS)
    job = services.confirm(file)
    Job.objects.filter(pk=job.pk).update(status=JobStatus.CANCELLED)
    kind = ImportReviews()
    assert list(kind.process(job, list(job.items.all()), lambda: True)) == []
    assert (fresh(file).status, Review.objects.count()) == (ReviewFileStatus.CANCELLED, 0)


def test_a_file_without_one_usable_row_fails_and_says_which(shop: Merchant) -> None:
    file = take_in(as_csv(("review", "stars"), ("", "5"), (" ", "4")))
    assert file.state == ReviewFileStatus.FAILED
    assert "No review could be read" in file.error
    assert [(issue.row, issue.code) for issue in file.issues.order_by("row")] == [(2, "no_text"), (3, "no_text")]


def test_a_column_must_hold_the_texts(shop: Merchant) -> None:
    file = upload("a,b\n1,2\n3,4\n")
    assert file.status == ReviewFileStatus.UPLOADED
    with pytest.raises(ReviewError, match="Choose the column"):
        services.confirm(file)
    with pytest.raises(CatalogError, match="no column"):
        services.reread(file, mapping={"text": "c"})
    services.reread(file, mapping={"text": "b", "nonsense": "a"})
    assert (file.status, file.mapping) == (ReviewFileStatus.READY, {"text": "b", "dates": "mdy"})
    with pytest.raises(ReviewError, match="day or the month"):
        services.reread(file, mapping={"text": "b", "dates": "ymd"})


def test_what_is_counted_before_is_what_happens(shop: Merchant) -> None:
    products()
    take_in(REVIEWS)
    more = REVIEWS + "r-5,MUG,9,2024-06-01,Nine stars.,,\nr-6,,4,2024-06-01,Nice shop.,,\nr-6,,4,,Nice shop.,,\n"
    file = upload(more)
    found = counted(file)
    assert found is not None
    done = publish(file).counts
    assert (found.new, found.known, found.tally.skipped) == (done["new"], done["known"], done["skipped"]) == (1, 5, 1)
    assert (found.named, found.matched, found.unmatched) == (4, 3, 1)
    assert [(reason.rows, reason.text) for reason in found.reasons] == [(1, "no rating from 1 to 5 in “Rating”")]


def test_discarding_removes_the_stored_bytes(shop: Merchant, django_capture_on_commit_callbacks: object) -> None:
    file = upload(REVIEWS)
    path = file.absolute_path
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        services.discard(file)
    assert not path.exists()
    assert not ReviewFile.objects.exists()


def test_parts_meet_the_reviews_of_the_part_before(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviews.services.imports.PART", 2)
    monkeypatch.setattr("catalog.reading.table.BLOCK", 2)
    rows = [(f"Text {n % 3}.",) for n in range(9)]
    file = take_in(as_csv(("review",), *rows))
    assert (file.counts["new"], file.counts["known"]) == (3, 6)


def test_another_shop_has_its_own(shop: Merchant, owner: User) -> None:
    take_in(REVIEWS)
    other = create_merchant("Other", owner)
    with merchant_scope(other):
        products()
        file = take_in(REVIEWS)
        assert file.counts["new"] == 4
        theirs = Review.objects.filter(product__isnull=False)[0]
    assert Review.objects.count() == 4
    mine = Review.objects.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=mine.pk).update(product_id=theirs.product_id)
    assert Product.objects.count() == 0


def test_a_rating_out_of_range_can_not_be_stored(shop: Merchant) -> None:
    take_in(REVIEWS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.update(rating=6)
