"""Texts about categories: what is counted, what may be said of it, the job, and what becomes of its drafts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from catalog.models import Product, ProductStatus, Variant
from copywriter import category_jobs, services
from copywriter.category_counts import CategoryCounts, Field, categories, count
from copywriter.category_facts import facts_of_category, told_facts
from copywriter.category_jobs import LONGEST_KEY, WriteCategories, key_of
from copywriter.jobs import CATEGORY_KIND
from copywriter.kinds import CATEGORY
from copywriter.models import Draft, DraftStatus
from copywriter.reviewing import reasons, runs
from copywriter.reviewing.cards import card, checked
from copywriter.reviewing.table import lines, page
from copywriter.subjects import facts_of
from copywriter.writing import openings, writer
from copywriter.writing.briefs import Turn
from copywriter.writing.generalising import GENERALISES
from copywriter.writing.judging import judged
from foundation.evidence import Fact, to_json
from foundation.jobs import services as jobs
from foundation.jobs.errors import NothingToDo
from foundation.jobs.models import Job, JobItem
from foundation.jobs.queues import Queue
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import create_merchant
from tests.copywriter.scripted import ScriptedGenerator

TABLES = CategoryCounts(
    "Furniture > Tables",
    products=10,
    brands=(("Harbour", 6), ("Oakfield", 4)),
    lowest=Decimal("9.9"),
    highest=Decimal(49),
    fields=(
        Field("Country of origin", 10, 1, (("Portugal", 10),)),
        Field("Material", 9, 3, (("oak", 5), ("steel", 3), ("pine", 1))),
        Field("Finish", 3, 1, (("oiled", 3),)),
        Field("Weight", 10, 2, (("4 kg", 5), ("5 kg", 5))),
    ),
    titles=("Mole Table", "Pier Table", "Quay Table", "Dock Table"),
)
KNOWN = tuple(facts_of_category(TABLES))


def test_what_all_have_is_said_plainly_and_what_some_have_as_a_choice() -> None:
    told = {fact.source: fact.value for fact in KNOWN}
    assert told == {
        "title": "Tables collection",
        "makers": "Harbour, Oakfield",
        "attribute:Country of origin": "Portugal",
        "some:Material": "including oak, steel, pine",
        "some:products": "including Mole Table, Pier Table, Quay Table",
        "some:number": "10",
        "some:price": "from 9.90 to 49.00",
    }
    assert {fact.source for fact in told_facts(KNOWN)} == set(told) - {"some:number", "some:price"}


def test_one_product_is_no_category() -> None:
    assert facts_of_category(CategoryCounts("Tables", 1, titles=("Mole Table",))) == []


@pytest.mark.parametrize(
    "text",
    [
        "The tables collection comes from Portugal.",
        "The tables are made in Portugal by Harbour and Oakfield.",
        "The collection includes oak and steel.",
        "Choose from oak, steel and pine.",
        "The tables come in oak and pine.",
        "The products include Mole Table and Pier Table.",
        "The tables cost from 9.90 to 49.00.",
    ],
)
def test_what_is_true_of_the_category_stands(text: str) -> None:
    assert all(sentence.backed for sentence in judged(text, KNOWN).sentences), judged(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "The tables are made of oak and steel.",
        "All tables come in oak.",
        "Every one of the tables includes steel.",
        "The oak tables come by Harbour.",
        "The Mole Table is oak.",
        "The products include the Mole Table by Harbour.",
        "The tables cost 9.90.",
        "The collection includes walnut.",
        "It includes oiled tables.",
    ],
)
def test_what_is_true_of_some_is_never_said_of_all(text: str) -> None:
    assert not any(sentence.backed for sentence in judged(text, KNOWN).sentences)


BOWLS = (
    Fact("title", "Product", "Bowls collection"),
    Fact("vendor", "Brand", "Harbour"),
    Fact("some:Size", "Size", "S, M, L"),
    Fact("some:products", "Products", "including Oak Bowl, Salad Bowl"),
)
OAK = Fact("attribute:Material", "Material", "oak")


def test_what_all_have_may_be_said_though_one_is_called_by_it() -> None:
    text = "The Bowls collection is made of oak."
    assert not judged(text, (*BOWLS, OAK)).unbacked
    assert judged(text, BOWLS).unbacked


def test_each_part_of_it_tells_one_list_and_begins_as_a_choice() -> None:
    work = writer.begin((*BOWLS, OAK), 0, CATEGORY.brief(), CATEGORY)
    assert [[fact.source for fact in group] for group in work.sofar.waiting] == [
        ["title", "attribute:Material"], ["vendor"], ["some:Size"], ["some:products"],
    ]  # fmt: skip
    turns = (Turn(work.sofar.waiting[0], "The Bowls collection is made of oak."),)
    begun = [openings.next_one(turns, group) for group in work.sofar.waiting[1:]]
    assert begun == ["It is made by", "Choose from", "Among them are"]
    assert openings.next_one(turns, (Fact("some:Gender", "Gender", "Women, Men"),)) == "Some are for"
    assert openings.next_one(turns, (Fact("makers", "Brands", "Alpa, Berg"),)) == "They are made by"


def test_the_claim_that_generalises_is_named() -> None:
    (sentence,) = judged("The tables are made of oak.", KNOWN).sentences
    assert any(claim.kind.endswith(GENERALISES) for claim in sentence.claims)


@pytest.fixture
def tables(shop: Merchant) -> list[Product]:
    made = [
        Product.objects.create(
            key=title, title=title, vendor="Harbour", product_type="Tables", price=price,
            attributes={"Material": material, "Feet": ["rubber", "felt"]},
        )
        for title, price, material in (("Mole Table", 20, "oak"), ("Pier Table", 30, "steel"))
    ]  # fmt: skip
    Variant.objects.create(product=made[1], key="s", options={"Size": "Small"}, price=25)
    Product.objects.create(key="old", title="Old Table", product_type="Tables", status=ProductStatus.ARCHIVED)
    Product.objects.create(key="lamp", title="Lamp", product_type="Lamps")
    return made


def test_what_is_on_sale_is_counted(tables: list[Product]) -> None:
    assert [(one.name, one.products) for one in categories()] == [("Lamps", 1), ("Tables", 2)]
    found = count("Tables")
    assert (found.products, found.brands, found.lowest, found.highest) == (2, (("Harbour", 2),), 20, 25)
    assert {field.name: (field.have, field.values) for field in found.fields} == {
        "Feet": (2, (("felt", 2), ("rubber", 2))),
        "Material": (2, (("oak", 1), ("steel", 1))),
        "Size": (1, (("Small", 1),)),
    }


def test_another_shops_products_are_not_counted(tables: list[Product], owner: object) -> None:
    with merchant_scope(create_merchant("Other", owner)):  # type: ignore[arg-type]
        assert categories() == []
        assert count("Tables") == CategoryCounts("Tables")


def answer(facts: str, _request: object) -> str:
    if "Product:" in facts:
        return "Harbour makes this tables collection."
    return "It includes oak and steel." if "Material" in facts else "The products include Mole Table and Pier Table."


def write(job: Job, monkeypatch: pytest.MonkeyPatch) -> list[Draft]:
    monkeypatch.setattr(category_jobs, "generator", lambda role: ScriptedGenerator(answer))
    for outcome in WriteCategories().process(job, list(JobItem.objects.filter(job=job)), lambda: False):
        assert outcome.error is None
        assert outcome.save is not None
        outcome.save()
    return list(Draft.objects.filter(job=job).order_by("category"))


@pytest.fixture
def drafts(tables: list[Product], monkeypatch: pytest.MonkeyPatch) -> list[Draft]:
    monkeypatch.setattr("foundation.jobs.services.wake", lambda *_args: None)
    return write(jobs.enqueue("copy.category", {"selection": {"all": True}}), monkeypatch)


def test_the_job_writes_a_draft_a_category(drafts: list[Draft]) -> None:
    lamps, tables = drafts
    assert (lamps.category, lamps.status, lamps.reason) == ("Lamps", DraftStatus.REFUSED, "few")
    assert (tables.category, tables.product, tables.kind) == ("Tables", None, "category")
    assert tables.text.startswith("Harbour makes this tables collection. ")
    assert "includes oak and steel" in tables.text
    assert not card(tables).marked.unbacked


def test_a_text_whose_category_changed_is_unbacked(drafts: list[Draft]) -> None:
    tables = drafts[1]
    Product.objects.filter(title="Mole Table").update(attributes={"Material": "pine"})
    assert "oak" in " ".join(checked(tables, tables.text).unbacked)


def test_accepting_it_changes_no_product_and_can_be_undone(drafts: list[Draft]) -> None:
    before = list(Product.objects.order_by("pk").values_list("description", flat=True))
    services.accept(drafts[1])
    assert drafts[1].status == DraftStatus.ACCEPTED
    services.restore(drafts[1])
    assert drafts[1].status == DraftStatus.PENDING
    services.edit(drafts[1], "The tables cost from 20.00 to 25.00.")
    assert not card(drafts[1]).marked.unbacked
    assert services.reject_many([drafts[1].pk]) == [drafts[1].pk]
    assert list(Product.objects.order_by("pk").values_list("description", flat=True)) == before


def test_table_and_file_have_a_row_a_category(drafts: list[Draft]) -> None:
    job = drafts[0].job
    assert [row.subject for row in page(job).rows] == ["Lamps", "Tables"]
    first = page(job, size=1)
    assert [row.subject for row in first.rows] == ["Lamps"]
    assert [row.subject for row in page(job, after="Lamps", size=1).rows] == ["Tables"]
    assert [row.subject for row in page(job, before="Tables", size=1).rows] == ["Lamps"]
    _header, line = lines(job)
    assert line[:4] == ("Tables", "", "Tables", "category")


def test_long_names_have_a_key(shop: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foundation.jobs.services.wake", lambda *_args: None)
    name = "Tables " * 60
    assert len(key_of(name)) <= LONGEST_KEY
    for title in ("A Table", "B Table"):
        Product.objects.create(key=title, title=title, vendor="Harbour", product_type=name)
    job = jobs.enqueue("copy.category", {"selection": {"categories": [name]}})
    assert [draft.category for draft in write(job, monkeypatch)] == [name]


def test_categories_that_are_gone(shop: Merchant) -> None:
    with pytest.raises(NothingToDo):
        jobs.enqueue("copy.category", {"selection": {"categories": ["Gone"]}})
    job = Job.objects.create(kind="copy.category", queue=Queue.BULK, params={"selection": {"all": True}})
    item = JobItem.objects.create(job=job, key="Gone")
    (outcome,) = WriteCategories().process(job, [item], lambda: False)
    assert outcome.error
    assert facts_of(Draft(category="Gone", job=job, kind="category")) == []


def test_a_run_about_categories_is_taken_back_as_a_whole(shop: Merchant) -> None:
    job = Job.objects.create(kind=CATEGORY_KIND, queue=Queue.BULK)
    draft = Draft.objects.create(job=job, category="Tables", kind="category", text="All.", original_text="All.")
    services.accept(draft)
    run = runs.find(job.pk)
    assert runs.survey(run) == runs.Survey(1, 0)
    assert list(runs.subjects(run)) == [f"d{draft.pk}"]
    services.take_back(list(runs.accepted(run).values_list("pk", flat=True)), keep_edited=runs.keeps_edited(run))
    assert Draft.objects.get().status == DraftStatus.PENDING


def test_what_one_product_less_has_is_outdated(shop: Merchant) -> None:
    for n in range(3):
        Product.objects.create(
            key=str(n), title=f"Table {n}", product_type="Tables", attributes={"Material": "oak", "Finish": "oiled"}
        )
    text = "The Tables collection is made of oak."
    evidence = to_json(judged(text, facts_of_category(count("Tables"))))
    job = Job.objects.create(kind=CATEGORY_KIND, queue=Queue.BULK)
    draft = Draft.objects.create(
        job=job, category="Tables", kind="category", text=text, original_text=text, evidence=evidence
    )
    assert card(draft).marked.unbacked == []
    Product.objects.filter(key="2").update(attributes={"Material": "steel", "Finish": "oiled"})
    assert card(draft).marked.unbacked == ["oak"]
    assert services.accept_many([draft.pk], only_clean=True).left == {draft.pk: reasons.OUTDATED}
