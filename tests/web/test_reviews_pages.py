"""The pages of reviews: upload, preview, result, list, one review, writing one in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import conditional_escape

from foundation.jobs.models import Job
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from reviews.models import Review, ReviewAuthor, ReviewFile, ReviewFileStatus
from reviews.sentences import ROWS, skipped
from tests.web.goods import BREAKOUT, REVIEWS_CSV, SCRIPT, import_reviews, make_product

pytestmark = pytest.mark.usefixtures("no_wake_ups")
HTMX = {"HX-Request": "true"}
Ask = Callable[..., str]
GERMAN = "Drei Tassen aus gutem Holz, sehr schön."


@pytest.fixture
def page(browser: Client, shop: Merchant) -> Ask:
    def ask(path: str = "", **headers: str) -> str:
        answer = browser.get(f"/m/{shop.slug}/reviews/{path}", headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


@pytest.fixture
def send(browser: Client, shop: Merchant) -> Callable[..., object]:
    def post(path: str, data: dict[str, object] | None = None, **headers: str) -> object:
        return browser.post(f"/m/{shop.slug}/reviews/{path}", data or {}, headers=headers)

    return post


def uploaded(text: str | bytes = REVIEWS_CSV, name: str = "reviews.csv") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)}


def newest(shop: Merchant) -> ReviewFile:
    with merchant_scope(shop):
        return ReviewFile.objects.latest("pk")


def texts(shop: Merchant) -> set[str]:
    with merchant_scope(shop):
        return set(Review.objects.values_list("text", flat=True))


def test_an_empty_shop_is_told_what_to_do(page: Ask) -> None:
    assert "No reviews yet" in page()
    assert "No files yet" in page("import/")


def test_upload_leads_to_a_preview_that_counts_and_says_why_rows_go(
    send: Callable[..., object], page: Ask, shop: Merchant
) -> None:
    make_product(shop, "Oak bowl", sku="OB-S")
    answer = send("import/", uploaded(), **HTMX)
    file = newest(shop)
    assert answer.headers["HX-Redirect"] == f"/m/{shop.slug}/reviews/import/{file.pk}/"
    assert file.status == ReviewFileStatus.READY
    shown = page(f"import/{file.pk}/")
    assert "The Oak bowl is well made." in shown
    assert '<option value="Review" selected>' in shown
    bar = page(f"import/{file.pk}/count/")
    assert "2 new reviews" in bar
    assert "1 row: no text in “Review”." in bar
    assert "1 names a product that is not in the catalog" in bar
    assert "here already" not in bar
    assert texts(shop) == set()


@pytest.mark.parametrize(("content", "told"), [(b"", "The file is empty"), (b"%PDF-1.7 x", "This is a PDF file")])
def test_what_is_no_table_is_refused_with_a_sentence(
    send: Callable[..., object], shop: Merchant, content: bytes, told: str
) -> None:
    answer = send("import/", uploaded(content), **HTMX)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_what_is_chosen_otherwise_is_kept_and_shown(send: Callable[..., object], shop: Merchant, page: Ask) -> None:
    send("import/", uploaded())
    file = newest(shop)
    kept = {"encoding": "utf-8", "delimiter": ";", "has_header": "yes"}
    chosen = {**kept, "map-text": "Author", "map-dates": "dmy", "map-source_name": "Market"}
    shown = send(f"import/{file.pk}/reread/", chosen, **HTMX).content.decode()
    assert '<option value="Author" selected>' in shown
    assert 'value="Market"' in shown
    assert newest(shop).mapping == {"text": "Author", "dates": "dmy", "source_name": "Market"}
    wrong = send(f"import/{file.pk}/reread/", {**chosen, "map-text": "Nowhere"}, **HTMX)
    assert (wrong.status_code, newest(shop).mapping["text"]) == (422, "Author")
    narrow = send(f"import/{file.pk}/reread/", {**chosen, "delimiter": ","}, **HTMX)
    assert narrow.status_code == 200
    assert newest(shop).mapping["source_name"] == "Market"


def test_confirming_queues_once_and_shows_progress(send: Callable[..., object], shop: Merchant, page: Ask) -> None:
    send("import/", uploaded())
    file = newest(shop)
    send(f"import/{file.pk}/confirm/")
    send(f"import/{file.pk}/confirm/")
    with merchant_scope(shop):
        assert Job.objects.filter(kind="reviews.import").count() == 1
    shown = page(f"import/{file.pk}/", **HTMX)
    assert "Waiting for a worker" in shown
    assert "data-polling" in shown


def test_a_result_tells_its_counts_and_its_rows_and_offers_to_take_it_back(
    page: Ask, shop: Merchant, owner: User, send: Callable[..., object], browser: Client
) -> None:
    file = import_reviews(shop, owner, REVIEWS_CSV)
    shown = page(f"import/{file.pk}/")
    assert "data-polling" not in shown
    assert "The row has no text" in shown
    assert "2 reviews go." in shown
    table = browser.get(f"/m/{shop.slug}/reviews/import/{file.pk}/issues.csv")
    assert table.headers["Content-Disposition"] == 'attachment; filename="reviews-rows.csv"'
    assert "4,Review,Error," in table.content.decode()
    send(f"import/{file.pk}/undo/")
    assert newest(shop).status == ReviewFileStatus.UNDOING


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"One.", "Two.", GERMAN, "Four."}),
        ("stars=5", {"One."}),
        ("stars=0", {"Four."}),
        ("source=Market", {"Two."}),
        ("language=de", {GERMAN}),
        ("unmatched=1", {"Two.", GERMAN, "Four."}),
        ("stars=5&unmatched=1", set()),
        ("stars=9&language=%00&product=x&file=-1&after=x.y&before=20241399.1", None),
    ],
)
def test_the_list_is_narrowed(page: Ask, shop: Merchant, owner: User, query: str, expected: set[str] | None) -> None:
    make_product(shop, "Oak bowl", sku="OB")
    rows = f"One.;5;Shop;OB\nTwo.;1;Market;\n{GERMAN};2;Shop;\nFour.;;Shop;NO\n"
    import_reviews(shop, owner, f"text;stars;source;sku\n{rows}")
    shown = page(f"?{query}", **HTMX)
    found = {text for text in texts(shop) if text in shown}
    assert found == (texts(shop) if expected is None else expected)
    assert ("No review matches" in shown) == (not found)


def test_a_products_and_a_files_reviews_alone(page: Ask, shop: Merchant, owner: User) -> None:
    bowl = make_product(shop, "Oak bowl", sku="OB")
    first = import_reviews(shop, owner, "text,sku\nOne.,OB\nTwo.,\n")
    import_reviews(shop, owner, "text,sku\nThree.,OB\n")
    shown = page(f"?product={bowl.pk}&file={first.pk}")
    assert "One." in shown
    assert "Two." not in shown
    assert "Three." not in shown
    assert "Only “Oak bowl”" in shown


def test_pages_are_walked_newest_first_and_back(page: Ask, shop: Merchant, owner: User) -> None:
    """Reviews of one day, of other days and without a day, each shown once."""
    rows = "\n".join(f"Text-{n:03}-,{'' if n % 7 == 0 else f'2024-05-{n % 9 + 1:02}'}" for n in range(75))
    import_reviews(shop, owner, f"text,date\n{rows}\n")
    with merchant_scope(shop):
        order = [text for (text,) in Review.objects.order_by("-day", "-pk").values_list("text")]
    seen: list[list[str]] = []
    path = ""
    while True:
        shown = page(path)
        seen.append([text for text in order if text in shown])
        if 'rel="next"' not in shown:
            break
        path = shown.split('rel="next" href="')[1].partition('"')[0]
    assert [text for each in seen for text in each] == order
    assert [len(each) for each in seen] == [30, 30, 15]
    back = page(shown.split('rel="prev" href="')[1].partition('"')[0])
    assert [text for text in order if text in back] == seen[1]


@pytest.mark.parametrize("hostile", [SCRIPT, BREAKOUT, "{{ merchant.name }} {% now 'Y' %}"])
def test_what_customers_write_is_shown_as_text(page: Ask, shop: Merchant, owner: User, hostile: str) -> None:
    quoted = '"' + hostile.replace('"', '""') + '"'
    import_reviews(shop, owner, f"text,author,product,source\n{quoted} x,{quoted},{quoted},{quoted}\n")
    with merchant_scope(shop):
        pk = Review.objects.get().pk
    for path in ("", f"{pk}/"):
        shown = page(path)
        assert SCRIPT not in shown
        assert "<img src=x" not in shown
        assert conditional_escape(hostile) in shown


def test_a_very_long_review_is_cut_in_the_list_and_whole_on_its_page(page: Ask, shop: Merchant, owner: User) -> None:
    import_reviews(shop, owner, "text\n" + "word " * 4_000 + "theend\n")
    with merchant_scope(shop):
        pk = Review.objects.get().pk
    assert "theend" not in page()
    assert "theend" in page(f"{pk}/")


def test_writing_one_in_and_removing_it(send: Callable[..., object], page: Ask, shop: Merchant) -> None:
    bowl = make_product(shop, "Oak bowl", sku="OB")
    data = {"text": "Just right.", "rating": "4", "product": "ob", "author": "Ann", "written_on": "2024-05-01"}
    made = send("add/", data)
    assert made.status_code == 302
    with merchant_scope(shop):
        review = Review.objects.select_related("author").get()
        assert (review.product_id, review.rating, review.author.name) == (bowl.pk, 4, "Ann")
    assert "Written in by hand" in page(f"{review.pk}/")
    again = send("add/", data)
    assert (again.status_code, "here already" in again.content.decode()) == (422, True)
    for wrong in ({"text": ""}, {"text": "x", "rating": "6"}, {"text": "x", "written_on": "2999-01-01"}):
        assert send("add/", wrong).status_code == 422
    send(f"{review.pk}/remove/")
    assert texts(shop) == set()


def test_an_authors_data_is_removed_from_its_review(
    send: Callable[..., object], page: Ask, shop: Merchant, owner: User
) -> None:
    import_reviews(shop, owner, REVIEWS_CSV)
    with merchant_scope(shop):
        author = ReviewAuthor.objects.get()
        pk = Review.objects.get(author=author).pk
    assert "rita@example.com" in page(f"{pk}/")
    send(f"authors/{author.pk}/remove/")
    shown = page(f"{pk}/")
    assert "Rita" not in shown
    assert "well made" in shown
    with merchant_scope(shop):
        assert not ReviewAuthor.objects.exists()


def test_looking_for_products_again(send: Callable[..., object], page: Ask, shop: Merchant, owner: User) -> None:
    import_reviews(shop, owner, REVIEWS_CSV)
    assert "Look again" in page()
    answer = send("match/")
    with merchant_scope(shop):
        job = Job.objects.get(kind="reviews.match")
    assert answer.headers["Location"].endswith(f"/jobs/{job.pk}/")


def test_every_row_that_is_skipped_has_its_reason_in_short() -> None:
    warnings = {"several_products"}
    for code in ROWS.keys() - warnings:
        assert skipped(code, "Column")
