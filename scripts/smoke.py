#!/usr/bin/env python3
"""Starts `make run` with data of its own, waits for the page and the first draft, stops it, and looks for leftovers.

With `--clone` in a fresh clone that has to install everything first, otherwise in this checkout.

Standard library only. Exit status 0 if all of it held, 1 with the sentence of what did not.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
STARTED_BY_US = ("DATABASE_URL", "REDIS_URL", "ECOM_DATA_DIR", "TEST_DB_NAME", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")


class Broken(Exception):
    """What did not hold."""


class Run:
    """One `make run` in its own process group, as a terminal would have it."""

    def __init__(self, folder: Path, data: Path, port: int) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in STARTED_BY_US}
        self.folder, self.port, self.lines = folder, port, [""]
        self.environment = {**kept, "PORT": str(port), "ECOM_DATA_DIR": str(data)}
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            ["make", "run"],
            cwd=folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout
        threading.Thread(target=self._echo, args=(self.process.stdout,), daemon=True).start()

    def _echo(self, stream: IO[str]) -> None:
        for line in stream:
            self.lines.append(line)
            print(f"  run | {line}", end="", flush=True)

    def wait(self, what: str, holds: Callable[[], bool], seconds: float) -> float:
        """Seconds since the start at which `holds` was true."""
        end = time.monotonic() + seconds
        while not holds():
            if self.process.poll() is not None:
                raise Broken(f"make run ended with status {self.process.returncode} before {what}")
            if time.monotonic() > end:
                raise Broken(f"no {what} after {seconds:.0f} s")
            time.sleep(0.5)
        taken = time.monotonic() - self.begun
        print(f"{what}: {taken:.1f} s after the start", flush=True)
        return taken

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def drafts(self) -> int:
        """Of the demo shop, by the command that anybody would use."""
        command = [str(self.folder / ".venv/bin/python"), "manage.py", "demo_status", "--json"]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise Broken(f"demo_status: {done.stderr.strip()[-500:]}")
        return int(json.loads(done.stdout)["drafts"])

    def stop(self, with_signal: signal.Signals) -> None:
        os.killpg(self.process.pid, with_signal)
        begun = time.monotonic()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            raise Broken(f"make run still runs 60 s after {with_signal.name}") from None
        print(f"stopped {time.monotonic() - begun:.1f} s after {with_signal.name}", flush=True)
        time.sleep(0.5)  # the reading thread gets the last lines
        if not any(line.startswith("Stopped.") for line in self.lines):
            raise Broken("make run did not stop in order")


def nothing_left(data: Path, port: int) -> None:
    """No process with these data, no lock, no listening port."""
    left = [f"{pid}: {words}" for pid, words in processes(data)]
    if left:
        raise Broken("processes are left: " + "; ".join(left))
    for name in ("services.json", "sockets/.s.PGSQL.5432", "sockets/.s.PGSQL.5432.lock"):
        if (data / "run" / name).exists():
            raise Broken(f"run/{name} is left")
    if (data / "postgres/postmaster.pid").exists():
        raise Broken("PostgreSQL's lock file is left")
    for path in data.glob("**/*.lock"):
        with path.open("r+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Broken(f"{path} is still held") from None
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def no_errors(data: Path) -> None:
    """A quiet run: what the processes call an error is one, even if they got over it."""
    for name in ("web", "worker-bulk", "worker-light", "beat"):
        for line in (data / f"logs/{name}.log").read_text(errors="replace").splitlines():
            if " ERROR " in line or " CRITICAL " in line:
                raise Broken(f"{name} had an error: {line}")


def processes(data: Path) -> list[tuple[int, str]]:
    """Pid and command line of every process that names the data's folder, or inherited its name from `make run`."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):  # it ended meanwhile, or is another user's
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            inherited = (entry / "environ").read_bytes()
            if str(data) in words or os.fsencode(data) in inherited:
                found.append((int(entry.name), words))
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def check(folder: Path, data: Path) -> None:
    port = free_port()
    first = Run(folder, data, port)
    try:
        first.wait("the page", first.healthy, 900)
        first.wait("the first draft", lambda: first.drafts() > 0, 420)
        first.stop(signal.SIGINT)
    finally:
        end(first)
    nothing_left(data, port)
    print("no process and no lock is left", flush=True)
    second = Run(folder, data, port)
    try:
        if second.wait("the page again", second.healthy, 60) > 30:
            raise Broken("the second start took longer than 30 s")
        if second.drafts() == 0:
            raise Broken("the drafts of the first start are gone")
        second.stop(signal.SIGTERM)
    finally:
        end(second)
    nothing_left(data, port)
    print("the second start kept the data and left nothing either", flush=True)
    no_errors(data)


def end(run: Run) -> None:
    """Whatever went wrong, nothing of ours goes on running."""
    if run.process.poll() is None:
        os.killpg(run.process.pid, signal.SIGTERM)
        try:
            run.process.wait(40)
        except subprocess.TimeoutExpired:
            os.killpg(run.process.pid, signal.SIGKILL)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clone", action="store_true", help="in a fresh clone of this checkout")
    parser.add_argument("--keep", action="store_true", help="leave data and clone where they are")
    options = parser.parse_args()
    parent = Path(tempfile.mkdtemp(prefix="ecomsite-smoke-"))
    parent.chmod(0o755)  # the databases' user has to get there
    folder, data = (parent / "checkout" if options.clone else ROOT), parent / "data"
    try:
        if options.clone:
            subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(ROOT), str(folder)], check=True)
        check(folder, data)
    except Broken as problem:
        print(f"Error: {problem}", file=sys.stderr)
        for log in sorted((data / "logs").glob("*.log")):
            print(f"--- {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-25:]), file=sys.stderr)
        return 1
    finally:
        if not options.keep:
            shutil.rmtree(parent, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
