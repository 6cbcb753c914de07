"""The embedded PostgreSQL: created once, started in the foreground, reached over a unix socket only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from ecomsite.services import orphans
from ecomsite.services.account import Account
from ecomsite.services.child import Program
from ecomsite.services.errors import ServicesError

EXTENSIONS = ("vector", "pg_trgm", "unaccent", "btree_gin")
ROLE = DATABASE = "app"
_SUPERUSER = "postgres"


@dataclass(frozen=True)
class Postgres:
    """One cluster. `data` and `sockets` belong to `account`; the passwords are those of secrets.env."""

    bin: Path
    data: Path
    sockets: Path
    account: Account
    superuser_password: str
    password: str
    fsync: bool = True

    @property
    def url(self) -> str:
        """What DATABASE_URL becomes: the application's role, which is not a superuser."""
        # The folder stands as the host: `manage.py dbshell` passes nothing else on to psql.
        return f"postgresql://{ROLE}:{self.password}@{quote(str(self.sockets), safe='')}/{DATABASE}"

    def program(self) -> Program:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "password_encryption": "scram-sha-256",
            "jit": "off",
            "max_connections": "120",
            "shared_buffers": "256MB",
            "work_mem": "16MB",
            "maintenance_work_mem": "128MB",
            "max_wal_size": "2GB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_line_prefix": "",
            "fsync": "on" if self.fsync else "off",
            "synchronous_commit": "on" if self.fsync else "off",
            "full_page_writes": "on" if self.fsync else "off",
        }
        argv = [str(self.bin / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            argv += ["-c", f"{name}={value}"]
        return Program(
            name="postgres",
            argv=argv,
            popen=self.account.popen_arguments(),
            stop=signal.SIGINT,  # "fast": ends sessions, writes a checkpoint
            grace=30,
            orphaned=signal.SIGINT,
            server=True,
            prepare=self.prepare,
        )

    def prepare(self) -> None:
        """Makes the cluster if there is none, and takes a dead postmaster's lock file away."""
        self.account.folder(self.sockets)
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._clear_stale_lock()

    def ready(self) -> bool:
        try:
            with self._superuser("postgres", timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def finish_setup(self) -> None:
        """Role, database and extensions; does nothing where they exist. The extensions are in template1 too, so that
        every test database has them although the application's role may not create them."""
        with self._superuser("postgres") as connection:
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(sql.Identifier(ROLE), self.password)
                )
        self._install_extensions("template1")
        with self._superuser("postgres") as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(*map(sql.Identifier, (DATABASE, ROLE)))
                )
        self._install_extensions(DATABASE)

    def _install_extensions(self, database: str) -> None:
        with self._superuser(database) as connection:
            for name in EXTENSIONS:
                connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))

    def _superuser(self, database: str, timeout: int = 10) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets),
            user=_SUPERUSER,
            password=self.superuser_password,
            dbname=database,
            autocommit=True,
            connect_timeout=timeout,
        )

    def _create(self) -> None:
        """initdb into a folder beside the real one: an interrupted one is never taken for a cluster."""
        fresh = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        self.account.folder(fresh)
        word = self.sockets / "initial-password"
        word.touch(0o600)
        word.write_text(self.superuser_password + "\n")
        self.account.own(word, 0o600)
        command = [str(self.bin / "initdb"), "-D", str(fresh), "-U", _SUPERUSER, f"--pwfile={word}"]
        # The built-in provider sorts and folds alike on every machine and after every upgrade of its C library.
        command += ["-A", "scram-sha-256", "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--locale=C", "--no-instructions"] + ([] if self.fsync else ["--no-sync"])
        try:
            done = subprocess.run(
                command,
                check=False,
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                **self.account.popen_arguments(),
            )
        finally:
            word.unlink()
        if done.returncode != 0:
            shutil.rmtree(fresh, ignore_errors=True)
            reason = (done.stderr.strip() or done.stdout.strip()).splitlines()
            raise ServicesError(
                f"PostgreSQL could not be set up in {self.data}: {reason[-1] if reason else 'no reason given'}"
            )
        os.replace(fresh, self.data)

    def _clear_stale_lock(self) -> None:
        """Ends what a killed postmaster left, then removes its lock file where PostgreSQL itself would not.

        PostgreSQL takes a lock file away whose pid is free, but not one whose pid is a zombie or a stranger's by now.
        Removing it is safe only while no process of the old cluster lives: they share its memory.
        """
        orphans.end_all_in(self.data, ("postgres",))
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        first = lock.read_text().splitlines()[:1]
        pid = int(first[0]) if first and first[0].strip().isdigit() else 0
        if orphans.is_zombie(pid) or str(self.data) not in orphans.command_line(pid):
            lock.unlink(missing_ok=True)
