"""What the application finds in the embedded servers."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
import redis

from ecomsite.services import embedded, secret_file
from ecomsite.services.embedded import Embedded
from ecomsite.services.errors import AlreadyRunning, ServicesError
from ecomsite.services.layout import Layout
from ecomsite.services.postgres import EXTENSIONS
from tests.services.folders import open_folder


@pytest.fixture(scope="module")
def layout() -> Iterator[Layout]:
    with open_folder() as folder:
        yield Layout(folder)


@pytest.fixture(scope="module")
def servers(layout: Layout) -> Iterator[Embedded]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.delenv("REDIS_URL", raising=False)
        with embedded.running(layout, fsync=False) as started:
            yield started


def test_databases_have_the_extensions_and_so_do_new_ones(servers: Embedded) -> None:
    assert servers.postgres
    with psycopg.connect(servers.postgres.url, autocommit=True) as session:
        assert _extensions(session) >= set(EXTENSIONS)
        session.execute("CREATE DATABASE another")
    with psycopg.connect(servers.postgres.url, dbname="another") as session:
        assert _extensions(session) >= set(EXTENSIONS)


def _extensions(session: psycopg.Connection) -> set[str]:
    return {row[0] for row in session.execute("SELECT extname FROM pg_extension").fetchall()}


def test_the_application_is_no_superuser(servers: Embedded) -> None:
    assert servers.postgres
    with psycopg.connect(servers.postgres.url) as session:
        row = session.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    assert row == (False,)


def test_no_server_listens_on_the_network_or_lets_in_without_a_password(servers: Embedded) -> None:
    assert servers.postgres
    assert servers.valkey
    with psycopg.connect(servers.postgres.url) as session:
        row = session.execute("SELECT current_setting('listen_addresses'), current_setting('fsync')").fetchone()
    assert row == ("", "off")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(servers.postgres.url, password="wrong")
    stranger = redis.Redis(unix_socket_path=str(servers.valkey.socket))
    with pytest.raises(redis.exceptions.AuthenticationError):
        stranger.ping()
    stranger.close()


def test_valkey_forgets_no_message(servers: Embedded) -> None:
    assert servers.valkey
    client = redis.Redis.from_url(servers.valkey.url)
    assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert client.config_get("appendonly") == {"appendonly": "yes"}
    assert client.config_get("port") == {"port": "0"}
    client.close()


def test_a_second_start_on_the_same_folder_is_refused_with_a_sentence(servers: Embedded, layout: Layout) -> None:
    with pytest.raises(AlreadyRunning, match=r"Another process \(pid \d+\) already runs"), embedded.running(layout):
        pytest.fail("started twice")


def test_secrets_are_for_their_owner_only(servers: Embedded, layout: Layout) -> None:
    assert layout.secrets.stat().st_mode & 0o777 == 0o600
    before = layout.secrets.read_text()
    secret_file.ensure(layout.secrets, ("POSTGRES_PASSWORD",))
    assert layout.secrets.read_text() == before


def test_lost_passwords_are_said_and_not_replaced(servers: Embedded, layout: Layout) -> None:
    kept = layout.secrets.read_text()
    layout.secrets.unlink()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("DATABASE_URL", raising=False)
            with pytest.raises(
                ServicesError, match=r"passwords that .*secrets\.env no longer holds: bring that file back"
            ):
                embedded.describe(layout)
    finally:
        layout.secrets.write_text(kept)
        layout.secrets.chmod(0o600)
