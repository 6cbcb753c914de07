"""Texts that were written to do harm: scripts, formulas, control characters, a title of ten thousand letters.

They come in through a catalog file as a shop's own, and are then looked for on every page, in every fragment and in
every file that leaves the product.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from catalog import services as catalog
from catalog.models import CatalogFile, FileStatus, Product
from copywriter import services as copywriter
from copywriter.compliance.book import RULES
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.addresses import GET, POST, SHOP_ADDRESSES
from tests.web.goods import import_file, make_draft
from tests.web.shops import Stocked, stock

pytestmark = pytest.mark.django_db

SCRIPT = "<script data-evil>alert(1)</script>"
BREAKOUT = "\"><img data-evil src=x onerror=alert(1)>'><b data-evil onmouseover='alert(1)'>"
FORMULA = "=cmd|' /C calc'!A0"
DIRECTIONS = "Bowl \u202egnp.exe\u202c \u2067right\u2069 \u200fend"
TEMPLATE = "{{ 7|add:7 }}{% csrf_token %}{# evil #}${7*7}"
CONTROLS = "Bowl\x07 \x1b[31mred\x1b[0m \u0085\u2028next \ufffe\ufeff"
LONG = "Oak " * 2_500
BODY = (
    '<p onclick="alert(1)" data-evil>Turned from oak.</p><a data-evil href="javascript:alert(1)">more</a>'
    '<svg data-evil onload=alert(1)><script data-evil>alert(1)</script></svg><iframe data-evil src="//evil"></iframe>'
    '<style data-evil>*{display:none}</style><form data-evil action="https://evil.example"><input name=x></form>'
)
HOSTILE = [SCRIPT, BREAKOUT, FORMULA, DIRECTIONS, TEMPLATE, CONTROLS, LONG]
COLUMNS = ["Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Option1 Name", "Option1 Value"]
COLUMNS += ["Variant SKU", "Variant Price"]


def catalog_of(titles: list[str]) -> str:
    """A Shopify export in which every cell that is shown anywhere is hostile."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for n, title in enumerate(titles):
        rows.writerow(
            [f"h{n}", title, BODY, BREAKOUT, SCRIPT, f"{SCRIPT}, {FORMULA}", "TRUE", SCRIPT, BREAKOUT, *own(n)]
        )
        rows.writerow([f"h{n}", "", "", "", "", "", "", "", SCRIPT, f"{BREAKOUT}{n}b", "2"])
    return out.getvalue()


def own(n: int) -> list[str]:
    return [f"{SCRIPT}{n}", FORMULA if n % 2 else "12.50"]


@pytest.fixture
def hostile(shop: Merchant, owner: User, staff: User) -> Stocked:
    Merchant.objects.filter(pk=shop.pk).update(name=BREAKOUT)
    User.objects.filter(pk=staff.pk).update(name=SCRIPT)
    shop.refresh_from_db()
    stocked = stock(shop, owner, staff, catalog_csv=catalog_of(HOSTILE))
    import_file(shop, owner, catalog_of(HOSTILE[:2]), name=f"{SCRIPT}.csv")  # so that there are two to choose from
    with merchant_scope(shop):
        products = list(Product.objects.order_by("pk"))
        opened = catalog.upload(f"{BREAKOUT}.csv", ContentFile(catalog_of(HOSTILE).encode()), by=owner)
    stocked.ids["open_file"] = opened.pk
    for product in products[2:]:
        make_draft(shop, product, text=f"{SCRIPT} {BREAKOUT} {product.title[:200]}. It is {FORMULA}. {BODY}")
    return stocked


