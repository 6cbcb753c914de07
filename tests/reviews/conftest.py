from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from foundation.tenancy.services import create_merchant


@pytest.fixture
def media(tmp_path: Path, settings: object) -> Path:
    folder = tmp_path / "media"
    django_settings.MEDIA_ROOT = folder
    return folder


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create(email="owner@example.org")


@pytest.fixture
def shop(owner: User, media: Path) -> Iterator[Merchant]:
    merchant = create_merchant("Shop", owner)
    with merchant_scope(merchant):
        yield merchant
