"""What must not be read by whoever can read a log or has an account on the machine."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ecomsite.logs import WithoutSecrets
from ecomsite.services.layout import REPOSITORY, Layout

TOKEN = "wqJooYCHvZOCnFIoLbQkskb04kATzFYCgA1_UP_WmX0"


@pytest.mark.parametrize(
    "path",
    [
        f"/invitations/{TOKEN}/",
        f"/accounts/login/?next=/invitations/{TOKEN}/",
        f"/accounts/login/?next=%2Finvitations%2F{TOKEN}%2F",
        f"/accounts/password/reset/key/2-{TOKEN}/",
        f"/accounts/confirm-email/Mg:{TOKEN}/",
    ],
)
def test_no_log_holds_the_secret_part_of_a_link(path: str) -> None:
    record = logging.LogRecord(
        "uvicorn.access", logging.INFO, "", 0, '%s - "%s %s" %d', ("::1", "GET", path, 200), None
    )
    assert WithoutSecrets().filter(record)
    assert TOKEN not in record.getMessage()
    assert record.getMessage().startswith('::1 - "GET /')


def test_every_line_of_a_log_is_kept_as_it_was_but_for_that() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "GET %s %d", ("/m/harbour/imports/12/", 200), None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "GET /m/harbour/imports/12/ 200"


def test_the_web_process_writes_its_addresses_through_the_filter(tmp_path: Path) -> None:
    """As uvicorn does it: its own logging first, then the application."""
    code = (
        "import logging; from uvicorn.config import Config; Config('ecomsite.asgi:application').load()\n"
        f"logging.getLogger('uvicorn.access').info('%s %s', 'GET', '/invitations/{TOKEN}/')"
    )
    environment = {**os.environ, "ECOM_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, env=environment, check=True, capture_output=True, text=True
    )
    assert (done.stdout + done.stderr).count("GET /invitations/…/") == 1
    assert TOKEN not in done.stdout + done.stderr


def test_other_accounts_of_the_machine_read_no_file_letter_or_log(tmp_path: Path) -> None:
    data = tmp_path / "data"
    environment = {name: value for name, value in os.environ.items() if name != "EMAIL_HOST"}
    code = "import ecomsite.settings"
    subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, env={**environment, "ECOM_DATA_DIR": str(data)}, check=True
    )
    Layout(data).make()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.iterdir()}
    for name in ("media", "uploads", "mail", "logs"):
        assert modes[name] == 0o700, name
    assert modes["secrets.env"] == 0o600
