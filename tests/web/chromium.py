"""Debian's Chromium for the tests of what only a browser can show."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

PATH = os.environ.get("CHROMIUM", "") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Skips where no Chromium is installed; in CI that is a failure."""
    if not os.path.exists(PATH):
        if os.environ.get("CI"):
            pytest.fail(f"There is no Chromium at {PATH}; in CI a browser test must run.")
        pytest.skip(f"There is no Chromium at {PATH}. Install it (apt-get install chromium) or set CHROMIUM.")
    # Playwright's loop runs in this thread, where Django would take it for an async caller of the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=PATH, args=FLAGS.split())
        try:
            yield browser
        finally:
            browser.close()
