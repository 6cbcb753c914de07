"""Comments on drafts, what an earlier draft leaves on a card, and all texts of a product."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from catalog import services as catalog_services
from catalog.models import Product
from copywriter import services
from copywriter.models import Comment, Draft, DraftStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import SCRIPT, fresh, make_draft, make_product
from tests.web.reviewing import HTMX, act, queue


def say(browser: Client, shop: Merchant, draft: Draft, text: str, **headers: str) -> object:
    return act(browser, shop, f"{draft.pk}/comments/", {f"draft-{draft.pk}-comment": text}, **headers)


def test_everybody_of_the_shop_comments_and_takes_back_only_their_own(
    browser: Client, shop: Merchant, draft: Draft, staff: User, as_user: Callable[[User], Client]
) -> None:
    answer = say(browser, shop, draft, f"  Is it oak? {SCRIPT} ", **HTMX).content.decode()
    assert "1 comment" in answer
    assert "Is it oak? &lt;script&gt;" in answer
    assert "Olga Owner" in answer
    theirs = as_user(staff)
    assert "2 comments" in say(theirs, shop, draft, "Yes.", **HTMX).content.decode()
    page = queue(theirs, shop)
    assert "Is it oak?" in page
    with merchant_scope(shop):
        first, second = Comment.objects.order_by("pk")
    assert f"comments/{second.pk}/delete/" in page
    assert f"comments/{first.pk}/delete/" not in page
    refused = theirs.post(f"/m/{shop.slug}/comments/{first.pk}/delete/", headers=HTMX)
    assert (refused.status_code, "Only the person who wrote" in refused.content.decode()) == (422, True)
    assert "1 comment" in theirs.post(f"/m/{shop.slug}/comments/{second.pk}/delete/", headers=HTMX).content.decode()
    assert say(browser, shop, draft, "Fine.").headers["Location"] == f"/m/{shop.slug}/drafts/{draft.pk}/"


@pytest.mark.parametrize(("text", "sentence"), [("  ", "Write something first."), ("x" * 2001, "at most 2000 fit")])
def test_what_cannot_be_kept_stays_in_the_field(
    browser: Client, shop: Merchant, draft: Draft, text: str, sentence: str
) -> None:
    answer = say(browser, shop, draft, text, **HTMX)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert text in answer.content.decode()
    with merchant_scope(shop):
        assert not Comment.objects.exists()


def test_another_shops_drafts_cannot_be_commented(
    browser: Client, shop: Merchant, stranger: User, as_user: Callable[[User], Client], draft: Draft
) -> None:
    other = stranger.memberships.get().merchant
    theirs = make_draft(other, make_product(other, "Theirs"))
    assert say(browser, shop, theirs, "Hello").status_code == 404
    with merchant_scope(shop):
        mine = services.comment(draft, "Ours.", by=shop.people.get())
    assert as_user(stranger).post(f"/m/{other.slug}/comments/{mine.pk}/delete/").status_code == 404


def test_a_card_says_which_draft_it_replaces_and_which_waits_beside_it(
    browser: Client, shop: Merchant, product: Product
) -> None:
    make_draft(shop, product, status=DraftStatus.REPLACED)
    edited = make_draft(shop, product, "Edited.", original_text="Written.")
    newest = make_draft(shop, product, "Newest.")
    page = browser.get(f"/m/{shop.slug}/drafts/{newest.pk}/", headers=HTMX).content.decode()
    assert "Replaces a draft of" in page
    assert "An edited draft of" in page
    assert f"/drafts/{edited.pk}/" in page
    replaced = browser.get(f"/m/{shop.slug}/drafts/?status=replaced").content.decode()
    assert "Replaced" in replaced
    assert "drafts/undo/" not in replaced[replaced.index("<article") : replaced.index("</article")]


def test_all_texts_of_a_product_with_how_each_came_about(
    browser: Client, shop: Merchant, product: Product, owner: User
) -> None:
    first = make_draft(
        shop, product, "The oak bowl is made of oak.", model="SmolLM2", prompt_version="7", seed=4711, voice="Harbour"
    )
    act(browser, shop, f"{first.pk}/accept/", {f"draft-{first.pk}-text": "The oak bowl is made of old oak."})
    with merchant_scope(shop):
        catalog_services.set_description(fresh(shop, product), "By hand, of oak.", "person", owner)
    make_draft(shop, product, "A title", kind="title")
    make_draft(shop, product, "", status=DraftStatus.REFUSED, reason="thin:material")
    page = browser.get(f"/m/{shop.slug}/products/{product.pk}/texts/").content.decode()
    body = page[page.index("<main") :]
    order = [body.index(text) for text in ("Person", "Edited by", "From the file")]
    assert order == sorted(order)
    for told in ("SmolLM2", "4711", "Harbour", "Edited by", "Olga Owner", "Accepted", "In the catalog now"):
        assert told in body
    assert f"/jobs/{first.job_id}/" in body
    assert "<ins>" in body
    assert "A title" not in body
    titles = browser.get(f"/m/{shop.slug}/products/{product.pk}/texts/?kind=title").content.decode()
    assert "A title" in titles
    assert f"products/{product.pk}/texts/" in browser.get(f"/m/{shop.slug}/products/{product.pk}/").content.decode()


def test_the_texts_come_in_pages(
    browser: Client, shop: Merchant, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copywriter.reviewing.text_history.TEXTS_A_PAGE", 2)
    for number in range(3):
        make_draft(shop, product, f"Text number {number}.")
    url = f"/m/{shop.slug}/products/{product.pk}/texts/"
    first, second = (browser.get(f"{url}?page={page}").content.decode() for page in (1, 2))
    assert "page=2" in first
    assert "Text number 0" not in first
    assert "Old text: the oak bowl" in second
    assert browser.get(f"{url}?page=99999999999999999999").status_code == 200


def test_the_editor_shows_the_text_that_it_would_replace(browser: Client, shop: Merchant, draft: Draft) -> None:
    page = browser.get(f"/m/{shop.slug}/drafts/{draft.pk}/edit/", headers=HTMX).content.decode()
    assert "Old text: the oak bowl is made of wood." in page
