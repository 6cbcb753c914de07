"""The quality page: what was measured and what people decided, by filter, of this shop only."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from copywriter.models import DraftStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web import goods
from tests.web.measured import FIGURES, decision, measurement, weeks_of_work

pytestmark = pytest.mark.django_db


def place(shop: Merchant) -> str:
    return reverse("copywriter:quality", kwargs={"slug": shop.slug})


def seen(browser: Client, shop: Merchant, **query: str) -> Any:
    return browser.get(place(shop), query).context


def drawn(part: Any, figure: str) -> dict[str, list[float]]:
    """Line → values of one plot."""
    (plot,) = (one for one in part["plots"] if one.figure.name == figure)
    return {line["name"]: [value for _at, value in line["points"]] for line in json.loads(plot.data)["lines"]}


def test_an_empty_shop_is_told_what_to_do(browser: Client, shop: Merchant) -> None:
    text = browser.get(place(shop)).content.decode()
    assert "No figures yet" in text
    assert reverse("catalog:product_list", kwargs={"slug": shop.slug}) in text
    goods.make_draft(shop, goods.make_product(shop))
    assert "how many you accept as they are" in browser.get(place(shop)).content.decode()


def test_decisions_by_week_and_kind(browser: Client, shop: Merchant) -> None:
    for status, edited in (("accepted", False), ("accepted", True), ("accepted", False), ("rejected", False)):
        decision(shop, status, edited=edited)
    decision(shop, "rejected", 7, kind="title")
    decision(shop, "accepted", 400)  # too long ago
    goods.make_draft(shop, goods.make_product(shop))  # waits
    part = seen(browser, shop)["decisions"]
    assert (part["total"].unchanged, part["total"].edited, part["total"].rejected) == (2, 1, 2)
    assert drawn(part, "unchanged") == {"Description": [0.5], "Title": [0]}
    assert drawn(part, "edited") == {"Description": [0.25], "Title": [0]}
    assert drawn(part, "rejected") == {"Description": [0.25], "Title": [1]}
    assert [(one.kind, one.total) for one, _label, _cells in part["rows"]] == [("description", 4), ("title", 1)]


def test_the_words_of_decisions(browser: Client, shop: Merchant) -> None:
    decision(shop, DraftStatus.ACCEPTED)
    text = browser.get(place(shop)).content.decode()
    assert "1 decision of the last 26 weeks." in text
    assert "Accepted as written" in text
    assert "100%" in text


def test_measurements_are_lines_a_kind(browser: Client, shop: Merchant) -> None:
    measurement(shop, 2, figures={**FIGURES, "dropped_rate": 0.1})
    measurement(shop, 1)
    measurement(shop, 1, kind="title", figures={"refusal_rate": 0})
    part = seen(browser, shop)["measured"]
    assert part["lines"] == ["Description", "Title"]
    assert drawn(part, "dropped_rate") == {"Description": [0.1, 0.04]}
    assert drawn(part, "refusal_rate") == {"Title": [0]}
    assert part["count"] == len(part["rows"]) == 3
    newest = part["rows"][0][0]
    assert newest.about["kind"] in ("Description", "Title")


def test_sources_and_models_are_not_mixed_in_a_line(browser: Client, shop: Merchant) -> None:
    measurement(shop, 3)
    measurement(shop, 2, source="eval")
    measurement(shop, 1, model="Qwen3")
    assert seen(browser, shop)["measured"]["lines"] == [
        "Description · evaluation · SmolLM2", "Description · job · Qwen3", "Description · job · SmolLM2"
    ]  # fmt: skip
    assert seen(browser, shop, source="job", model="Qwen3")["measured"]["lines"] == ["Description"]


def test_filters(browser: Client, shop: Merchant) -> None:
    measurement(shop, 1, voice="Northwind")
    measurement(shop, 2, kind="title")
    decision(shop, "accepted", voice="Northwind", model="SmolLM2")
    decision(shop, "rejected", kind="title", model="Qwen3")
    everything = seen(browser, shop)
    assert (everything["measured"]["count"], everything["decisions"]["total"].total) == (2, 2)
    for query, counts in (
        ({"kind": "title"}, (1, 1)),
        ({"voice": ":Northwind"}, (1, 1)),
        ({"voice": ":"}, (1, 1)),
        ({"model": "Qwen3"}, (0, 1)),
        ({"source": "eval"}, (0, 2)),
        ({"kind": "no such", "source": "no such", "voice": "no mark"}, (2, 2)),
        ({"model": "nul \0"}, (0, 0)),
    ):
        found = seen(browser, shop, **query)
        assert (found["measured"]["count"], found["decisions"]["total"].total) == counts, query
    text = browser.get(place(shop), {"model": "never"}).content.decode()
    assert "No measurement matches this filter." in text
    assert "Nobody has decided on such texts yet." in text


def test_a_fragment_for_htmx(browser: Client, shop: Merchant) -> None:
    weeks_of_work(shop, 2)
    part = browser.get(place(shop), headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="quality"')
    assert "<html" not in part


def test_another_shops_figures_are_not_there(browser: Client, shop: Merchant, stranger: User) -> None:
    other = Merchant.objects.exclude(pk=shop.pk).get()
    weeks_of_work(other, 2)
    assert "No figures yet" in browser.get(place(shop)).content.decode()
    assert browser.get(place(other)).status_code == 404


def test_what_a_model_is_called_is_escaped(browser: Client, shop: Merchant) -> None:
    measurement(shop, model=goods.BREAKOUT)
    measurement(shop, model=goods.SCRIPT, source="eval")
    text = browser.get(place(shop)).content.decode()
    assert goods.SCRIPT not in text
    assert "<img src=x" not in text


def test_the_dashboard_leads_there(browser: Client, shop: Merchant) -> None:
    goods.make_product(shop)
    assert place(shop) in browser.get(reverse("dashboard", kwargs={"slug": shop.slug})).content.decode()


def test_many_drafts_are_no_more_queries(browser: Client, shop: Merchant, django_assert_max_num_queries: Any) -> None:
    weeks_of_work(shop, 5)
    with merchant_scope(shop), django_assert_max_num_queries(12):
        browser.get(place(shop))
