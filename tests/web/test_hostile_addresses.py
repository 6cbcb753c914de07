"""Cursors and ids in addresses that nobody's page has written: the first page, never an error."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from copywriter.models import Draft
from foundation.tenancy.models import Merchant, User
from tests.web import goods
from tests.web.reviewing import HTMX

HOSTILE = ["٣", "1e9", "\0", "-1", "1_0", "１", "' OR 1=1", "9223372036854775808", "9" * 5000]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:20])
def test_a_cursor_that_is_none_is_the_first_page(
    browser: Client, shop: Merchant, owner: User, draft: Draft, value: str
) -> None:
    goods.import_file(shop, owner, goods.PLAIN_CSV, "harbour.csv")
    sent = quote(value)
    for path, first in [
        (f"products/?after={sent}", "Oak bowl"),
        (f"products/?before={sent}", "Oak bowl"),
        (f"products/?state=waiting&after={sent}&before={sent}", "Oak bowl"),
        (f"imports/?after={sent}", "harbour.csv"),
        (f"drafts/?job={sent}&after={sent}", "Oak bowl"),
        (f"drafts/?before={sent}", "Oak bowl"),
        (f"jobs/?before={sent}", "Write descriptions"),
        (f"jobs/{draft.job_id}/?after={sent}", "Write descriptions"),
    ]:
        answer = browser.get(f"/m/{shop.slug}/{path}")
        assert answer.status_code == 200, path
        page = answer.content.decode()
        assert first in page[page.index("<main") :], path


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:20])
def test_ids_that_are_none_are_left_out(browser: Client, shop: Merchant, draft: Draft, value: str) -> None:
    base = f"/m/{shop.slug}"
    assert browser.get(f"{base}/describe/", {"ids": f"{value},{draft.product_id}"}).status_code == 200
    for action, data in [("bulk", {"decision": "accept", "ids": value}), ("undo", {"undo": value})]:
        assert browser.post(f"{base}/drafts/{action}/", data, headers=HTMX).status_code == 422
    assert goods.fresh(shop, draft).status == "pending"


@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 5000], ids=["past bigint", "5000 digits"])
def test_a_row_of_no_possible_id_does_not_exist(browser: Client, shop: Merchant, number: str) -> None:
    for path in (f"products/{number}/", f"drafts/{number}/", f"jobs/{number}/", f"imports/{number}/"):
        assert browser.get(f"/m/{shop.slug}/{path}").status_code == 404, path
