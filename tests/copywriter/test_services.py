from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from catalog.models import DescriptionVersion, Origin, Product
from catalog.services.descriptions import set_description
from catalog.text import plain
from copywriter import services
from copywriter.errors import ChangedSince, EditedSince, EmptyText, NotDecided, NotOpen
from copywriter.kinds import KINDS
from copywriter.models import Draft, DraftStatus
from copywriter.writing.refusal import told
from copywriter.writing.writer import Refused, Written
from foundation.evidence import check
from foundation.jobs.models import Job
from foundation.tenancy.models import User
from tests.copywriter.conftest import MakeProduct

TEXT = "The mug is made of stoneware. It holds 350 ml."


def written(text: str = TEXT) -> Written:
    return Written(text, check(text, []), (), 7, 30)


@pytest.fixture
def draft(job: Job, make_product: MakeProduct) -> Draft:
    return services.keep(job, make_product(description="Old.").pk, written(), "scripted")


def test_one_draft_a_job_and_product(job: Job, make_product: MakeProduct) -> None:
    product = make_product()
    first = services.keep(job, product.pk, written(), "m")
    again = services.keep(job, product.pk, written("Another text."), "m")
    assert again.pk == first.pk
    assert Draft.objects.get().text == TEXT
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(job=job, product=product)


def test_refused_draft_keeps_reason_and_no_text(job: Job, make_product: MakeProduct) -> None:
    draft = services.keep(job, make_product().pk, Refused("thin:material"), "m")
    assert (draft.status, draft.text, draft.reason) == (DraftStatus.REFUSED, "", "thin:material")


def test_a_description_that_is_there_already_is_no_draft(job: Job, make_product: MakeProduct) -> None:
    product = make_product(description="<p>The mug is made of stoneware.</p> It holds 350 ml.")
    same = services.keep(job, product.pk, written(plain(product.description)), "m")
    assert (same.status, same.text, same.reason) == (DraftStatus.REFUSED, "", "same")
    assert "Nothing would change" in told(same.reason)
    title = services.keep(job, product.pk, written(plain(product.description)), "m", KINDS["title"])
    assert title.status == DraftStatus.PENDING, "a text of another kind may say the same"


def test_accept_publishes_and_keeps_the_old_text(draft: Draft, owner: User) -> None:
    services.accept(draft, by=owner)
    product = Product.objects.get()
    assert (product.description, product.description_origin) == (TEXT, Origin.MODEL)
    assert DescriptionVersion.objects.get().text == "Old."
    assert draft.status == DraftStatus.ACCEPTED
    assert draft.decided_by == owner
    assert draft.decided_at is not None


def test_undo_of_accept_brings_the_old_text_back(draft: Draft, owner: User) -> None:
    services.accept(draft, by=owner)
    services.restore(draft)
    product = Product.objects.get()
    assert (product.description, product.description_origin) == ("Old.", Origin.IMPORT)
    assert draft.status == DraftStatus.PENDING
    assert draft.decided_by is None
    services.accept(draft, by=owner)
    assert Product.objects.get().description == TEXT


def test_a_text_that_a_person_wrote_before_the_draft_comes_back_as_theirs(draft: Draft, owner: User) -> None:
    product = Product.objects.get()
    set_description(product, "By hand.", Origin.PERSON, owner)
    Draft.objects.update(created_at=timezone.now())
    written = Product.objects.get().described_at
    services.accept(draft, by=owner)
    assert services.restore_many([draft.pk]) == ([draft.pk], None)
    product = Product.objects.get()
    assert (product.description, product.description_origin) == ("By hand.", Origin.PERSON)
    assert (product.described_by, product.described_at) == (owner, written)
    draft.refresh_from_db(from_queryset=Draft.objects.all())
    services.accept(draft, by=owner)
    assert Product.objects.get().description == TEXT


def test_undo_of_accept_refuses_to_throw_away_a_later_text(draft: Draft, owner: User) -> None:
    services.accept(draft, by=owner)
    set_description(Product.objects.get(), "By hand.", Origin.PERSON, owner)
    with pytest.raises(ChangedSince):
        services.restore(draft)
    assert Product.objects.get().description == "By hand."
    assert Draft.objects.get().status == DraftStatus.ACCEPTED


def test_reject_leaves_the_product_alone_and_can_be_undone(draft: Draft, owner: User) -> None:
    services.reject(draft, by=owner)
    assert Product.objects.get().description == "Old."
    services.restore(draft)
    assert Draft.objects.get().status == DraftStatus.PENDING


def test_a_decision_is_made_once(draft: Draft, owner: User) -> None:
    services.reject(draft, by=owner)
    with pytest.raises(NotOpen):
        services.accept(draft, by=owner)
    with pytest.raises(NotOpen):
        services.edit(draft, "New.", by=owner)


def test_restore_needs_a_decision(draft: Draft) -> None:
    with pytest.raises(NotDecided):
        services.restore(draft)


def test_a_text_written_by_a_person_meanwhile_is_not_overwritten(draft: Draft, owner: User) -> None:
    set_description(draft.product, "By hand.", Origin.PERSON, owner)
    with pytest.raises(EditedSince) as refused:
        services.accept(draft, by=owner)
    assert draft.product.title in str(refused.value)
    assert Product.objects.get().description == "By hand."
    assert services.accept_many([draft.pk], by=owner).done == []
    assert Draft.objects.get().status == DraftStatus.PENDING


def test_edit_keeps_the_models_text_and_checks_the_new_one(draft: Draft, owner: User) -> None:
    services.edit(draft, "The mug is made of stoneware. It is made in Norway.", by=owner)
    stored = Draft.objects.get()
    assert stored.original_text == TEXT
    assert [sentence["backed"] for sentence in stored.evidence["sentences"]] == [True, False]
    services.accept(stored, by=owner)
    assert Product.objects.get().description_origin == Origin.PERSON


@pytest.mark.parametrize("text", ["", "  \n", "\0"])
def test_edit_refuses_an_empty_text(draft: Draft, text: str) -> None:
    with pytest.raises(EmptyText):
        services.edit(draft, text)


def test_many_at_once_give_the_ids_that_changed(job: Job, make_product: MakeProduct, owner: User) -> None:
    drafts = [services.keep(job, make_product(f"Mug {n}").pk, written(), "m") for n in range(4)]
    services.reject(drafts[0], by=owner)
    ids = [draft.pk for draft in drafts]
    assert services.accept_many(ids[:3], by=owner).done == ids[1:3]
    assert services.reject_many(ids, by=owner) == ids[3:]
    assert Product.objects.filter(description=TEXT).count() == 2


def test_the_language_of_the_person_who_edits_is_not_in_the_evidence(job: Job, make_product: MakeProduct) -> None:
    said = "The Ceramic Coffee Mug is made by Northwind, of stoneware. It is made of gold."
    kept = {}
    for language in ("en", "zh-hans"):
        draft = services.keep(job, make_product().pk, written(), "scripted")
        with translation.override(language):
            kept[language] = services.edit(draft, said).evidence
    assert kept["zh-hans"] == kept["en"]
    assert {claim["source"] for sentence in kept["en"]["sentences"] for claim in sentence["claims"]} >= {
        "title",
        "vendor",
        "attribute:Material",
        None,
    }
