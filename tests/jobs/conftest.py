from __future__ import annotations

from collections.abc import Iterator

import pytest

from foundation.jobs import registry
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from tests.jobs.kinds import Scripted


@pytest.fixture
def merchant(db: None) -> Iterator[Merchant]:
    merchant = Merchant.objects.create(name="Lantern Lane", slug="lantern")
    with merchant_scope(merchant):
        yield merchant


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    kind = Scripted()
    monkeypatch.setitem(registry._kinds, kind.kind, kind)
    return kind


@pytest.fixture(autouse=True)
def woken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Wake-ups are written down instead of sent: no worker of another run may take them."""
    sent: list[str] = []
    monkeypatch.setattr("foundation.jobs.services.wake", sent.append)
    return sent
