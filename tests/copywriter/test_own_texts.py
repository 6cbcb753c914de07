"""Which of a shop's texts become examples: its own, never another shop's, never a model's."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.models import Origin, Product
from catalog.services.descriptions import restore_description, set_description
from copywriter import services
from copywriter.models import Draft
from copywriter.training import own_texts
from copywriter.training.dataset import read
from copywriter.training.learnable import LeftOut
from foundation.evidence import check
from foundation.jobs.models import Job
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import create_merchant
from tests.copywriter import own_goods

UNPROVEN = "It was carved in Norway by retired sailors."


def written(tmp_path: Path) -> list[str]:
    own_texts.write(tmp_path / own_texts.FILE)
    return [example.text for example in read([tmp_path / own_texts.FILE])]


def test_nothing_unproven_gets_in(shop: Merchant, tmp_path: Path) -> None:
    own_goods.make(12, extra=UNPROVEN)
    found = own_texts.write(tmp_path / own_texts.FILE)
    assert (found.looked, found.usable, found.whole) == (12, 12, True)
    for example in read([tmp_path / own_texts.FILE]):
        assert "Norway" not in example.text
        assert all(one.backed for one in check(example.text, example.facts).sentences)
        assert example.brief.kind == "description"


def test_a_models_text_never_gets_in(shop: Merchant, tmp_path: Path) -> None:
    mine, models = own_goods.make(1) + own_goods.make(1, first=1, origin=Origin.MODEL)
    told = "The Oak Bowl 0 by Harbour is made of oak and holds 300 ml. It is brown."
    set_description(mine, told, Origin.MODEL)
    assert written(tmp_path) == [own_goods.text(0, "oak")]  # what the shop had before counts instead
    assert own_texts.survey().left_out == {LeftOut.MODEL: 1}
    assert models.description not in written(tmp_path)


def test_pictures_are_no_text_of_a_model(shop: Merchant) -> None:
    own_goods.make(1)
    Product.objects.update(description='<p><img src="bowl.jpg"></p>')
    assert own_texts.survey().left_out == {LeftOut.EMPTY: 1}


def test_an_accepted_draft_counts_once_a_person_changed_it(
    shop: Merchant, owner: User, job: Job, tmp_path: Path
) -> None:
    edited, as_written = own_goods.make(2)
    Product.objects.update(description="")
    texts = [own_goods.text(0, "oak"), own_goods.text(1, "beech")]
    for product, text in zip((edited, as_written), texts, strict=True):
        product.refresh_from_db()
        draft = Draft.objects.create(product=product, job=job, text=text, original_text=text)
        if product == edited:
            draft = services.edit(draft, f"{text} The bowl is brown.", owner)
        services.accept(draft, owner)
    assert written(tmp_path) == [f"{texts[0]} The bowl is brown."]


def test_a_persons_text_counts_and_a_models_that_was_brought_back_does_not(shop: Merchant, tmp_path: Path) -> None:
    (product,) = own_goods.make(1)
    models = "The Oak Bowl 0 by Harbour is brown and made of oak. It holds 300 ml of tea."
    Product.objects.update(description=models, description_origin=Origin.MODEL)
    assert written(tmp_path) == []
    set_description(product, own_goods.text(0, "oak"), Origin.PERSON)
    assert written(tmp_path) == [own_goods.text(0, "oak")]
    restore_description(product.description_versions.get())
    product.refresh_from_db()
    assert (product.description, product.description_origin) == (models, Origin.MODEL)
    assert written(tmp_path) == [own_goods.text(0, "oak")]


def test_another_shops_texts_never_get_in(shop: Merchant, owner: User, tmp_path: Path) -> None:
    own_goods.make(2)
    with merchant_scope(create_merchant("Next door", owner)):
        own_goods.make(3, first=10)
        assert own_texts.survey().usable == 3
    assert own_texts.survey().usable == 2
    assert len(written(tmp_path)) == 2


def test_the_same_text_twice_is_learnt_once(shop: Merchant, tmp_path: Path) -> None:
    first, second = own_goods.make(2)
    attributes = {**first.attributes, "Colour": "brown"}
    Product.objects.filter(pk=second.pk).update(title=first.title, attributes=attributes, description=first.description)
    assert own_texts.survey().left_out == {LeftOut.TWICE: 1}
    assert len(written(tmp_path)) == 1


def test_it_reads_chunk_by_chunk(shop: Merchant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(own_texts, "CHUNK", 3)
    own_goods.make(8)
    assert own_texts.survey().usable == 8
    cut = own_texts.survey(5)
    assert (cut.looked, cut.usable, cut.whole) == (5, 5, False)
    monkeypatch.setattr(own_texts, "MOST_LEARNT", 4)
    assert own_texts.write(tmp_path / own_texts.FILE).whole is False
    assert len(list(read([tmp_path / own_texts.FILE]))) == 4
    monkeypatch.setattr(own_texts, "MOST_LEARNT", 8)
    assert own_texts.write(tmp_path / own_texts.FILE).whole is True


def test_a_survey_is_remembered_until_the_catalog_changes(shop: Merchant) -> None:
    own_goods.make(2)
    assert own_texts.remembered() is None
    assert own_texts.quick_survey().usable == 2
    assert own_texts.remembered() == own_texts.quick_survey()
    own_goods.make(1, first=5)
    assert own_texts.remembered() is None
    assert own_texts.quick_survey().usable == 3
