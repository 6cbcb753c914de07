"""`manage.py evaluate copy` of several kinds at once, before and after the check, and what is kept for a shop."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from copywriter.evaluating import copy
from copywriter.evaluating.samples import Sample
from copywriter.evaluating.writing import summary, write
from copywriter.kinds import PRODUCT_KINDS
from copywriter.models import Measurement, Voice
from foundation.evidence import Fact
from foundation.inference.types import Request
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import open_memberless_shop
from tests.copywriter.conftest import MakeProduct
from tests.copywriter.mug import MUG
from tests.copywriter.scripted import ScriptedGenerator, truthful

CATALOG = """SKU,Title,Brand,Material,Capacity,Weight,Colour
A1,Ceramic Mug,Northwind,stoneware,350 ml,300 g,blue
A2,Plain Mug,,,,,
A3,Glass Jug,Northwind,glass,1 l,500 g,clear
"""
AFTER = ("unbacked_after_check", "over_limit_rate")


def told(facts: str, request: Request) -> str:
    """As a model that was taught: what is asked for stands in the last line."""
    asked = facts.splitlines()[-1]
    if "question" in asked:
        return "Q: How much does it hold?\nA: It holds 350 ml."
    return truthful(facts, request) if "escription" in asked or "sentence" in asked else "Northwind Mug, 350 ml"


def untrue_at_first(facts: str, request: Request) -> str:
    return "It is handmade in Norway." if request.temperature == 0 else told(facts, request)


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "shop.csv"
    path.write_text(CATALOG)
    monkeypatch.setattr(copy, "build", lambda _spec: ScriptedGenerator(untrue_at_first))
    monkeypatch.setattr(copy, "_against_references", lambda _outcomes, _spec: {})
    return path


def evaluated(*arguments: object) -> Any:
    out = StringIO()
    call_command("evaluate", "copy", *arguments, "--no-base", "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db
def test_all_kinds_are_one_object(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = evaluated(catalog, "--kind", "all")
    assert list(found["kinds"]) == list(PRODUCT_KINDS)
    assert found["model"] == "scripted"
    for name, figures in found["kinds"].items():
        assert figures["texts"] == 2, name
        assert figures["unbacked_sentence_rate"] > 0, name
        assert [figures[after] for after in AFTER] == [0, 0], name
    assert "description: 100%" in capsys.readouterr().err


@pytest.mark.django_db
def test_several_kinds_in_the_order_of_the_page_and_their_texts(catalog: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    found = evaluated(catalog, "--kind", "email_subject", "--kind", "title", "--texts", texts)
    assert list(found["kinds"]) == ["title", "email_subject"]
    rows = [json.loads(line) for line in texts.read_text().splitlines()]
    assert [row["kind"] for row in rows] == ["title", "title", "email_subject", "email_subject"]


@pytest.mark.django_db
def test_the_table_has_a_line_a_kind(catalog: Path) -> None:
    out = StringIO()
    call_command("evaluate", "copy", catalog, "--kind", "title", "--kind", "faq", "--no-base", stdout=out)
    model, head, *lines = out.getvalue().splitlines()
    assert model == "scripted"
    assert "after check" in head
    assert [line.split()[0] for line in lines] == ["title", "faq"]
    assert len({len(line) for line in (head, *lines)}) == 1


def test_what_is_refused_of_products_that_have_enough() -> None:
    """A product with five attributes, of which nothing true is said, and one with none."""
    engine = ScriptedGenerator(lambda *_: "It is handmade in Norway.")
    rich = (*MUG, Fact("attribute:Weight", "Weight", "0.4 kg"))
    found = summary(write([Sample("mug", rich, None), Sample("bare", MUG[:1], None)], engine))
    assert (found["refusal_rate"], found["rich_texts"], found["rich_refusal_rate"]) == (1, 1, 1)
    assert found["dropped_rate"] == 1
    assert summary(write([Sample("bare", MUG[:1], None)], engine))["rich_refusal_rate"] is None


@pytest.mark.django_db
def test_a_shops_evaluation_is_kept_for_its_page(catalog: Path, shop: Merchant) -> None:
    evaluated(catalog, "--kind", "title", "--kind", "description", "--shop", shop.slug)
    kept = {one.kind: one for one in Measurement.objects.all()}
    assert set(kept) == {"title", "description"}
    assert {(one.source, one.voice, one.model, one.texts, one.job_id) for one in kept.values()} == {
        ("eval", "", "scripted", 2, None)
    }
    assert kept["title"].figures["unbacked_after_check"] == 0
    assert "rich_refusal_rate" in kept["title"].figures


@pytest.mark.django_db
def test_a_shops_own_products_in_a_brands_voice(catalog: Path, shop: Merchant, make_product: MakeProduct) -> None:
    """What the voice avoids is in no text, and the figures are those of the voice."""
    make_product()
    Voice.objects.create(brand="Northwind", avoid=["350 ml"])
    own = evaluated("--shop", shop.slug, "--kind", "title")
    assert own["refusal_rate"] == 0
    voiced = evaluated("--shop", shop.slug, "--kind", "title", "--voice", "Northwind")
    assert (voiced["refusal_rate"], voiced["unbacked_after_check"]) == (1, 0)
    assert [one.voice for one in Measurement.objects.order_by("pk")] == ["", "Northwind"]


@pytest.mark.django_db
def test_another_shop_sees_nothing_of_it(catalog: Path, shop: Merchant) -> None:
    evaluated(catalog, "--kind", "title", "--shop", shop.slug)
    with merchant_scope(open_memberless_shop("Other")):
        assert not Measurement.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--voice", "Northwind"), "Name the shop with --shop"),
        (("--shop", "never-was"), "There is no shop never-was"),
        (("--shop", "shop", "--voice", "Fenwick"), "The shop has no voice for Fenwick. It has: none yet."),
        (("--kept", "--kind", "email_subject"), "has no examples of this kind"),
    ],
)
def test_what_cannot_be_asked_for(catalog: Path, shop: Merchant, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("evaluate", "copy", catalog, *arguments)


@pytest.mark.model
@pytest.mark.timeout(900)
@pytest.mark.django_db
def test_two_kinds_by_the_real_model(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(CATALOG)
    found = evaluated(path, "--kind", "description", "--kind", "title", "--limit", "2")
    for figures in found["kinds"].values():
        assert figures["texts"] == 2
        assert [figures[after] for after in AFTER] == [0, 0]
        assert 0 < figures["attribute_coverage"] <= 1
        assert figures["tokens_per_second"] > 0
