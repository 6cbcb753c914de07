"""Uploads over the limit, at the level of HTTP: a real server, a real connection, two gigabytes that are never sent."""

from __future__ import annotations

import asyncio
import socket
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from django.conf import settings as django_settings
from django.test import Client

from catalog.models import CatalogFile
from ecomsite.asgi import application
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope

LIMIT = 3_000_000
SENTENCE = "The file is larger than 3 MB."
PART = b'--x\r\nContent-Disposition: form-data; name="file"; filename="big.csv"\r\n\r\n'
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _limit(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CATALOG_MAX_FILE_BYTES = LIMIT
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def spooled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Bytes of each body that was written down on its way to Django."""
    written: list[int] = []

    class Counting(tempfile.SpooledTemporaryFile[bytes]):
        def write(self, data: Any) -> int:
            written.append(len(data))
            return super().write(data)

    monkeypatch.setattr("django.core.handlers.asgi.tempfile.SpooledTemporaryFile", Counting)
    return written


@pytest.fixture
def port() -> Iterator[int]:
    server = uvicorn.Server(uvicorn.Config(application, port=0, lifespan="off", log_level="warning"))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])))
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()


def head(browser: Client, shop: Merchant, *lines: str) -> bytes:
    cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in browser.cookies.items())
    return "\r\n".join(
        [
            f"POST /m/{shop.slug}/imports/ HTTP/1.1",
            "Host: localhost",
            f"Cookie: {cookies}",
            "Content-Type: multipart/form-data; boundary=x",
            *lines,
            "",
            "",
        ]
    ).encode()


def answer(connection: socket.socket) -> str:
    """The whole answer, by its stated length."""
    connection.settimeout(20)
    data = b""
    while b"\r\n\r\n" not in data:
        data += received(connection)
    top, _blank, body = data.partition(b"\r\n\r\n")
    length = int(top.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += received(connection)
    return (top + body).decode()


def received(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    assert data, "the connection ended before the answer"
    return data


def test_two_gigabytes_are_refused_by_their_stated_length(
    browser: Client, shop: Merchant, port: int, spooled: list[int]
) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head(browser, shop, f"Content-Length: {2 << 30}") + PART + b"a" * 100_000)
        page = answer(connection)
        assert page.startswith("HTTP/1.1 413")
        assert SENTENCE in page
        assert "Drop your catalog file here" in page
        for _piece in range(50):  # a browser sends everything before it reads: it is not cut off
            connection.sendall(b"a" * 100_000)
    assert sum(spooled) == 0
    with merchant_scope(shop):
        assert not CatalogFile.objects.exists()


def test_htmx_gets_the_form_with_the_sentence(browser: Client, shop: Merchant, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head(browser, shop, f"Content-Length: {2 << 30}", "HX-Request: true"))
        page = answer(connection)
    assert page.startswith("HTTP/1.1 422")
    assert SENTENCE in page
    assert "<html" not in page


def test_without_a_length_the_body_is_refused_where_it_passes_the_limit(
    browser: Client, shop: Merchant, port: int, spooled: list[int]
) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head(browser, shop, "Transfer-Encoding: chunked"))
        for _piece in range(60):
            connection.sendall(b"186a0\r\n" + b"a" * 100_000 + b"\r\n")
        page = answer(connection)
    assert page.startswith("HTTP/1.1 413")
    assert SENTENCE in page
    assert sum(spooled) <= LIMIT + (1 << 20)


def test_an_upload_within_the_limit_is_taken(browser: Client, shop: Merchant, port: int) -> None:
    token = "a" * 32
    body = (
        PART
        + b"sku,title\r\n1,One\r\n"
        + f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n--x--\r\n'.encode()
    )
    browser.cookies[django_settings.CSRF_COOKIE_NAME] = token
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head(browser, shop, f"Content-Length: {len(body)}") + body)
        assert answer(connection).startswith("HTTP/1.1 302")
    with merchant_scope(shop):
        assert CatalogFile.objects.get().original_name == "big.csv"


def test_any_other_address_answers_that_it_is_too_much() -> None:
    sent: list[Mapping[str, Any]] = []

    async def receive() -> Mapping[str, Any]:
        raise AssertionError("the body was read")

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/shops/new/", "headers": [(b"content-length", b"4000000000")]}
    asyncio.run(application(scope, receive, send))
    assert sent[0]["status"] == 413
    assert sent[1]["body"].decode().startswith(SENTENCE)
