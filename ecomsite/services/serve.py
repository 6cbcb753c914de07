"""`manage.py serve`: everything on this machine, from the database to the page, until Ctrl-C."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from ecomsite.services import child, embedded, orphans, outside, processes, secret_file, state
from ecomsite.services.console import Logs, box, say
from ecomsite.services.embedded import Embedded
from ecomsite.services.errors import AlreadyRunning, ServicesError
from ecomsite.services.layout import Layout
from ecomsite.services.locks import FileLock
from ecomsite.services.supervisor import Interrupted, Supervisor

DEMO_EMAIL = "demo@example.com"
DEMO_PASSWORD = "DEMO_PASSWORD"  # noqa: S105 — the name of a line in secrets.env
_WEB_SECONDS = 90.0


@dataclass(frozen=True)
class Options:
    host: str
    port: int
    demo: bool
    servers_only: bool
    verbose: bool

    @property
    def address(self) -> str:
        shown = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}/"


def main(arguments: list[str]) -> int:
    """Exit status 0 after Ctrl-C or SIGTERM, 1 with one sentence if something can't start."""
    try:
        options = _options(arguments)
        if not options.servers_only:
            _check_port(options.host, options.port)
        outside.check()
        layout = Layout.from_environment()
        layout.make()
        with FileLock(layout.lock) as lock:
            if not lock.acquire():
                raise AlreadyRunning(embedded.already_running(layout))
            _serve(layout, options)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT):
            raise
        raise ServicesError(f"The data folder can't be written: {error.strerror} ({error.filename}).") from None
    return 0


def _options(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(prog="manage.py serve", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
    parser.add_argument("--no-demo", action="store_true", help="no demo shop (as DEMO=0)")
    parser.add_argument("--servers-only", action="store_true", help="PostgreSQL and Valkey, and nothing else")
    parser.add_argument("--verbose", action="store_true", help="every process's output, not only what went wrong")
    given = parser.parse_args(arguments)
    if not str(given.port).isdigit() or not 0 < int(given.port) < 65536:
        raise ServicesError(f"PORT is {given.port!r}; write a number from 1 to 65535.")
    demo = not given.no_demo and os.environ.get("DEMO", "1") != "0"
    return Options(given.host, int(given.port), demo, given.servers_only, given.verbose)


def _check_port(host: str, port: int) -> None:
    """Before anything is started, so that a mistake costs no time."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise ServicesError(f"HOST is {host!r}, which is no address of this machine.") from None
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            reason = {
                errno.EADDRINUSE: f"Port {port} is in use: stop what uses it, or choose another with PORT=8001.",
                errno.EACCES: f"Port {port} needs root's rights: choose one above 1023 with PORT=8001.",
            }.get(error.errno or 0, f"Can't listen on {host}:{port}: {error.strerror}.")
            raise ServicesError(reason) from None


def _serve(layout: Layout, options: Options) -> None:
    begun = time.monotonic()
    logs = Logs(layout.logs, verbose=options.verbose)
    supervisor = Supervisor(layout, logs)
    try:
        _end_orphans(layout)
        servers = embedded.describe(layout)
        environment = _start_servers(supervisor, servers)
        if options.servers_only:
            say(f"Ready. `manage.py` finds them by {layout.state}. Ctrl-C stops them.")
        else:
            _prepare_site(supervisor, options, environment)
            _start_product(supervisor, layout, options, environment)
            _announce(layout, options, time.monotonic() - begun)
        supervisor.forever()
    except Interrupted:
        pass
    finally:
        say("Stopping …")
        supervisor.stop_all()
        state.remove(layout)
        logs.close()
    say(f"Stopped. The data is kept in {layout.data}.")


def _end_orphans(layout: Layout) -> None:
    """What a supervisor that was killed left behind: we hold its lock, so it can't be alive."""
    left = state.read(layout)
    if left is None:
        return
    for name, (pid, started) in left.processes.items():
        if orphans.end(pid, started):
            say("was left over from a killed start; ended", name)
            child.kill_group(pid)


def _start_servers(supervisor: Supervisor, servers: Embedded) -> dict[str, str]:
    for note in servers.notes:
        say(note)
    for server in servers.servers():
        program = server.program()
        say("starting", program.name)
        supervisor.start(program)
        supervisor.wait_ready(program.name, server.ready, embedded.START_SECONDS)
    if servers.postgres:
        servers.postgres.finish_setup()
    environment = servers.environment()
    supervisor.published.environment = environment or {
        name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if name in os.environ
    }
    supervisor.publish()
    return environment


def _prepare_site(supervisor: Supervisor, options: Options, environment: dict[str, str]) -> None:
    arguments = ["prepare"] if options.demo else ["prepare", "--no-demo"]
    say("database tables, static files" + (", demo shop" if options.demo else ""), "prepare")
    if supervisor.run(processes.manage("prepare", *arguments, environment=environment)) != 0:
        log = supervisor.layout.logs / "prepare.log"
        raise ServicesError(f"The site can't be prepared: {_last_line(log)} ({log})")


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return next((line.strip().removeprefix("Error: ") for line in reversed(lines) if line.strip()), "no reason given")


def _start_product(supervisor: Supervisor, layout: Layout, options: Options, environment: dict[str, str]) -> None:
    say("starting", "web")
    supervisor.published.address = options.address
    supervisor.start(processes.web(options.host, options.port, environment))
    for program in processes.workers(layout, environment):
        say("starting", program.name)
        supervisor.start(program)
    supervisor.wait_ready("web", lambda: _healthy(options), _WEB_SECONDS)


def _healthy(options: Options) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(options.host, options.host)  # noqa: S104
    request = urllib.request.Request(f"http://{host}:{options.port}/healthz", headers={"Host": "localhost"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _announce(layout: Layout, options: Options, seconds: float) -> None:
    lines = [f"The shop's back office runs at  {options.address}"]
    password = secret_file.read(layout.secrets).get(DEMO_PASSWORD)
    if options.demo and password:
        lines += [f"Log in as                       {DEMO_EMAIL}", f"with the password               {password}"]
    lines += ["", f"Ready in {seconds:.1f} s.  Logs: {layout.logs}", "Ctrl-C stops everything; the data stays."]
    say(box(lines))
