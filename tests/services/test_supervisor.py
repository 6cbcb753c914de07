"""The supervisor: orderly ends, killed children, a killed supervisor, and what it refuses."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecomsite.services.layout import REPOSITORY, Layout
from ecomsite.services.locks import FileLock
from tests.services.folders import open_folder
from tests.services.running import alive, environment, eventually, serve, supervisor


@pytest.fixture
def data() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder / "var"


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_every_process_leaves_no_lock_and_keeps_the_data(data: Path, ending: signal.Signals) -> None:
    with supervisor(data) as first:
        first.query("CREATE TABLE kept (n int)")
        first.query("INSERT INTO kept VALUES (7)")
        pids = first.pids()
        assert len(pids) == 2
        status, output = first.stop(ending)
    assert status == 0, output
    assert not [pid for pid in pids if alive(pid)]
    assert FileLock(Layout(data).lock).holder() is None
    assert not (data / "postgres" / "postmaster.pid").exists()
    assert not Layout(data).state.exists()
    with supervisor(data) as second:
        assert second.query("SELECT n FROM kept") == [(7,)]


def test_killed_servers_come_back_with_their_data(data: Path) -> None:
    with supervisor(data) as running:
        running.query("CREATE TABLE kept AS SELECT generate_series(1, 500) AS n")
        for _ in range(2):
            for name in ("postgres", "valkey"):
                old = running.pid(name)
                os.kill(old, signal.SIGKILL)
                assert eventually(lambda name=name, old=old: running.pid(name) not in (0, old), 20)
            assert eventually(running.answers, 20)
        assert running.query("SELECT count(*) FROM kept") == [(500,)]


def test_valkey_comes_back_when_its_data_was_deleted(data: Path) -> None:
    with supervisor(data) as running:
        old = running.pid("valkey")
        os.kill(old, signal.SIGKILL)
        shutil.rmtree(data / "valkey")
        assert eventually(lambda: running.pid("valkey") not in (0, old) and running.answers(), 20)


def test_a_killed_supervisor_leaves_nothing_that_blocks_the_next_start(data: Path) -> None:
    with supervisor(data) as first:
        first.query("CREATE TABLE kept AS SELECT 1 AS n")
        pids = first.pids()
        first.process.kill()
        first.process.wait()
        assert eventually(lambda: not any(alive(pid) for pid in pids), 20)
    with supervisor(data) as second:
        assert second.query("SELECT n FROM kept") == [(1,)]


def test_a_power_cut_leaves_nothing_that_blocks_the_next_start(data: Path) -> None:
    with supervisor(data) as first:
        first.query("CREATE TABLE kept AS SELECT 1 AS n")
        for pid in (first.process.pid, *first.pids()):
            os.kill(pid, signal.SIGKILL)
        first.process.wait()
    assert (data / "postgres" / "postmaster.pid").exists()
    # The worst of it: the pid in the lock file belongs to somebody else by now.
    lock = data / "postgres" / "postmaster.pid"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with supervisor(data) as second:
        assert second.query("SELECT n FROM kept") == [(1,)]


def test_a_second_supervisor_is_refused_with_one_sentence(data: Path) -> None:
    with supervisor(data) as running:
        second = serve(data, "--servers-only")
        output, _ = second.communicate(timeout=30)
        assert second.returncode == 1
        assert output == (
            f"Error: Another process (pid {running.process.pid}) already runs the services of {data}: stop it first.\n"
        )
        assert running.answers()


def test_a_port_in_use_is_one_sentence_before_anything_starts(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = serve(data, "--port", str(port))
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert output == f"Error: Port {port} is in use: stop what uses it, or choose another with PORT=8001.\n"
    assert not (data / "postgres").exists()


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_one_sentence(data: Path, port: str) -> None:
    process = serve(data, env=environment(data, PORT=port))
    output, _ = process.communicate(timeout=30)
    assert (process.returncode, output) == (1, f"Error: PORT is '{port}'; write a number from 1 to 65535.\n")


def test_a_long_path_gets_short_sockets(data: Path) -> None:
    deep = data.parent / ("a-folder-with-a-rather-long-name-" * 4)
    deep.mkdir()
    with supervisor(deep) as running:
        sockets = running.sockets
        assert len(str(sockets)) < 60
        assert str(deep) not in str(sockets)
    shutil.rmtree(sockets, ignore_errors=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers run as somebody else")
def test_data_that_the_servers_user_can_not_reach_is_kept_elsewhere_and_said_so(data: Path) -> None:
    closed = data.parent / "closed"
    closed.mkdir(mode=0o700)
    with supervisor(closed / "var") as running:
        outside = running.sockets.parents[1]
        assert closed not in outside.parents
        status, output = running.stop()
    shutil.rmtree(outside)
    assert status == 0
    assert f"so the databases are kept in {outside}." in output


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root's rights to become an ordinary user")
def test_an_ordinary_user_runs_the_servers_as_himself(data: Path) -> None:
    data.mkdir()
    os.chown(data, 65534, 65534)
    command = "from ecomsite.services import commandline; import sys; sys.exit(commandline.main(sys.argv))"
    if not _python_for_everybody():
        pytest.skip("no Python of this machine is readable by an ordinary user and has the packages")
    process = subprocess.Popen(
        [_python_for_everybody(), "-c", command, "serve", "--servers-only"],
        env=environment(data, PYTHONPATH=f"{REPOSITORY}:{_packages()}"),
        user=65534,
        group=65534,
        extra_groups=[],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert eventually(lambda: (data / "run" / "services.json").exists() and process.poll() is None, 30)
        assert eventually(lambda: (data / "postgres" / "postmaster.pid").exists(), 30)
        assert (data / "postgres").stat().st_uid == 65534
    finally:
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 0, output


def _packages() -> str:
    return next(path for path in sys.path if path.endswith("site-packages"))


def _python_for_everybody() -> str:
    """A Python of the same version that an ordinary user can start; a .venv of root's pyenv can't be."""
    wanted = f"python3.{sys.version_info[1]}"
    for candidate in (f"/usr/bin/{wanted}", f"/usr/local/bin/{wanted}", sys.executable):
        test = [candidate, "-c", "import psycopg, redis"]
        try:
            done = subprocess.run(
                test, check=False, capture_output=True, user=65534, group=65534, env={"PYTHONPATH": _packages()}
            )
        except OSError:
            continue
        if done.returncode == 0:
            return candidate
    return ""
