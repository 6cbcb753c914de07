"""A product whose data changed after its draft was written."""

from __future__ import annotations

from catalog.models import Origin, Product
from catalog.services.descriptions import set_description
from copywriter import services
from copywriter.models import Draft, DraftStatus
from copywriter.reviewing import reasons
from copywriter.reviewing.cards import card
from copywriter.subjects import facts_of_product
from foundation.evidence import check, to_json
from foundation.jobs.models import Job
from foundation.tenancy.models import User
from tests.copywriter.conftest import MakeProduct

TEXT = "The mug is made of stoneware. It holds 350 ml."


def make(job: Job, product: Product, text: str = TEXT, **fields: object) -> Draft:
    evidence = to_json(check(text, facts_of_product(product)))
    made: Draft = Draft.objects.create(
        job=job, product=product, text=text, original_text=text, evidence=evidence, **fields
    )
    return made


def changed(product: Product, **attributes: str) -> None:
    """As the next import leaves it."""
    Product.objects.filter(pk=product.pk).update(attributes={**product.attributes, **attributes})


def unbacked(draft: Draft) -> list[str]:
    return card(Draft.objects.get(pk=draft.pk)).marked.unbacked


def test_what_the_data_no_longer_says_is_not_accepted_unread(job: Job, make_product: MakeProduct) -> None:
    product, other = make_product(), make_product()
    drafts = [make(job, product), make(job, other)]
    changed(product, Material="porcelain")
    accepted = services.accept_many([draft.pk for draft in drafts], only_clean=True)
    assert (accepted.done, accepted.left) == ([drafts[1].pk], {drafts[0].pk: reasons.OUTDATED})
    assert Product.objects.get(pk=product.pk).description == ""
    assert "1 draft still waits" in reasons.summed(accepted.left.values())
    assert "changed" in reasons.told(reasons.OUTDATED)


def test_the_card_marks_it_and_a_person_may_accept_it_all_the_same(job: Job, make_product: MakeProduct) -> None:
    product = make_product()
    draft = make(job, product)
    assert unbacked(draft) == []
    changed(product, Capacity="500 ml")
    assert unbacked(draft) == ["350 ml"]
    services.accept(draft)
    assert Product.objects.get(pk=product.pk).description == TEXT
    assert unbacked(draft) == [], "what was decided shows what was known then"


def test_what_a_person_left_unbacked_is_not_outdated(job: Job, make_product: MakeProduct, owner: User) -> None:
    draft = make(job, make_product())
    services.edit(draft, "The mug is made of gold.", owner)
    assert services.accept_many([draft.pk], only_clean=True).done == [draft.pk]


def test_one_accepted_text_does_not_outdate_another(job: Job, make_product: MakeProduct, owner: User) -> None:
    product = make_product(description="Its glaze is celadon.")
    first, second = make(job, product), make(job, product, "The mug has a celadon glaze.", kind="title")
    assert second.evidence["sentences"][0]["backed"]
    services.accept(first, owner)
    assert unbacked(second) == []
    set_description(Product.objects.get(pk=product.pk), "It is a mug.", Origin.PERSON, owner)
    assert unbacked(second) == []
    assert services.accept_many([second.pk], only_clean=True).done == [second.pk]
    assert Draft.objects.get(pk=second.pk).status == DraftStatus.ACCEPTED