class Look(HTMLParser):
    """Collects what only markup of ours may hold. `text` is what a person reads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.harm: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            text = (value or "").strip().lower()
            runs = name.startswith(("on", "hx-on")) or name in ("style", "srcdoc") or "evil" in name
            leads = name in ("src", "href", "action", "formaction", "hx-get", "hx-post") and not _is_ours(text)
            if runs or leads:
                self.harm.append(f"<{tag} {name}={text[:60]!r}>")
        if tag in ("iframe", "object", "embed", "base", "style") or (tag == "script" and "src" not in dict(attrs)):
            self.harm.append(f"<{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data


LAWS = frozenset(rule.source.url.lower() for rule in RULES.values())
"""Where the page of the rules leads to: addresses of ours, whole."""


def _is_ours(address: str) -> bool:
    return (
        address in LAWS or address in ("", "#main") or (address[0] in "/?#" and not address.startswith(("//", "/\\")))
    )


def pages(hostile: Stocked, client: Client) -> dict[str, str]:
    """Every page and fragment of the shop that shows something, by name."""
    found = {}
    for name, address in SHOP_ADDRESSES.items():
        if GET not in address.methods:
            continue
        for kind, headers in (("page", {}), ("fragment", {"HX-Request": "true"})):
            answer = client.get(hostile.path(name), headers=headers)
            if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
                assert answer.status_code == 200, name
                found[f"{name} {kind}"] = answer.content.decode()
    for name in ("copywriter:check", "catalog:reread"):
        data = hostile.data(name)
        data |= {key: BODY + BREAKOUT for key in data if key.endswith("-text")}
        if name == "catalog:reread":
            data |= {"format": "shopify", "delimiter": ",", "encoding": "utf-8"}
        found[name] = client.post(hostile.path(name), data, headers={"HX-Request": "true"}).content.decode()
    return found


def test_no_page_and_no_fragment_runs_or_loads_what_a_cell_says(hostile: Stocked, browser: Client) -> None:
    found = pages(hostile, browser)
    assert len(found) > 30
    assert {name: harm for name, page in found.items() if (harm := Look(page).harm)} == {}


SHOWN = {
    "catalog:product_list page": (SCRIPT, BREAKOUT, FORMULA, TEMPLATE),
    "catalog:product_detail page": (SCRIPT, BREAKOUT),
    "catalog:import_list page": (BREAKOUT,),
    "catalog:import_detail page": (BREAKOUT,),
    "catalog:reread": (SCRIPT, BREAKOUT),
    "copywriter:draft_list page": (SCRIPT, BREAKOUT, FORMULA),
    "copywriter:draft_detail page": (SCRIPT,),
    "copywriter:edit page": (SCRIPT,),
    "copywriter:check": ("onerror=alert",),  # claims inside it are marked, so it is not in one piece
    "copywriter:describe fragment": (SCRIPT,),
    "jobs:job page": (SCRIPT,),
    "tenancy:team page": (SCRIPT,),
    "tenancy:settings page": (BREAKOUT,),
    "dashboard page": (BREAKOUT,),
}


def test_the_merchant_reads_such_a_text_as_it_is(hostile: Stocked, browser: Client) -> None:
    """Else the test above would hold on pages that show nothing."""
    found = pages(hostile, browser)
    missing = []
    for name, texts in SHOWN.items():
        look = Look(found[name])
        values = found[name]  # of form fields, which are no text of the page
        missing += [(name, text) for text in texts if text not in look.text and _escaped(text) not in values]
    assert missing == []


def _escaped(text: str) -> str:
    from django.utils.html import escape

    return str(escape(text))


def test_answers_to_decisions_are_harmless(hostile: Stocked, browser: Client) -> None:
    """The bars and toasts that name the product."""
    for name in ("copywriter:accept", "copywriter:bulk", "copywriter:undo", "catalog:restore", "jobs:retry"):
        answer = browser.post(hostile.path(name), hostile.data(name), headers={"HX-Request": "true"})
        assert answer.status_code == 200, name
        assert Look(answer.content.decode()).harm == [], name
        assert "\n" not in answer.headers.get("HX-Trigger", "")


@pytest.mark.parametrize("words", [SCRIPT, BREAKOUT, FORMULA, "'; DROP TABLE catalog_product; --", "%_\\", "\x00", "("])
def test_words_in_the_address_are_harmless(hostile: Stocked, browser: Client, words: str) -> None:
    slug = {"slug": hostile.merchant.slug}
    for name, keys in {
        "catalog:product_list": ("query", "vendor", "product_type", "status", "state", "after", "before"),
        "copywriter:draft_list": ("status", "job", "after", "before"),
        "copywriter:describe": ("query", "ids", "state"),
        "jobs:job_list": ("status", "before"),
        "catalog:import_list": ("after",),
    }.items():
        for key in keys:
            answer = browser.get(reverse(name, kwargs=slug), {key: words, **({"all": "1"} if key == "query" else {})})
            assert answer.status_code == 200, (name, key)
            assert Look(answer.content.decode()).harm == [], (name, key)


def test_what_is_not_ours_leaves_as_it_came_and_what_is_ours_is_no_formula(
    hostile: Stocked, browser: Client, shop: Merchant, owner: User
) -> None:
    before = catalog_of(HOSTILE)
    with merchant_scope(shop):
        third = Product.objects.order_by("pk")[2]
    draft = make_draft(shop, third, text=f"{FORMULA} {SCRIPT}")
    with merchant_scope(shop):
        copywriter.accept(draft, by=owner)
    answer = browser.get(hostile.path("catalog:download"))
    after = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    old, new = list(csv.reader(io.StringIO(before))), list(csv.reader(io.StringIO(after)))
    changed = [
        (row, column)
        for row, (left, right) in enumerate(zip(old, new, strict=True))
        for column, (one, two) in enumerate(zip(left, right, strict=True))
        if one != two
    ]
    assert changed == [(3, 2), (5, 2)]  # the second product was described by the shop's stock, the third here
    assert new[5][2] == "<p>=cmd|' /C calc'!A0 &lt;script data-evil&gt;alert(1)&lt;/script&gt;</p>"


def test_a_description_in_a_plain_file_is_no_formula(browser: Client, shop: Merchant, owner: User) -> None:
    file = import_file(shop, owner, "Name;Article;Description;Material\nBowl;A1;;Oak\n", name="plain.csv")
    for text in (FORMULA, "+1", "-1", "@SUM(1)", "\t=1", "\r=1"):
        with merchant_scope(shop):
            catalog.set_description(Product.objects.get(), text, "model", owner)
        answer = browser.get(reverse("catalog:download", kwargs={"slug": shop.slug, "pk": file.pk}))
        row = next(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()), delimiter=";"))  # type: ignore[attr-defined]
        assert row["Description"].lstrip()[0] not in "=+-@", text


def test_the_list_of_refused_rows_holds_no_formula(hostile: Stocked, browser: Client) -> None:
    rows = csv.reader(io.StringIO(browser.get(hostile.path("catalog:issues_csv")).content.decode("utf-8-sig")))
    cells = [cell for row in rows for cell in row]
    assert any(FORMULA in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_a_files_name_says_nothing_to_the_browser(browser: Client, shop: Merchant, owner: User) -> None:
    for name in ('a";\r\nSet-Cookie: evil=1;.csv', "../../../etc/passwd.csv", f"{SCRIPT}.csv", "页\u202evsc.csv"):
        file = import_file(shop, owner, "Name;Article\nBowl;A1\n", name=name)
        answer = browser.get(reverse("catalog:download", kwargs={"slug": shop.slug, "pk": file.pk}))
        sent = answer.headers["Content-Disposition"]
        assert sent.startswith("attachment")
        assert not set(sent) & {"\r", "\n", "/"}, sent
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_nul_is_refused_with_its_row_and_nothing_else_is_lost(browser: Client, shop: Merchant, owner: User) -> None:
    file = import_file(shop, owner, "Name;Article\nBo\x00wl;A1\nCup;A2\n", name="nul.csv")
    assert file.status == FileStatus.PUBLISHED
    page = browser.get(reverse("catalog:import_detail", kwargs={"slug": shop.slug, "pk": file.pk})).content.decode()
    assert "NUL" in page
    with merchant_scope(shop):
        assert list(Product.objects.values_list("title", flat=True)) == ["Cup"]


def test_a_title_of_ten_thousand_letters_is_one_product(hostile: Stocked, browser: Client, shop: Merchant) -> None:
    with merchant_scope(shop):
        assert Product.objects.count() == len(HOSTILE)
        long = Product.objects.get(title__startswith="Oak Oak")
        assert CatalogFile.objects.get(pk=hostile.ids["file"]).status == FileStatus.PUBLISHED
    page = browser.get(reverse("catalog:product_detail", kwargs={"slug": shop.slug, "pk": long.pk}))
    assert page.status_code == 200
    assert page.content.decode().count("Oak Oak Oak") < 20_000


def test_the_letter_to_an_invited_person_is_plain(
    hostile: Stocked, browser: Client, mailoutbox: list[Any], as_user: Callable[[User], Client]
) -> None:
    data = {"email": "guest@example.com", "role": "staff"}
    assert browser.post(hostile.path("tenancy:invite"), data).status_code == 200
    letter = mailoutbox[-1]
    assert "\n" not in letter.subject
    for body, kind in getattr(letter, "alternatives", []):
        assert kind != "text/html" or Look(str(body)).harm == []
    assert POST in SHOP_ADDRESSES["tenancy:invite"].methods
