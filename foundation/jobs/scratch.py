"""Shops that a running command makes for itself, and that go with it however it ends: by itself, or by `kill -9`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from foundation.jobs.holder import Fate, fate, holder
from foundation.jobs.models import ACTIVE, Job, JobStatus, ScratchShop
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import open_memberless_shop, remove_shop

logger = logging.getLogger(__name__)

KEPT = timedelta(minutes=10)
"""How long a shop stays whose command runs on another machine and gives no sign."""
RENEW = 60.0
"""Seconds between two signs."""


@contextmanager
def scratch_shop(name: str) -> Iterator[Merchant]:
    """A shop of one's own with its scope entered; gone afterwards with all its rows and files.

    Those that dead commands left are removed first.
    """
    sweep()
    with transaction.atomic():
        merchant = open_memberless_shop(name)
        with merchant_scope(merchant):
            ScratchShop(holder=holder(), expires_at=Now() + KEPT).save()
    over = threading.Event()
    renewing = threading.Thread(target=_renew, args=(merchant.pk, over), name="scratch-keeper", daemon=True)
    renewing.start()
    try:
        with merchant_scope(merchant):
            yield merchant
    finally:
        over.set()
        renewing.join()
        _remove(merchant)


def sweep() -> int:
    """Remove the shops whose command is gone, never one that still runs; how many. Safe to run twice at once."""
    gone = [shop.merchant for shop in ScratchShop.unscoped.select_related("merchant") if _is_abandoned(shop)]
    return sum(_remove(merchant) for merchant in gone)


def _is_abandoned(shop: ScratchShop) -> bool:
    found = fate(shop.holder)
    return found is Fate.DEAD or (found is Fate.UNKNOWN and shop.expires_at < timezone.now())


def _remove(merchant: Merchant) -> bool:
    """False where somebody else is removing it, or a worker wrote into it this very moment: the next sweep gets it."""
    with merchant_scope(merchant):
        Job.objects.filter(status__in=ACTIVE).update(status=JobStatus.CANCELLED, finished_at=Now())
    try:
        with transaction.atomic():
            mine = ScratchShop.unscoped.select_for_update(skip_locked=True).filter(merchant=merchant)
            if mine.first() is None:
                return False
            remove_shop(merchant)
    except IntegrityError:
        logger.info("The scratch shop %s is still being written to; it is removed a little later", merchant.slug)
        return False
    return True


def _renew(merchant_id: int, over: threading.Event) -> None:
    while not over.wait(RENEW):
        try:
            ScratchShop.unscoped.filter(merchant_id=merchant_id).update(expires_at=Now() + KEPT)
        except DatabaseError as error:
            logger.warning("The scratch shop could not be kept, trying again: %s", error)
        finally:
            connection.close()
