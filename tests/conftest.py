"""Services for the tests: where no DATABASE_URL is given, an embedded PostgreSQL and Valkey in a temporary folder.

They have to run before Django's settings are read, which is why this happens on import and why DJANGO_SETTINGS_MODULE
stands here and not in pyproject.toml. Under xdist only the controlling process starts them; its workers inherit the
environment.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from ecomsite.services import embedded
from ecomsite.services.layout import REPOSITORY, Layout

_services = contextlib.ExitStack()


def _temporary_data() -> None:
    """Tests leave no trace in `var`; the models built there are only read."""
    folder = Path(tempfile.mkdtemp(prefix="ecomsite-tests-"))
    _services.callback(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    models = REPOSITORY / "var" / "models"
    models.mkdir(parents=True, exist_ok=True)
    (folder / "models").symlink_to(models)
    os.environ["ECOM_DATA_DIR"] = str(folder)


def _start() -> None:
    if "ECOM_DATA_DIR" not in os.environ:
        _temporary_data()
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        # Nothing here outlives the run, so it need not survive a power cut.
        servers = _services.enter_context(embedded.running(Layout.from_environment(), fsync=False))
        os.environ.update(servers.environment())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecomsite.settings")
    import django

    django.setup()  # here, because an area's own conftest imports models before `pytest_configure`


_start()


def pytest_unconfigure(config: pytest.Config) -> None:
    _services.close()


@pytest.fixture(autouse=True)
def _no_language_stays() -> Iterator[None]:
    """A page asked for in Chinese leaves Chinese active in the thread; the next test begins with the default."""
    yield
    translation.deactivate()
