"""The product's settings plus one job kind made to be interrupted."""

from __future__ import annotations

from ecomsite.settings import *  # noqa: F403
from ecomsite.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.app.FaultsConfig"]
