"""Which processes make up the running product. The servers are described in postgres.py and valkey.py."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from signal import Signals

from ecomsite.services.child import Program
from ecomsite.services.layout import REPOSITORY, Layout

_PYTHON = sys.executable
_HERE = {"cwd": str(REPOSITORY)}


def manage(name: str, *arguments: str, environment: Mapping[str, str]) -> Program:
    """A command of manage.py that runs to its end."""
    argv = [_PYTHON, str(REPOSITORY / "manage.py"), *arguments]
    return Program(name=name, argv=argv, environment=environment, popen=_HERE)


def web(host: str, port: int, environment: Mapping[str, str]) -> Program:
    argv = [_PYTHON, "-m", "uvicorn", "ecomsite.asgi:application", "--host", host, "--port", str(port)]
    # Open streams (progress, chat) would otherwise hold the end up for as long as a browser looks at them.
    argv += ["--timeout-graceful-shutdown", "3", "--lifespan", "off", "--no-server-header", "--proxy-headers"]
    argv += ["--workers", os.environ.get("WEB_PROCESSES", "1")]
    return Program(name="web", argv=argv, environment=environment, popen=_HERE, grace=8)


def workers(layout: Layout, environment: Mapping[str, str]) -> list[Program]:
    """The Celery processes. Threads, because one model in memory serves them all and no fork may follow its loading.

    `bulk` holds the model; two threads, so that one chunk's database work overlaps the other's generation. `light`
    never loads one. Nobody listens to `chat` until there is a chat.
    """
    schedule = str(layout.run / "beat-schedule")
    beat = _celery("beat", "-s", schedule, "--pidfile", "")
    return [
        _program("worker-bulk", _worker("bulk", "bulk", os.environ.get("BULK_THREADS", "2")), environment, grace=20),
        _program("worker-light", _worker("light", "interactive,io", "4"), environment, grace=20),
        _program("beat", beat, environment, grace=5),
    ]


def _program(name: str, argv: list[str], environment: Mapping[str, str], *, grace: float) -> Program:
    # An orphaned worker would go on without its database: end it at once, its leases run out by themselves.
    return Program(name=name, argv=argv, environment=environment, popen=_HERE, grace=grace, orphaned=Signals.SIGKILL)


def _worker(name: str, queues: str, threads: str) -> list[str]:
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return _celery("worker", "-P", "threads", "-c", threads, "-Q", queues, "-n", f"{name}@%h", *quiet)


def _celery(command: str, *arguments: str) -> list[str]:
    return [_PYTHON, "-m", "celery", "-A", "ecomsite", command, "-l", "INFO", *arguments]
