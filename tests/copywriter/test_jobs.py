from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from catalog.models import Product
from copywriter import jobs
from copywriter.jobs import KIND, DescribeProducts
from copywriter.models import Draft, DraftStatus
from foundation.inference.types import (
    Completion,
    EngineAway,
    EngineFailing,
    Generator,
    InferenceError,
    Request,
    Stop,
    never,
)
from foundation.jobs import engine as job_engine
from foundation.jobs import registry, services
from foundation.jobs.errors import Away, JobFailed, NothingToDo, TryAgain
from foundation.jobs.kinds import Outcome
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.tenancy.models import Merchant
from tests.copywriter.conftest import MakeProduct
from tests.copywriter.scripted import Answer, ScriptedGenerator, truthful

Engine = Callable[[Answer], ScriptedGenerator]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    def use(answer: Answer) -> ScriptedGenerator:
        made = ScriptedGenerator(answer)
        monkeypatch.setattr(jobs, "generator", lambda role: made)
        return made

    return use


def queued(selection: dict[str, Any]) -> tuple[Job, list[JobItem]]:
    job = services.enqueue(KIND, {"selection": selection})
    return job, list(JobItem.objects.filter(job=job).order_by("pk"))


def run(job: Job, items: list[JobItem], stop: Callable[[], bool] = lambda: False) -> list[Outcome]:
    outcomes = list(DescribeProducts().process(job, items, stop))
    for outcome in outcomes:
        if outcome.save:
            outcome.save()
    return outcomes


def test_registered() -> None:
    assert isinstance(registry.get(KIND), DescribeProducts)


def test_writes_one_backed_draft_a_product(make_product: MakeProduct, engine: Engine) -> None:
    for name in ("Ceramic Mug", "Stoneware Mug", "Camping Mug"):
        make_product(name)
    scripted = engine(truthful)
    job, items = queued({"all": True})
    outcomes = run(job, items)
    assert sorted(outcome.key for outcome in outcomes) == sorted(item.key for item in items)
    drafts = list(Draft.objects.all())
    assert len(drafts) == 3
    assert {draft.status for draft in drafts} == {DraftStatus.PENDING}
    for draft in drafts:
        assert draft.product.title in draft.text
        assert "350 ml" in draft.text
        assert all(sentence["backed"] for sentence in draft.evidence["sentences"])
        assert draft.model == "scripted"
        assert draft.tokens_out > 0
    assert len({request.key for request in scripted.asked}) == len(scripted.asked)


def test_saving_twice_makes_one_draft(make_product: MakeProduct, engine: Engine) -> None:
    make_product()
    engine(truthful)
    job, items = queued({"all": True})
    outcome = run(job, items)[0]
    assert outcome.save is not None
    outcome.save()
    assert Draft.objects.count() == 1


def test_invented_sentences_are_kept_apart(make_product: MakeProduct, engine: Engine) -> None:
    make_product()

    def inventive(facts: str, request: Request) -> str:
        good = truthful(facts, request)
        return good if request.temperature else "It is handmade in Norway from the finest oak."

    engine(inventive)
    run(*queued({"all": True}))
    draft = Draft.objects.get()
    assert "Norway" not in draft.text
    assert [removed["text"] for removed in draft.removed] == ["It is handmade in Norway from the finest oak."]
    assert draft.removed[0]["problem"] == "claim"


def test_nothing_backed_is_refused_with_what_to_add(make_product: MakeProduct, engine: Engine) -> None:
    make_product()
    scripted = engine(lambda facts, request: "Sorry, I cannot fulfil this request.")
    run(*queued({"all": True}))
    draft = Draft.objects.get()
    assert draft.status == DraftStatus.REFUSED
    assert draft.reason.startswith("unbacked")
    assert draft.text == ""
    assert any(request.temperature > 0.7 for request in scripted.asked), "poor sentences are asked for again"


