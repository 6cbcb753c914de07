"""Whose voice a product's text has, and what of it a job's wish overrules."""

from __future__ import annotations

from typing import Any

import pytest

from copywriter import jobs
from copywriter.jobs import KIND, DescribeProducts
from copywriter.models import Draft, Voice
from copywriter.voices import ShopVoices
from copywriter.writing.wishes import Wish
from foundation.jobs import services
from foundation.jobs.models import JobItem
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import create_merchant
from tests.copywriter.conftest import MakeProduct
from tests.copywriter.scripted import ScriptedGenerator, truthful


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> ScriptedGenerator:
    made = ScriptedGenerator(truthful)
    monkeypatch.setattr(jobs, "generator", lambda role: made)
    return made


def write(params: dict[str, Any]) -> None:
    job = services.enqueue(KIND, {"selection": {"all": True}, **params})
    for outcome in DescribeProducts().process(job, list(JobItem.objects.filter(job=job)), lambda: False):
        assert outcome.save is not None
        outcome.save()


def tones(engine: ScriptedGenerator) -> dict[str, str]:
    """Of the first sentence that was asked for, by what the product is called."""
    first = [one.messages[1].content.splitlines() for one in engine.asked if len(one.messages) == 2]
    return {lines[0].removeprefix("Product: "): lines[-1].split(", ")[1] for lines in first}


def test_a_job_takes_the_tone_of_each_products_voice(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    make_product("Ceramic Mug", vendor="Northwind")
    make_product("Ceramic Jug", vendor="Harbour")
    Voice.objects.create(brand="", tone="warm")
    Voice.objects.create(brand="Harbour", tone="technical")
    write({})
    assert tones(engine) == {"Ceramic Mug": "warm", "Ceramic Jug": "technical"}
    assert {draft.product.title: draft.voice for draft in Draft.objects.all()} == {
        "Ceramic Mug": "",
        "Ceramic Jug": "Harbour",
    }


def test_a_tone_that_was_chosen_goes_before_the_voices(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    make_product("Ceramic Mug")
    Voice.objects.create(brand="Northwind", tone="warm")
    write({"tone": "playful"})
    assert tones(engine) == {"Ceramic Mug": "playful"}
    assert Draft.objects.get().voice == "Northwind"


def test_without_voices_a_job_is_plain_as_it_always_was(make_product: MakeProduct, engine: ScriptedGenerator) -> None:
    make_product("Ceramic Mug")
    write({})
    assert tones(engine) == {"Ceramic Mug": "plain"}


def test_a_wish_says_its_tone_only_where_one_was_chosen() -> None:
    assert Wish().to_params() == {}
    assert Wish.from_params({}).tone == ""
    assert Wish(tone="plain").to_params() == {"tone": "plain"}
    assert Wish.from_params({"tone": "plain"}).tone == "plain"
    with pytest.raises(ValueError, match="no such wish"):
        Wish(tone="angry")


def test_a_voice_reaches_the_guidance_of_its_brand_only(shop: Merchant) -> None:
    Voice.objects.create(brand="Harbour", audience="Sailors", prefer=["deck"], avoid=["cheap"], examples=["Ahoy."])
    voices = ShopVoices.read()
    ours, others = voices.guidance("Harbour", Wish()), voices.guidance("Northwind", Wish())
    assert (ours.voice, ours.audience, ours.prefer, ours.examples) == ("Harbour", "Sailors", ("deck",), ("Ahoy.",))
    assert ours.rules.avoided == ("cheap",)
    assert ours.style
    assert (others.voice, others.audience, others.prefer, others.rules.avoided) == ("", "", (), ())
    assert voices.guidance("Harbour", Wish(audience="Campers")).audience == "Campers"


@pytest.mark.parametrize(
    ("role", "instructs"),
    [
        ({"model": "bundled", "engine": "auto"}, False),
        ({"model": "bundled", "engine": "remote"}, True),
        ({"model": "some/model", "engine": "torch"}, True),
    ],
)
def test_only_a_model_of_the_operators_own_is_instructed(
    shop: Merchant, settings: Any, role: dict[str, str], instructs: bool
) -> None:
    settings.INFERENCE_ROLES = {"copy": role}
    assert ShopVoices.read().guidance("", Wish()).instructs is instructs


def test_another_shops_voices_are_not_read(shop: Merchant, owner: User) -> None:
    with merchant_scope(create_merchant("Other", owner)):
        Voice.objects.create(brand="", tone="playful")
    assert ShopVoices.read().of("").tone == "plain"
