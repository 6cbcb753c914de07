"""How sure a text is, on its card."""

from __future__ import annotations

from django.test import Client

from catalog.models import Product
from copywriter.writing.scoring import Marks, Score
from copywriter.writing.sketch import Near
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import make_draft
from tests.web.reviewing import queue


def test_a_card_tells_its_score(browser: Client, shop: Merchant, product: Product) -> None:
    other, draft = make_draft(shop, product), make_draft(shop, product)
    marks = Marks(backed=0.5, coverage=0.5, length=1, repetition=1, readability=1, naming=1, ease=0.5)
    near = Near(other.pk, "Mug <red>", 0.87, same=False)
    score = Score(marks, told=5, wanted=6, missing=("Care",), removed=2).beside(near)
    with merchant_scope(shop):
        draft.score, draft.confidence = score.as_json(), score.confidence
        draft.save()
    page = queue(browser, shop)
    assert "Tells 5 of 6 facts; leaves out: Care" in page
    assert "2 sentences had to go" in page
    assert "Much like the text of Mug &lt;red&gt; (87 % the same)" in page
    assert f"/m/{shop.slug}/drafts/{other.pk}/" in page


def test_a_draft_of_an_earlier_version_has_none(browser: Client, shop: Merchant, product: Product) -> None:
    make_draft(shop, product)
    assert "Tells" not in queue(browser, shop)
