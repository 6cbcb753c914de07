from __future__ import annotations

import pytest
from django.db import DataError, InterfaceError, OperationalError, transaction

from foundation.jobs import surviving as module
from foundation.jobs.surviving import surviving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.0)


def failing(*errors: Exception):
    left = list(errors)

    def work() -> str:
        if left:
            raise left.pop(0)
        return "done"

    return work


def test_a_lost_connection_is_outlived() -> None:
    assert surviving(failing(OperationalError("terminating"), InterfaceError("closed"))) == "done"


def test_other_errors_pass_at_once() -> None:
    with pytest.raises(DataError):
        surviving(failing(DataError("too long")))


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", -1.0)
    with pytest.raises(OperationalError):
        surviving(failing(OperationalError("gone"), OperationalError("gone")))


def test_inside_a_transaction_nothing_is_repeated() -> None:
    """The statements before it are lost with the connection: only the owner of the transaction can start over."""
    with pytest.raises(OperationalError), transaction.atomic():
        surviving(failing(OperationalError("gone")))
