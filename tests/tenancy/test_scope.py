from __future__ import annotations

import pytest

from foundation.jobs.models import Job
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import CrossesMerchants, OutsideScope, current_merchant, merchant_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def merchants() -> tuple[Merchant, Merchant]:
    return Merchant.objects.create(name="Aster", slug="aster"), Merchant.objects.create(name="Birch", slug="birch")


def test_outside_a_scope_nothing_can_be_asked(merchants: tuple[Merchant, Merchant]) -> None:
    for ask in (
        lambda: Job.objects.all(),
        lambda: Job.objects.exists(),
        lambda: Job.objects.exclude(pk=1).exists(),
        lambda: Job.objects.filter(pk=1).update(status="done"),
        lambda: Job.objects.bulk_create([Job(kind="x")]),
        lambda: Job.objects.create(kind="x"),
        lambda: Job.objects.none(),
    ):
        with pytest.raises(OutsideScope):
            ask()


def test_a_scope_sees_and_writes_its_own_rows_only(merchants: tuple[Merchant, Merchant]) -> None:
    aster, birch = merchants
    with merchant_scope(aster):
        mine = Job.objects.create(kind="x")
        assert mine.merchant_id == aster.pk
    with merchant_scope(birch):
        assert not Job.objects.filter(pk=mine.pk).exists()
        assert Job.objects.update(kind="stolen") == 0
        with pytest.raises(CrossesMerchants):
            mine.save()
        with pytest.raises(CrossesMerchants):
            mine.delete()
        with pytest.raises(CrossesMerchants):
            Job.objects.bulk_create([Job(kind="x", merchant=aster)])
        with pytest.raises(CrossesMerchants):
            Job.objects.update(merchant=birch)
    assert Job.unscoped.get(pk=mine.pk).kind == "x"


def test_scopes_nest_and_end(merchants: tuple[Merchant, Merchant]) -> None:
    aster, birch = merchants
    with merchant_scope(aster):
        with merchant_scope(birch):
            assert current_merchant() == birch
        assert current_merchant() == aster
    with pytest.raises(OutsideScope):
        current_merchant()


def test_a_tie_into_another_shop_is_refused_by_object_and_by_id(merchants: tuple[Merchant, Merchant]) -> None:
    from django.db import IntegrityError, transaction

    from foundation.jobs.models import JobItem

    aster, birch = merchants
    with merchant_scope(aster):
        theirs = Job.objects.create(kind="x")
    with merchant_scope(birch):
        with pytest.raises(CrossesMerchants):
            JobItem.objects.create(job=theirs, key="1")
        with pytest.raises(IntegrityError), transaction.atomic():
            JobItem.objects.create(job_id=theirs.pk, key="1")
