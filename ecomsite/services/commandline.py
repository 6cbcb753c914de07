"""What stands between the shell and Django: finding or starting the services that a command needs."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence

from ecomsite.services import embedded, state
from ecomsite.services.errors import AlreadyRunning, ServicesError
from ecomsite.services.layout import Layout
from ecomsite.services.locks import FileLock

# These neither read nor write a row. Everything else gets a database.
WITHOUT_DATABASE = frozenset(
    {"", "help", "--help", "-h", "version", "--version", "check", "collectstatic", "compilemessages", "makemessages"}
    | {"diffsettings", "startapp", "findstatic", "translations"}
)


def main(argv: Sequence[str]) -> int:
    """Runs `manage.py …`. `serve` starts everything; other commands use what runs or start what they need."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecomsite.settings")
    command = argv[1] if len(argv) > 1 else ""
    try:
        if command == "serve":
            from ecomsite.services import serve

            return serve.main(list(argv[2:]))
        needs = command not in WITHOUT_DATABASE and not {"--help", "-h"} & set(argv[2:])
        with services_for_a_command() if needs else contextlib.nullcontext():
            return _django(argv)
    except ServicesError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _django(argv: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(list(argv))
    return 0


@contextlib.contextmanager
def services_for_a_command() -> Iterator[None]:
    """Sets DATABASE_URL and REDIS_URL to servers that run for as long as the block does."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        yield
        return
    layout = Layout.from_environment()
    layout.make()
    # Whoever started the servers for its own command waits for those who joined it before it stops them.
    users = FileLock(layout.users_lock)
    users.acquire(shared=True, wait=True)
    found = state.running_environment(layout)
    if found is not None:
        with users:
            os.environ.update(found)
            yield
        return
    users.release()
    with _started(layout):
        yield


@contextlib.contextmanager
def _started(layout: Layout) -> Iterator[None]:
    try:
        with embedded.running(layout) as servers:
            os.environ.update(servers.environment())
            state.write(layout, state.State(environment=servers.environment()))
            try:
                yield
            finally:
                state.remove(layout)
                with FileLock(layout.users_lock) as users:
                    users.acquire(wait=True)
    except AlreadyRunning as error:
        raise ServicesError(f"{error} It is just starting or stopping; try again in a few seconds.") from None
