"""A whole installation in a temporary folder: real servers, real workers, and hands to kill each of them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from ecomsite.services import child, embedded, processes
from ecomsite.services.child import Program
from ecomsite.services.layout import REPOSITORY, Layout

LIMIT = 60.0
"""Seconds that recovery may take: the promise under test."""


@dataclass
class Stack:
    layout: Layout
    servers: embedded.Embedded
    environment: dict[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
    deaths: int = 0

    # --- processes --------------------------------------------------------------------------------------------------

    def start(self, *programs: Program) -> None:
        for program in programs:
            with (self.layout.logs / f"{program.name}.log").open("ab") as output:
                self.running[program.name] = child.start(program, output)
            self.programs[program.name] = program

    def start_servers(self) -> None:
        for server in self.servers.servers():
            self.start(server.program())
            assert child.wait_until(server.ready, LIMIT, lambda: True), f"{server} does not start"

    def workers(self) -> list[Program]:
        return processes.workers(self.layout, self.environment)

    def kill(self, *names: str) -> None:
        """SIGKILL to each process's whole group, at once; the dead are reaped."""
        for name in names:
            child.kill_group(self.running[name].pid)
        for name in names:
            self.running.pop(name).wait()

    def kill_postmaster(self) -> None:
        """Only the postmaster, as the out-of-memory killer would; its children notice by themselves."""
        process = self.running.pop("postgres")
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self, name: str) -> float:
        """An orderly end; the seconds it took."""
        begun = time.monotonic()
        child.stop(self.running.pop(name), self.programs[name])
        return time.monotonic() - begun

    def revive(self) -> None:
        """Starts again what died by itself, as the supervisor does."""
        for name in [name for name, process in self.running.items() if process.poll() is not None]:
            self.deaths += 1
            del self.running[name]
            self.start(self.programs[name])

    # --- questions --------------------------------------------------------------------------------------------------

    def ask(self, verb: str, **options: Any) -> Any:
        command = [sys.executable, "-m", "tests.faults.driver", verb, json.dumps(options)]
        done = subprocess.run(
            command, cwd=REPOSITORY, env={**os.environ, **self.environment}, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    def enqueue(self, shop: str, **params: Any) -> int:
        return int(self.ask("enqueue", jobs=[{"shop": shop, "params": params}])[0])

    def describe(self, shop: str, **options: Any) -> int:
        return int(self.ask("describe", shop=shop, **options))

    def rows(self, query: str, *arguments: Any) -> list[tuple[Any, ...]]:
        assert self.servers.postgres
        with psycopg.connect(self.servers.postgres.url, autocommit=True, connect_timeout=10) as connection:
            return connection.execute(query, arguments).fetchall()  # type: ignore[arg-type]

    def value(self, query: str, *arguments: Any) -> Any:
        return self.rows(query, *arguments)[0][0]

    def done(self, job_id: int) -> int:
        return int(self.value("SELECT count(*) FROM jobs_jobitem WHERE job_id = %s AND status = 'done'", job_id))

    def status(self, job_id: int) -> str:
        return str(self.value("SELECT status FROM jobs_job WHERE id = %s", job_id))

    def wait(self, what: str, true: Callable[[], bool], seconds: float = LIMIT) -> float:
        """Seconds until `true()`; dead workers are revived meanwhile. Fails with the ends of the logs."""
        begun = time.monotonic()
        while not true():
            self.revive()
            if time.monotonic() - begun > seconds:
                raise AssertionError(f"{what}: not within {seconds:.0f} s\n{self.tails()}")
            time.sleep(0.1)
        return time.monotonic() - begun

    def wait_done(self, job_id: int, seconds: float = LIMIT) -> float:
        return self.wait(f"job {job_id} done", lambda: self.status(job_id) == "done", seconds)

    def tails(self) -> str:
        logs = sorted(self.layout.logs.glob("*.log"))
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-1500:]}" for log in logs)


@contextmanager
def stack() -> Iterator[Stack]:
    folder = Path(tempfile.mkdtemp(prefix="ecomsite-faults-"))
    folder.chmod(0o755)
    try:
        found = _described(Layout(folder))
        try:
            found.start_servers()
            assert found.servers.postgres
            found.servers.postgres.finish_setup()
            found.ask("prepare")
            found.start(*found.workers())
            yield found
        finally:
            for name in reversed(list(found.running)):
                child.stop(found.running[name], found.programs[name])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _described(layout: Layout) -> Stack:
    """Servers of its own, whatever servers the other tests were given."""
    outside = {name: os.environ.pop(name) for name in ("DATABASE_URL", "REDIS_URL") if name in os.environ}
    try:
        servers = embedded.describe(layout)
    finally:
        os.environ.update(outside)
    environment = {
        **servers.environment(),
        "ECOM_DATA_DIR": str(layout.data),
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "COPY_ENGINE": "fake",
        "ECOM_ALLOW_FAKE": "1",
    }
    return Stack(layout, servers, environment)
