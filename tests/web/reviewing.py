"""How the tests use the review pages."""

from __future__ import annotations

from django.test import Client

from copywriter.models import Draft
from foundation.tenancy.models import Merchant
from tests.web.goods import fresh

HTMX = {"HX-Request": "true"}


def queue(browser: Client, shop: Merchant, query: str = "", **headers: str) -> str:
    answer = browser.get(f"/m/{shop.slug}/drafts/{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def act(browser: Client, shop: Merchant, action: str, data: object = None, **headers: str) -> object:
    return browser.post(f"/m/{shop.slug}/drafts/{action}", data or {}, headers=headers)


def status(shop: Merchant, draft: Draft) -> str:
    return fresh(shop, draft).status
