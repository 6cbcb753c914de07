"""Shops that commands make for themselves: gone with their command, however it ended, and never before."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.utils import timezone

from foundation.jobs import services, tasks
from foundation.jobs.holder import holder
from foundation.jobs.models import Job, JobItem, ScratchShop
from foundation.jobs.scratch import scratch_shop, sweep
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from tests.jobs.kinds import Scripted

pytestmark = pytest.mark.django_db(transaction=True)
ELSEWHERE = "another-boot/1:77:1234"
COMMAND = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "ecomsite.settings"
django.setup()
from foundation.jobs.scratch import scratch_shop
with scratch_shop("running"):
    print("open", flush=True)
    sys.stdin.read()
"""


@contextmanager
def command() -> Iterator[subprocess.Popen[str]]:
    """A process that has a scratch shop in this test's database, until its stdin ends."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
    environment = {**os.environ, "DATABASE_URL": urlunsplit(address)}
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "open\n"
            yield process
        finally:
            process.kill()


def left(by: str, expires_in: timedelta) -> Merchant:
    """A shop with work in it, whose command is `by`."""
    merchant = Merchant.objects.create(name="left", slug=f"left-{Merchant.objects.count()}")
    with merchant_scope(merchant):
        ScratchShop(holder=by, expires_at=timezone.now() + expires_in).save()
        services.enqueue(Scripted.kind, {"keys": ["a", "b"]})
    return merchant


def test_a_shop_goes_with_its_block_even_after_an_error() -> None:
    def broken() -> None:
        with scratch_shop("mine") as merchant:
            assert Merchant.objects.get() == merchant
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        broken()
    assert not Merchant.objects.exists()


def test_a_running_command_keeps_its_shop_and_a_killed_one_does_not() -> None:
    with command() as process:
        assert sweep() == 0
        with scratch_shop("another"):
            assert Merchant.objects.count() == 2
        ScratchShop.unscoped.update(expires_at=timezone.now() - timedelta(days=1))
        assert sweep() == 0, "it is slow to say so, but its process lives"
        process.kill()
        process.wait()
        assert Merchant.objects.count() == 1
        with scratch_shop("next"):
            assert Merchant.objects.get().name == "next"


def test_the_periodic_repair_removes_what_a_dead_command_left(scripted: Scripted) -> None:
    with command() as process:
        dead = ScratchShop.unscoped.get().holder
        process.kill()
    shop = left(dead, timedelta(minutes=5))
    Merchant.objects.create(name="a real one", slug="real")
    tasks.repair()
    assert [merchant.slug for merchant in Merchant.objects.all()] == ["real"]
    assert not Job.unscoped.filter(merchant_id=shop.pk).exists()
    assert not JobItem.unscoped.exists()


@pytest.mark.parametrize(
    ("by", "expires_in", "stays"),
    [
        (ELSEWHERE, timedelta(minutes=1), True),
        (ELSEWHERE, timedelta(minutes=-1), False),
        ("", timedelta(hours=-1), True),
    ],
)
def test_of_another_machines_command_only_time_tells(
    scripted: Scripted, by: str, expires_in: timedelta, stays: bool
) -> None:
    left(by or holder(), expires_in)
    assert sweep() == (0 if stays else 1)
    assert Merchant.objects.exists() is stays
    assert sweep() == 0
