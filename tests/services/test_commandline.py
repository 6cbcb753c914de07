"""`manage.py`: each command finds its database, or brings one for its own run."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecomsite.services.layout import REPOSITORY, Layout
from ecomsite.services.locks import FileLock
from tests.services.folders import open_folder
from tests.services.running import environment, supervisor


@pytest.fixture
def data() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder / "var"


def manage(data: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(REPOSITORY / "manage.py"), *arguments]
    return subprocess.run(
        command, env=environment(data, **variables), capture_output=True, text=True, check=False, timeout=120
    )


def test_a_command_brings_its_own_servers_and_takes_them_away(data: Path) -> None:
    code = "from django.db import connection as c; print(c.cursor().execute('SELECT 40 + 2').fetchone()[0])"
    done = manage(data, "shell", "-v", "0", "-c", code)
    assert done.stdout.strip() == "42", done.stderr
    assert not (data / "postgres" / "postmaster.pid").exists()
    assert FileLock(Layout(data).lock).holder() is None
    assert not Layout(data).state.exists()


def test_a_command_uses_the_servers_that_run(data: Path) -> None:
    with supervisor(data) as running:
        running.query("CREATE TABLE mine AS SELECT 11 AS n")
        code = "from django.db import connection as c; print(c.cursor().execute('SELECT n FROM mine').fetchone()[0])"
        done = manage(data, "shell", "-v", "0", "-c", code)
        assert done.stdout.strip() == "11", done.stderr
        assert running.answers()


def test_two_commands_at_once_share_the_servers_of_the_first(data: Path) -> None:
    connect = "import time; from django.db import connection as c; c.ensure_connection(); print('up', flush=True); "
    sleep = connect + "time.sleep(3)"
    command = [sys.executable, str(REPOSITORY / "manage.py"), "shell", "-v", "0", "-c", sleep]
    with subprocess.Popen(command, env=environment(data), stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        assert first.stdout.readline() == "up\n"
        longer = sleep.replace("sleep(3)", "sleep(5)") + "; print(c.cursor().execute('SELECT 1').fetchone()[0])"
        second = manage(data, "shell", "-v", "0", "-c", longer)
        assert second.stdout.split() == ["up", "1"], second.stderr
        assert first.wait(60) == 0


def test_dbshell_reaches_the_database(data: Path) -> None:
    done = manage(data, "dbshell", "--", "-At", "-c", "SELECT current_user")
    assert done.stdout.strip() == "app", done.stderr


@pytest.mark.parametrize("command", ["help", "version"])
def test_what_needs_no_database_starts_none(data: Path, command: str) -> None:
    assert manage(data, command).returncode == 0
    assert not (data / "postgres").exists()


def test_the_tests_own_engine_is_refused_in_one_sentence(data: Path) -> None:
    sentence = "COPY_ENGINE=fake makes texts without a model, for tests only; choose auto, openvino, torch or remote."
    done = manage(data, "check", COPY_ENGINE="fake", ECOM_ALLOW_FAKE="")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"Error: {sentence}\n")
    assert manage(data, "check", COPY_ENGINE="fake", ECOM_ALLOW_FAKE="1").returncode == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    served = manage(data, "serve", "--no-demo", "--port", port, COPY_ENGINE="fake", ECOM_ALLOW_FAKE="")
    assert served.returncode == 1
    assert served.stderr == f"Error: The site can't be prepared: {sentence} ({data / 'logs' / 'prepare.log'})\n"


def test_a_variable_that_can_not_be_used_is_one_sentence(data: Path) -> None:
    done = manage(data, "check", HTTPS="perhaps")
    assert (done.returncode, done.stderr) == (1, "Error: HTTPS is 'perhaps'; write 1 or 0.\n")


def test_a_model_that_is_not_there_is_one_sentence(data: Path) -> None:
    done = manage(data, "check", COPY_ENGINE="torch", COPY_MODEL="/nope/model")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: COPY_MODEL is '/nope/model', where nothing is")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("DATABASE_URL", "postgresql://app:hidden-word@127.0.0.1:1/app"),
        ("DATABASE_URL", "nonsense hidden-word"),
        ("REDIS_URL", "redis://:hidden-word@127.0.0.1:1/0"),
        ("REDIS_URL", "hidden-word"),
    ],
)
def test_a_server_of_the_operators_that_does_not_answer_is_one_sentence(data: Path, name: str, address: str) -> None:
    begun = time.monotonic()
    done = manage(data, "serve", "--servers-only", **{name: address})
    assert time.monotonic() - begun < 5
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {name} names a ")
    assert done.stderr.count("\n") == 1
    assert "hidden-word" not in done.stdout + done.stderr
    assert "Stopping" not in done.stdout, "nothing had been started"


def test_a_training_on_a_shops_texts_has_a_database(data: Path) -> None:
    wrong = manage(data, "train", "copy", "--shop", "nobody")
    assert "There is no shop 'nobody'" in wrong.stderr, wrong.stderr
    assert (data / "postgres").exists()