def test_a_thin_product_is_refused_without_asking_the_model(make_product: MakeProduct, engine: Engine) -> None:
    make_product("Shirt", vendor="", attributes={})
    scripted = engine(truthful)
    run(*queued({"all": True}))
    assert Draft.objects.get().reason == "thin:material,size,colour,care"
    assert scripted.asked == []


def test_a_removed_product_fails_alone(make_product: MakeProduct, engine: Engine) -> None:
    kept, gone = make_product("Kept Mug"), make_product("Gone Mug")
    engine(truthful)
    job, items = queued({"all": True})
    Product.objects.filter(pk=gone.pk).delete()
    errors = {outcome.key: outcome.error for outcome in run(job, items)}
    assert errors[str(kept.pk)] is None
    assert errors[str(gone.pk)]


def test_stop_ends_early(make_product: MakeProduct, engine: Engine) -> None:
    for number in range(4):
        make_product(f"Mug {number}")
    scripted = engine(truthful)
    outcomes = run(*queued({"all": True}), stop=lambda: len(scripted.asked) >= 6)
    assert len(outcomes) < 4
    assert len(scripted.asked) == 6


def test_an_engine_that_cannot_be_used_ends_the_job(make_product: MakeProduct, monkeypatch: pytest.MonkeyPatch) -> None:
    make_product()

    def broken(role: str) -> Generator:
        raise InferenceError("No engine.")

    monkeypatch.setattr(jobs, "generator", broken)
    with pytest.raises(JobFailed, match="No engine"):
        run(*queued({"all": True}))


@pytest.mark.parametrize(
    ("raised", "told", "words"),
    [
        (EngineAway("The server at http://gpu is gone."), Away, "The model server does not answer. The job goes on"),
        (EngineFailing("Ill."), TryAgain, "Ill."),
    ],
)
def test_trouble_of_the_engine_that_may_pass_ends_no_job(
    make_product: MakeProduct,
    monkeypatch: pytest.MonkeyPatch,
    raised: InferenceError,
    told: type[Exception],
    words: str,
) -> None:
    make_product()

    def broken(role: str) -> Generator:
        raise raised

    monkeypatch.setattr(jobs, "generator", broken)
    with pytest.raises(told, match=words):
        run(*queued({"all": True}))


class Mortal(ScriptedGenerator):
    """Its server is gone once the model was asked `left` times, until it is brought back."""

    left = 0

    def generate(self, requests: Iterable[Request], stop: Stop = never) -> Iterator[Completion]:
        for completion in super().generate(requests, stop):
            if self.left == 0:
                raise EngineAway("The model server at http://gpu does not answer.")
            self.left -= 1
            yield completion


def test_a_server_that_dies_in_a_chunk_costs_no_product_its_text(
    make_product: MakeProduct, monkeypatch: pytest.MonkeyPatch
) -> None:
    mortal = Mortal(truthful)
    monkeypatch.setattr(jobs, "likeness", lambda key, work: 0.0)  # these mugs are told of in the same words
    monkeypatch.setattr(jobs, "generator", lambda role: mortal)
    make_product("Ceramic Mug")
    mortal.left = -1
    run(*queued({"all": True}))
    sizes = Counter(request.key.split("/")[1].split(":")[0] for request in mortal.asked)
    *_before, last = sizes.values()
    for number in range(3):
        make_product(f"Ceramic Mug {number}")
    Draft.objects.all().delete()
    job, _items = queued({"all": True})
    mortal.left = 4 * (sizes.total() - last) + 2 * last  # in the last round, when two of four are finished
    assert job_engine.run_chunk(job.queue, job.pk)
    job.refresh_from_db()
    assert job.is_paused
    assert job.error == ("The model server does not answer. The job goes on by itself as soon as it does.")
    kept = set(Draft.objects.values_list("pk", flat=True))
    assert len(kept) == 2
    mortal.left = -1
    Job.objects.update(not_before=None)
    assert job_engine.run_chunk(job.queue, job.pk)
    job.refresh_from_db()
    assert (job.status, job.error, job.is_paused) == (JobStatus.DONE, "", False)
    drafts = Draft.objects.all()
    assert kept < {draft.pk for draft in drafts}
    assert len({draft.product_id for draft in drafts}) == len(drafts) == 4
    assert {draft.status for draft in drafts} == {DraftStatus.PENDING}
    assert set(job.items.values_list("status", "attempts")) == {(ItemStatus.DONE, 0)}


