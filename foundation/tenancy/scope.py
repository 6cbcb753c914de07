"""The merchant whose rows the running code may see: entered by the middleware and by `run_job`, nowhere guessed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foundation.tenancy.models import Merchant

_merchant: ContextVar[Merchant | None] = ContextVar("merchant", default=None)


class OutsideScope(RuntimeError):
    """A merchant's rows were asked for where no merchant is known."""


class CrossesMerchants(RuntimeError):
    """A row of one merchant was to be written, or tied to a row, in the scope of another."""


@contextmanager
def merchant_scope(merchant: Merchant) -> Iterator[Merchant]:
    token = _merchant.set(merchant)
    try:
        yield merchant
    finally:
        _merchant.reset(token)


def current_merchant() -> Merchant:
    """The scope's merchant; raises `OutsideScope` where there is none."""
    merchant = _merchant.get()
    if merchant is None:
        raise OutsideScope("A merchant's rows were touched outside a scope. Enter `merchant_scope(merchant)` first.")
    return merchant
