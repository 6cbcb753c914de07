"""Accepting many drafts at once, taking a run back, and one waiting draft of each subject and kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from catalog.models import DescriptionVersion, Origin, Product
from catalog.services.descriptions import set_description
from copywriter import services
from copywriter.kinds import KINDS
from copywriter.models import Draft, DraftStatus, Voice
from copywriter.reviewing import passing, reasons, runs
from copywriter.reviewing.queue import Queue
from foundation.jobs import services as jobs
from foundation.jobs.errors import NothingToDo
from foundation.jobs.inline import run_here
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.tenancy.models import User
from tests.copywriter.conftest import MakeProduct
from tests.copywriter.test_services import written

TITLE = KINDS["title"]
MakeDraft = Callable[..., Draft]


@pytest.fixture
def make_draft(job: Job, make_product: MakeProduct) -> MakeDraft:
    """A sure draft of a product of its own, unless told otherwise."""

    def make(
        text: str = "It is blue.", product: Product | None = None, of: Job | None = None, **fields: object
    ) -> Draft:
        given = {"original_text": text, "confidence": 90, **fields}
        return Draft.objects.create(job=of or job, product=product or make_product(), text=text, **given)

    return make


def texts() -> list[str]:
    return list(Product.objects.order_by("pk").values_list("description", flat=True))


def statuses() -> list[str]:
    return list(Draft.objects.order_by("pk").values_list("status", flat=True))


def test_many_are_accepted_as_one_is(make_draft: MakeDraft, make_product: MakeProduct, owner: User) -> None:
    old = make_product(description="Old.")
    drafts = [make_draft("First.", old), make_draft("Second."), make_draft("A title", kind="title")]
    accepted = services.accept_many([draft.pk for draft in drafts], owner)
    assert (sorted(accepted.done), accepted.left) == ([draft.pk for draft in drafts], {})
    product = Product.objects.get(pk=old.pk)
    assert (product.description, product.description_origin, product.described_by) == ("First.", Origin.MODEL, owner)
    assert texts() == ["First.", "Second.", ""]
    first = Draft.objects.get(pk=drafts[0].pk)
    assert first.replaced == DescriptionVersion.objects.get(text="Old.")
    assert (first.decided_by, first.decided_at is None) == (owner, False)
    services.restore_many(accepted.done)
    assert texts() == ["Old.", "", ""]


def test_two_of_one_product_are_accepted_one_after_the_other(make_draft: MakeDraft, make_product: MakeProduct) -> None:
    mug = make_product(description="Old.")
    ids = [make_draft("First.", mug).pk, make_draft("Second.", mug, take=1).pk]
    services.accept_many(ids)
    assert texts() == ["Second."]
    assert list(DescriptionVersion.objects.order_by("pk").values_list("text", flat=True)) == ["Old.", "First."]
    assert services.take_back(ids).kept == {}
    assert texts() == ["Old."]


def test_what_a_person_wrote_is_replaced_only_if_asked(
    make_draft: MakeDraft, make_product: MakeProduct, owner: User
) -> None:
    mug = make_product()
    set_description(mug, "By hand.", Origin.PERSON, owner)
    draft = make_draft(product=mug)
    assert services.accept_many([draft.pk], over_people=False).left == {draft.pk: reasons.PERSONS}
    assert texts() == ["By hand."]
    assert services.accept_many([draft.pk], over_people=True).done == [draft.pk]
    assert services.accept_many([draft.pk]).left == {draft.pk: reasons.DECIDED}


def test_what_breaks_a_rule_of_the_shop_is_left(make_draft: MakeDraft) -> None:
    drafts = [make_draft("It is gorgeous."), make_draft("It is blue.")]
    Voice.objects.create(avoid=["gorgeous"])
    accepted = services.accept_many([draft.pk for draft in drafts], only_clean=True)
    assert (accepted.done, accepted.left) == ([drafts[1].pk], {drafts[0].pk: reasons.RULES})
    assert "breaks a rule" in reasons.summed(accepted.left.values())


def test_what_passes(make_draft: MakeDraft, make_product: MakeProduct, owner: User) -> None:
    mug, chosen, by_hand = make_product(), make_product(), make_product()
    surest = make_draft("Take two.", mug, take=1, confidence=95)
    make_draft("Take one.", mug)
    make_draft("Unsure.", confidence=79)
    title = make_draft("A title", mug, kind="title", confidence=80)
    make_draft("Other.", chosen)
    make_draft("Chosen.", chosen, take=1, status=DraftStatus.ACCEPTED)
    set_description(by_hand, "By hand.", Origin.PERSON, owner)
    persons = make_draft("Machine.", by_hand)
    sure = make_draft("Rejected.", status=DraftStatus.REJECTED)
    assert {draft.pk for draft in passing.passing(Queue())} == {surest.pk, title.pk}
    assert {draft.pk for draft in passing.passing(Queue(kind="title"))} == {title.pk}
    assert {draft.pk for draft in passing.passing(Queue(), over_people=True)} == {surest.pk, title.pk, persons.pk}
    found = passing.survey(Queue())
    assert (found.count, found.described, found.persons, found.until) == (2, 0, 1, title.pk)
    assert not passing.passing(Queue(), until=surest.pk - 1).exists()
    assert passing.count(Queue(sure="low")) == 0
    half_sure = {draft.pk for draft in passing.passing(Queue(sure="medium"))}
    assert half_sure, "where somebody narrows to them"
    assert not half_sure & {surest.pk, title.pk}
    assert sure.pk not in {draft.pk for draft in passing.passing(Queue(status=DraftStatus.REJECTED))}


def decide(owner: User, over_people: bool = False) -> Job:
    params = {"filter": {}, "until": 2**62, "over_people": over_people}
    return jobs.enqueue(runs.DECIDE, params, by=owner, dedup_key="pass")


@pytest.mark.django_db(transaction=True)
def test_a_job_accepts_all_that_pass_and_is_undone_as_a_whole(
    make_draft: MakeDraft, make_product: MakeProduct, owner: User
) -> None:
    drafts = [make_draft(f"Text {n}.", make_product(f"Mug {n}", description=f"Old {n}.")) for n in range(5)]
    Voice.objects.create(avoid=["Text 4"])
    run = run_here(decide(owner), threads=1)
    assert run.status == JobStatus.DONE
    assert texts() == ["Text 0.", "Text 1.", "Text 2.", "Text 3.", "Old 4."]
    assert set(Draft.objects.filter(status=DraftStatus.ACCEPTED).values_list("decided_by", flat=True)) == {owner.pk}
    failed = JobItem.objects.get(job=run, status=ItemStatus.FAILED)
    assert (failed.key, failed.error) == (str(drafts[4].pk), "It breaks a rule of your shop.")
    set_description(Product.objects.get(title="Mug 1"), "By hand.", Origin.PERSON, owner)
    services.restore(drafts[2])
    services.accept(drafts[2], by=owner)  # decided anew: no matter of the run any more
    assert runs.survey(run) == runs.Survey(accepted=3, kept=1)
    undo = run_here(jobs.enqueue(runs.UNDO, {"run": run.pk}, by=owner), threads=1)
    assert undo.status == JobStatus.DONE
    assert texts() == ["Old 0.", "By hand.", "Text 2.", "Old 3.", "Old 4."]
    assert statuses() == ["pending", "accepted", "accepted", "pending", "pending"]
    with pytest.raises(NothingToDo):
        jobs.enqueue(runs.UNDO, {"run": decide_nothing(run)}, by=owner)


def decide_nothing(run: Job) -> int:
    JobItem.objects.filter(job=run).update(status=ItemStatus.FAILED)
    return run.pk


def test_undoing_what_a_job_wrote_keeps_what_a_person_edited(
    job: Job, make_draft: MakeDraft, make_product: MakeProduct, owner: User
) -> None:
    drafts = [make_draft(f"Text {n}.", make_product(f"Mug {n}", description=f"Old {n}.")) for n in range(3)]
    services.edit(drafts[0], "Better text.", by=owner)
    services.accept_many([draft.pk for draft in drafts[:2]], owner)
    assert runs.survey(job) == runs.Survey(accepted=2, kept=1)
    undo = jobs.enqueue(runs.UNDO, {"run": job.pk}, by=owner)
    assert run_here(undo, threads=1).status == JobStatus.DONE
    assert texts() == ["Better text.", "Old 1.", "Old 2."]
    assert statuses() == ["accepted", "pending", "pending"]
    again = services.take_back([draft.pk for draft in drafts])
    assert (again.done, again.kept) == ([], {drafts[0].pk: reasons.EDITED}), "a second time changes nothing"
    assert DescriptionVersion.objects.count() == 3


def test_what_is_edited_while_a_job_accepts_waits(make_draft: MakeDraft, owner: User) -> None:
    drafts = [make_draft("First."), make_draft("Second.")]
    accepting = jobs.enqueue(runs.DECIDE, {"filter": {}, "until": drafts[1].pk, "over_people": False}, by=owner)
    services.edit(drafts[0], "Twelve golden handles, made on Mars.", by=owner)
    assert Draft.objects.get(pk=drafts[0].pk).confidence < 75
    run_here(accepting, threads=1)
    assert statuses() == ["pending", "accepted"]
    assert JobItem.objects.get(key=str(drafts[0].pk)).error == reasons.told(reasons.EDITED)


def test_a_later_jobs_draft_takes_the_place_of_an_unedited_one(
    job: Job, make_product: MakeProduct, make_draft: MakeDraft, owner: User
) -> None:
    mug = make_product()
    unread, edited, title = (
        make_draft("First.", mug), make_draft("Second.", mug, take=1), make_draft("A title", mug, kind="title")
    )  # fmt: skip
    services.edit(edited, "Edited.", by=owner)
    later = Job.objects.create(kind="copy.describe", queue="bulk")
    services.keep(later, mug.pk, written(), "m")
    services.keep(later, mug.pk, written("Another."), "m", take=1)
    assert statuses() == ["replaced", "pending", "pending", "pending", "pending"]
    assert services.accept_many([unread.pk, title.pk]).left == {unread.pk: reasons.DECIDED}
