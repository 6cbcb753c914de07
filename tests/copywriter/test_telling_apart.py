"""Scores and sketches that a job keeps, and near-duplicates that it writes once more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from copywriter import jobs, services
from copywriter.jobs import KIND, DescribeProducts
from copywriter.models import Draft
from copywriter.nearest import nearest, sketched
from copywriter.writing.scoring import Score
from copywriter.writing.writer import SEEDS_A_TAKE
from foundation.inference.types import Request
from foundation.jobs import services as running
from foundation.jobs.models import JobItem
from foundation.tenancy.models import User
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import create_merchant
from tests.copywriter.conftest import MakeProduct
from tests.copywriter.scripted import Answer, ScriptedGenerator, truthful

Run = Callable[..., ScriptedGenerator]
BLUE = {"Material": "stoneware", "Colour": "blue", "Capacity": "350 ml", "Weight": "0.4 kg"}
RED = {**BLUE, "Colour": "red"}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Describes all products of the shop by a script."""

    def run(answer: Answer, **params: object) -> ScriptedGenerator:
        engine = ScriptedGenerator(answer)
        monkeypatch.setattr(jobs, "generator", lambda role: engine)
        job = running.enqueue(KIND, {"selection": {"all": True}, **params})
        for outcome in DescribeProducts().process(job, list(JobItem.objects.filter(job=job)), lambda: False):
            if outcome.save:
                outcome.save()
        return engine

    return run


def otherwise(facts: str, request: Request) -> str:
    """The same facts in other words where chance is allowed."""
    text = truthful(facts, request)
    return text if request.temperature == 0 else text.replace(" has ", " comes with ").replace(" and ", ", and with ")


def test_a_draft_is_kept_with_score_and_sketch(make_product: MakeProduct, run: Run) -> None:
    make_product()
    run(truthful)
    draft = Draft.objects.get()
    score = Score.from_json(draft.score)
    assert score.near is None
    assert score.wanted > 0
    assert draft.confidence == score.confidence
    assert draft.sketch == sketched(draft.text, "description", "en")


def test_a_near_duplicate_is_written_once_more_and_the_more_different_one_kept(
    make_product: MakeProduct, run: Run
) -> None:
    make_product("Stoneware Mug", attributes=BLUE)
    make_product("Stoneware Mug", attributes=RED)
    engine = run(otherwise)
    first, second = Draft.objects.order_by("pk")
    assert "has" in first.text.split()
    assert "comes with" in second.text, "chance, because the first take was the other's but for the colour"
    seeds = {request.seed for request in engine.asked}
    assert len(seeds) > 1


def test_it_is_tried_once_and_then_told(make_product: MakeProduct, run: Run) -> None:
    make_product("Stoneware Mug", attributes=BLUE)
    make_product("Stoneware Mug", attributes=RED)
    engine = run(truthful)
    first, second = Draft.objects.order_by("pk")
    near = Score.from_json(second.score).near
    assert near is not None
    assert (near.draft, near.name) == (first.pk, "Stoneware Mug")
    assert near.resemblance >= 0.8
    assert not near.copied
    assert second.tokens_out > first.tokens_out, "both tries are counted"
    assert len(engine.asked) < 20


def test_copies_of_the_same_data_are_not_written_again(make_product: MakeProduct, run: Run) -> None:
    make_product("Stoneware Mug", attributes=BLUE)
    make_product("Stoneware Mug", attributes=BLUE)
    engine = run(truthful)
    first, second = Draft.objects.order_by("pk")
    near = Score.from_json(second.score).near
    assert first.text == second.text
    assert near is not None
    assert near.copied
    assert first.confidence == second.confidence
    assert all(request.temperature == 0 for request in engine.asked)


def test_the_surest_of_several_takes_comes_first(make_product: MakeProduct, run: Run) -> None:
    make_product()

    def second_take_is_better(facts: str, request: Request) -> str:
        if request.seed >= SEEDS_A_TAKE:
            return truthful(facts, request)
        text = otherwise(facts, request)
        return text if request.temperature else f"{text} It was blessed by monks of Tibet."

    run(second_take_is_better, takes=2)
    drafts = list(Draft.objects.order_by("take"))
    assert [draft.take for draft in drafts] == [0, 1]
    assert "comes with" in drafts[1].text, "the one that had to be asked for twice"
    assert drafts[0].confidence > drafts[1].confidence


def test_the_nearest_text_is_another_products_of_the_same_shop(
    make_product: MakeProduct, run: Run, owner: User
) -> None:
    product = make_product("Stoneware Mug")
    run(truthful)
    draft = Draft.objects.get()
    sketch = sketched(draft.text, "description", "en")
    assert nearest(draft.text, sketch, product.pk) is None, "its own"
    found = nearest(draft.text, sketch, product.pk + 1)
    assert found is not None
    assert found.same
    assert found.draft == draft.pk
    assert nearest(draft.text, sketched(draft.text, "title", "en"), product.pk + 1) is None
    services.reject(draft)
    assert nearest(draft.text, sketch, product.pk + 1) is None, "nobody will see it"
    with merchant_scope(create_merchant("Other", owner)):
        assert nearest(draft.text, sketch, product.pk + 1) is None
        assert set(sketched(draft.text, "description", "en")).isdisjoint(sketch)


def test_a_persons_words_are_scored_anew(make_product: MakeProduct, run: Run) -> None:
    make_product()
    run(truthful)
    draft = Draft.objects.get()
    before = list(draft.sketch)
    services.edit(draft, "A mug of stoneware.")
    draft.refresh_from_db()
    assert "Capacity" in Score.from_json(draft.score).missing
    assert draft.sketch != before
