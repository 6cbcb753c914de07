from __future__ import annotations

import os
import time
from typing import Any

import pytest

from catalog.models import Origin, Product
from copywriter import estimates, jobs, services
from copywriter.estimating import Rates, Seen, estimate, rounded
from copywriter.jobs import KIND, DescribeProducts
from copywriter.kinds import KINDS
from copywriter.models import Draft
from copywriter.writing.wishes import Wish
from foundation.jobs import services as queue
from foundation.jobs.models import JobItem
from foundation.tenancy.models import Merchant
from tests.copywriter.conftest import MakeProduct
from tests.copywriter.scripted import ScriptedGenerator, truthful

SOCIAL = Wish((KINDS["social"],))
RATES = Rates({"social": 20.0}, 0.1)


def of_all(wish: Wish = SOCIAL, **more: Any) -> estimates.Estimate:
    return estimates.of_run(Product.objects.all(), wish, **more)


def written(monkeypatch: pytest.MonkeyPatch, **params: Any) -> int:
    """Runs a job over the whole shop; how many texts were asked of the model."""
    scripted = ScriptedGenerator(truthful)
    monkeypatch.setattr(jobs, "generator", lambda role: scripted)
    job = queue.enqueue(KIND, {"selection": {"all": True}, "kinds": ["social"], **params})
    for outcome in DescribeProducts().process(job, list(JobItem.objects.filter(job=job)), lambda: False):
        if outcome.save:
            outcome.save()
    return Draft.objects.filter(job=job, tokens_out__gt=0).count()


def test_it_says_what_the_run_then_does(make_product: MakeProduct, monkeypatch: pytest.MonkeyPatch) -> None:
    make_product("Ceramic Mug")
    written(monkeypatch)
    make_product("Ceramic Mug")  # a twin of it: copied
    make_product("Steel Flask")
    make_product("Steel Flask")  # twins: one is written
    make_product("Shirt", vendor="", attributes={})
    make_product("陶瓷咖啡杯")
    told = of_all()
    assert (told.products, told.texts, told.copied) == (6, 1, 2)
    assert dict(told.skipped) == {"there": 1, "thin": 1, "language": 1}
    assert not told.is_about
    assert written(monkeypatch) == told.texts
    assert of_all().texts == 0


def test_a_persons_description_and_what_was_removed(make_product: MakeProduct) -> None:
    make_product(description="Mine.", description_origin=Origin.PERSON)
    make_product("Steel Flask")
    told = of_all(Wish(), asked_for=5)
    assert dict(told.skipped) == {"own": 1, "removed": 3}
    assert told.texts == 1
    assert of_all(Wish(over_own=True)).texts == 2


def test_again_is_counted(make_product: MakeProduct, monkeypatch: pytest.MonkeyPatch) -> None:
    make_product()
    written(monkeypatch)
    assert of_all().texts == 0
    assert of_all(Wish((KINDS["social"],), again=True)).texts == 1
    services.reject(Draft.objects.get())
    assert of_all().texts == 1


def test_a_campaign_that_was_written_is_there(make_product: MakeProduct, monkeypatch: pytest.MonkeyPatch) -> None:
    make_product()
    written(monkeypatch, occasion="Easter")
    assert of_all(Wish((KINDS["social"],), occasion="Easter")).texts == 0
    assert of_all().texts == 1


def test_tokens_and_time_are_of_all_products() -> None:
    told = estimate([Seen(("social", "social")), Seen(skipped={"thin": 1})], 200, 3, RATES)
    assert (told.texts, told.tokens, told.seconds) == (200, 4_000, 400)
    assert told.skipped == (("thin", 100), ("removed", 3))
    assert told.is_about
    assert estimate([], 0, 0, RATES).texts == 0
    unknown = estimate([Seen(("title", "social"))], 1, 0, RATES)
    assert (unknown.texts, unknown.tokens, unknown.seconds) == (2, None, None)


@pytest.mark.parametrize(("number", "told"), [(0, 0), (7.4, 7), (99, 99), (1234, 1200), (98765, 99000)])
def test_no_more_digits_than_are_known(number: float, told: int) -> None:
    assert rounded(number) == told


def test_a_large_shop_is_answered_soon(shop: Merchant) -> None:
    """50,000 products in under a second on an idle machine; here others work beside."""
    count = int(os.environ.get("ESTIMATE_PRODUCTS", "2000"))
    facts = {"Material": "stoneware", "Colour": "blue", "Capacity": "350 ml", "Weight": "0.4 kg"}
    Product.objects.bulk_create(
        Product(
            merchant=shop, key=f"k{n}", title=f"Ceramic Mug {n}", attributes=facts, description="A mug that holds tea."
        )
        for n in range(count)
    )
    of_all()
    begun, cpu = time.perf_counter(), time.process_time()
    told = of_all(Wish(tuple(KINDS.values()), takes=1))
    print(f"{count} products: {time.perf_counter() - begun:.2f} s, {time.process_time() - cpu:.2f} s of it our CPU")
    assert told.is_about
    assert told.texts == count * len(KINDS)
    assert time.process_time() - cpu < 1
