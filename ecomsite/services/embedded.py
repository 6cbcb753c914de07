"""Both embedded servers together: where they live on this machine, and starting them for one command's run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ecomsite.services import binaries, child, secret_file
from ecomsite.services.account import Account, service_account
from ecomsite.services.errors import AlreadyRunning, ServicesError
from ecomsite.services.layout import Layout
from ecomsite.services.locks import FileLock
from ecomsite.services.postgres import Postgres
from ecomsite.services.valkey import Valkey

_OUTSIDE = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108
START_SECONDS = 60.0


@dataclass(frozen=True)
class Embedded:
    """The servers that run here. One is None where DATABASE_URL / REDIS_URL names another server."""

    postgres: Postgres | None
    valkey: Valkey | None
    notes: tuple[str, ...] = ()

    def environment(self) -> dict[str, str]:
        """What Django's settings read."""
        found = {}
        if self.postgres:
            found["DATABASE_URL"] = self.postgres.url
        if self.valkey:
            found["REDIS_URL"] = self.valkey.url
        return found

    def servers(self) -> list[Postgres | Valkey]:
        return [server for server in (self.postgres, self.valkey) if server]


def describe(layout: Layout, *, fsync: bool = True) -> Embedded:
    """Decides users, folders and passwords; starts nothing."""
    want_postgres, want_valkey = not os.environ.get("DATABASE_URL"), not os.environ.get("REDIS_URL")
    if not (want_postgres or want_valkey):
        return Embedded(None, None)
    layout.make()
    account = service_account()
    home, notes = _home(layout, account)
    _refuse_lost_passwords(layout, home / "postgres")
    words = secret_file.ensure(layout.secrets, ("POSTGRES_SUPERUSER_PASSWORD", "POSTGRES_PASSWORD", "VALKEY_PASSWORD"))
    programs = binaries.find(account, _outside(layout))
    sockets = layout.short(home / "run" / "sockets")
    postgres = Postgres(
        bin=programs.postgres_bin,
        data=home / "postgres",
        sockets=sockets,
        account=account,
        superuser_password=words["POSTGRES_SUPERUSER_PASSWORD"],
        password=words["POSTGRES_PASSWORD"],
        fsync=fsync,
    )
    valkey = Valkey(programs.valkey, home / "valkey", sockets, account, words["VALKEY_PASSWORD"], fsync)
    return Embedded(postgres if want_postgres else None, valkey if want_valkey else None, notes)


def _refuse_lost_passwords(layout: Layout, data: Path) -> None:
    """New passwords would not open the old database: it would seem not to start."""
    if (data / "PG_VERSION").exists() and "POSTGRES_PASSWORD" not in secret_file.read(layout.secrets):
        raise ServicesError(
            f"The database in {data} has passwords that {layout.secrets} no longer holds: "
            f"bring that file back, or remove {data} to start with an empty database."
        )


def _home(layout: Layout, account: Account) -> tuple[Path, tuple[str, ...]]:
    """Where the servers' data stands: in `var`, unless the account can't get there (root's home is closed)."""
    if account.can_reach(layout.data):
        return layout.data, ()
    home = _outside(layout)
    home.mkdir(exist_ok=True)
    home.chmod(0o755)
    note = f"The user {account.name} can't reach {layout.data}, so the databases are kept in {home}."
    return home, (note,)


def _outside(layout: Layout) -> Path:
    """A folder of this installation's outside the checkout, open to other users."""
    for parent in _OUTSIDE:
        if os.access(parent, os.W_OK):
            return parent / f"ecomsite-{layout.key}"
    return _OUTSIDE[-1] / f"ecomsite-{layout.key}"


@contextmanager
def running(layout: Layout, *, fsync: bool = True) -> Iterator[Embedded]:
    """Starts the embedded servers for the length of the block, holding the installation's lock.

    Raises AlreadyRunning if another process has it, ServicesError if a server does not come up.
    """
    layout.make()
    with FileLock(layout.lock) as lock:
        if not lock.acquire():
            raise AlreadyRunning(already_running(layout))
        embedded = describe(layout, fsync=fsync)
        started: list[tuple[subprocess.Popen[bytes], child.Program]] = []
        try:
            for server in embedded.servers():
                started.append(_started(server, layout))
            if embedded.postgres:
                embedded.postgres.finish_setup()
            yield embedded
        finally:
            for process, program in reversed(started):
                child.stop(process, program)


def _started(server: Postgres | Valkey, layout: Layout) -> tuple[subprocess.Popen[bytes], child.Program]:
    program = server.program()
    log = layout.logs / f"{program.name}.log"
    with log.open("ab") as output:
        process = child.start(program, output)
    if child.wait_until(server.ready, START_SECONDS, lambda: process.poll() is None):
        return process, program
    child.kill_group(process.pid)
    process.wait()
    raise ServicesError(f"{program.name} does not start; {log} says why.")


def already_running(layout: Layout) -> str:
    pid = FileLock(layout.lock).holder()
    return f"Another process (pid {pid}) already runs the services of {layout.data}: stop it first."
