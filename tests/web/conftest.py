from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from catalog.models import Product
from copywriter.models import Draft
from foundation.jobs.models import ItemStatus, Job, JobItem
from foundation.tenancy import services
from foundation.tenancy.models import Membership, Merchant, Role, User
from foundation.tenancy.scope import merchant_scope
from tests.web import goods

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def _fresh_counters(settings: Any) -> None:
    """Login limits are counted in the cache; hashing a password for real takes longer than the rest of a test.

    A cache of this process's own: one test run's workers share the server, and must not clear each other's counts.
    """
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "web"}}
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    """Stored files go with the test."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def no_wake_ups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are queued in the database, but no worker is called."""
    monkeypatch.setattr("foundation.jobs.services.wake", lambda *_args: None)


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("owner@example.com", PASSWORD, name="Olga Owner")


@pytest.fixture
def shop(owner: User) -> Merchant:
    return services.create_merchant("Harbour Lane", owner)


@pytest.fixture
def staff(shop: Merchant) -> User:
    user = User.objects.create_user("staff@example.com", PASSWORD)
    Membership.objects.create(merchant=shop, user=user, role=Role.STAFF)
    return user


@pytest.fixture
def stranger(db: None) -> User:
    """An owner of another shop."""
    user = User.objects.create_user("stranger@example.com", PASSWORD)
    services.create_merchant("Other Shop", user)
    return user


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    def login(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return login


@pytest.fixture
def browser(owner: User, shop: Merchant, as_user: Callable[[User], Client]) -> Client:
    return as_user(owner)


@pytest.fixture
def make_job(owner: User) -> Callable[..., Job]:
    """A job of `merchant` as it stands after some work; no worker runs in these tests."""

    def make(merchant: Merchant, status: str, done: int = 0, failed: int = 0, left: int = 0, error: str = "") -> Job:
        with merchant_scope(merchant):
            job = Job(kind="test.kind", queue="bulk", status=status, created_by=owner, error=error)
            job.save()
            counts = {ItemStatus.DONE: done, ItemStatus.FAILED: failed, ItemStatus.PENDING: left}
            JobItem.objects.bulk_create(
                JobItem(job=job, key=f"{state}-{n}", status=state, error="no material" if state == "failed" else "")
                for state, count in counts.items()
                for n in range(count)
            )
        return job

    return make


@pytest.fixture
def product(shop: Merchant) -> Product:
    old = "Old text: the oak bowl is made of wood."
    return goods.make_product(shop, "Oak bowl", attributes={"Material": "Oak"}, description=old)


@pytest.fixture
def draft(shop: Merchant, product: Product) -> Draft:
    return goods.make_draft(shop, product)


@pytest.fixture
def drafts(shop: Merchant) -> list[Draft]:
    """Five of one job, each of a product of its own."""
    job = goods.make_job(shop)
    bowls = [f"Bowl {number}" for number in range(5)]
    return [goods.make_draft(shop, goods.make_product(shop, bowl), f"The {bowl} is a bowl.", job) for bowl in bowls]
