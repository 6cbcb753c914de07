"""A supervisor in a process of its own, as `manage.py serve` starts it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
import redis

from ecomsite.services import orphans, state
from ecomsite.services.layout import REPOSITORY, Layout

SERVERS = ("postgres", "valkey")


@dataclass
class Running:
    process: subprocess.Popen[str]
    layout: Layout

    @property
    def environment(self) -> dict[str, str]:
        found = state.read(self.layout)
        assert found
        return found.environment

    @property
    def sockets(self) -> Path:
        return Path(unquote(urlsplit(self.environment["DATABASE_URL"]).netloc.partition("@")[2]))

    def pid(self, name: str) -> int:
        found = state.read(self.layout)
        return found.processes.get(name, (0, ""))[0] if found else 0

    def pids(self) -> list[int]:
        found = state.read(self.layout)
        return [pid for pid, _ in found.processes.values()] if found else []

    def query(self, text: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.environment["DATABASE_URL"], autocommit=True, connect_timeout=2) as session:
            cursor = session.execute(text)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def answers(self) -> bool:
        try:
            self.query("SELECT 1")
            with contextlib.closing(redis.Redis.from_url(self.environment["REDIS_URL"])) as client:
                return bool(client.ping())
        except (psycopg.OperationalError, redis.exceptions.RedisError, AssertionError, KeyError):
            return False

    def stop(self, with_signal: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Exit status and output."""
        self.process.send_signal(with_signal)
        output, _ = self.process.communicate(timeout=60)
        return self.process.returncode, output


def environment(data: Path, **more: str) -> dict[str, str]:
    """Ours, without the servers that this test run itself uses."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return {**kept, "ECOM_DATA_DIR": str(data), **more}


def serve(data: Path, *arguments: str, repository: Path = REPOSITORY, **popen: Any) -> subprocess.Popen[str]:
    command = [sys.executable, str(repository / "manage.py"), "serve", *arguments]
    popen.setdefault("env", environment(data))
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **popen)


@contextlib.contextmanager
def supervisor(data: Path) -> Iterator[Running]:
    """The two servers, up; ended on the way out however the test left them."""
    running = Running(serve(data, "--servers-only"), Layout(data.resolve()))
    try:
        assert eventually(running.answers, 60), (data / "logs" / "postgres.log").read_text()[-2000:]
        yield running
    finally:
        if running.process.poll() is None:
            running.process.send_signal(signal.SIGTERM)
        running.process.communicate(timeout=60)


def eventually(true: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def alive(pid: int) -> bool:
    return bool(orphans.start_time(pid)) and not orphans.is_zombie(pid)