def test_another_job_asks_with_other_seeds(make_product: MakeProduct, engine: Engine) -> None:
    make_product()
    scripted = engine(truthful)
    run(*queued({"all": True}))
    first = {request.seed for request in scripted.asked}
    scripted.asked.clear()
    run(*wished(again=True))
    assert first.isdisjoint(request.seed for request in scripted.asked)
    assert Draft.objects.count() == 2


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({"all": True}, ["Bare Mug", "Told Mug"]),
        ({"without_description": True}, ["Bare Mug"]),
        ({"filter": {"without_description": "1"}}, ["Bare Mug"]),
        ({"filter": {"vendor": "Other"}}, ["Told Mug"]),
    ],
)
def test_selection(make_product: MakeProduct, selection: dict[str, Any], expected: list[str]) -> None:
    make_product("Bare Mug")
    make_product("Told Mug", description="Text.", vendor="Other")
    keys = [int(item.key) for item in queued(selection)[1]]
    assert [Product.objects.get(pk=key).title for key in keys] == expected


def test_ticked_ids_of_another_shop_are_nobodys(make_product: MakeProduct, shop: Merchant) -> None:
    mine = make_product()
    assert [item.key for item in queued({"ids": [mine.pk, mine.pk + 999]})[1]] == [str(mine.pk)]


@pytest.mark.parametrize("selection", [{}, {"ids": []}, {"filter": {"vendor": "Nobody"}}])
def test_an_empty_selection_queues_nothing(make_product: MakeProduct, selection: dict[str, Any]) -> None:
    make_product()
    with pytest.raises(NothingToDo):
        queued(selection)


def wished(**params: Any) -> tuple[Job, list[JobItem]]:
    job = services.enqueue(KIND, {"selection": {"all": True}, **params})
    return job, list(JobItem.objects.filter(job=job).order_by("pk"))


def test_one_job_writes_several_kinds_of_each_product(make_product: MakeProduct, engine: Engine) -> None:
    make_product("Ceramic Mug")
    engine(truthful)
    run(*wished(kinds=["description", "social", "meta_description"], tone="warm"))
    drafts = {draft.kind: draft for draft in Draft.objects.all()}
    assert set(drafts) == {"description", "social", "meta_description"}
    assert {draft.status for draft in drafts.values()} == {DraftStatus.PENDING}
    assert len(drafts["meta_description"].text) <= 155


def test_takes_that_come_out_alike_are_one(make_product: MakeProduct, engine: Engine) -> None:
    make_product("Ceramic Mug")
    engine(truthful)
    run(*wished(kinds=["social"], takes=3))
    assert [draft.take for draft in Draft.objects.all()] == [0]


def test_takes_that_differ_are_all_kept(make_product: MakeProduct, engine: Engine) -> None:
    make_product("Ceramic Mug")

    def warmer(facts: str, request: Request) -> str:
        text = truthful(facts, request)
        return text if request.temperature == 0 else text.replace("The ", "This ", 1)

    engine(warmer)
    run(*wished(kinds=["social"], takes=2))
    drafts = Draft.objects.order_by("take")
    assert [draft.take for draft in drafts] == [0, 1]
    assert len({draft.text for draft in drafts}) == 2
    assert len({draft.seed for draft in drafts}) == 2


def test_a_wish_that_nobody_can_fulfil_fails_the_job(make_product: MakeProduct, engine: Engine) -> None:
    make_product("Ceramic Mug")
    engine(truthful)
    with pytest.raises(JobFailed, match="sonnet"):
        run(*wished(kinds=["sonnet"]))
