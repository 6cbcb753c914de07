"""Which processes make up the running product. The servers are described in postgres.py and valkey.py."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from signal import Signals

from ecomsite.services.child import Program
from ecomsite.services.errors import ServicesError
from ecomsite.services.layout import REPOSITORY, Layout
from foundation.jobs import signs

_PYTHON = sys.executable
# Chunks end within a second or so of being told, but nothing can interrupt the loading of a model: then the worker is
# killed, and its items go back unblamed.
_WORKER_GRACE = 5.0
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
        _worker("bulk", "bulk", os.environ.get("BULK_THREADS", "2"), layout, environment),
        _worker("light", "interactive,io", "4", layout, environment),
        Program("beat", beat, environment, popen=_HERE, grace=5, orphaned=Signals.SIGKILL),
    ]


def _worker(name: str, queues: str, threads: str, layout: Layout, environment: Mapping[str, str]) -> Program:
    """An orphaned one would go on without its database: it is ended at once, its leases run out by themselves."""
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    sign = layout.run / f"worker-{name}.alive"
    return Program(
        name=f"worker-{name}",
        argv=_celery("worker", "-P", "threads", "-c", threads, "-Q", queues, "-n", f"{name}@%h", *quiet),
        environment={**environment, signs.VARIABLE: str(sign)},
        popen=_HERE,
        grace=_WORKER_GRACE,
        orphaned=Signals.SIGKILL,
        sign=sign,
        silence=_silence(),
    )


def _silence() -> float:
    """WORKER_SILENCE_SECONDS; several minutes by default, because loading a large model may hold everything up."""
    text = os.environ.get("WORKER_SILENCE_SECONDS") or "300"
    if not (text.isascii() and text.isdigit()):
        raise ServicesError(f"WORKER_SILENCE_SECONDS is {text!r}; write a whole number of seconds, or 0 for never.")
    return float(text)


def _celery(command: str, *arguments: str) -> list[str]:
    return [_PYTHON, "-m", "celery", "-A", "ecomsite", command, "-l", "INFO", *arguments]
