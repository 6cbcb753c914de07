"""Uploads over the limit, refused before they are written to disk.

Django's ASGI handler writes a body to disk whole before any view, middleware or upload handler sees the request, so
this stands in front of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from catalog.errors import CatalogError

Message = Mapping[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

BESIDES = 1 << 20  # bytes of a form that are not the file: its other fields and the boundaries
MARK = "catalog.body_too_large"
UPLOADS = {"catalog:import_list"}  # names of pages that take files; apps above the catalog add theirs


class BodyTooLarge(Exception):
    """More came than may come; raised into whoever reads the body."""


class LargeBodies:
    """ASGI middleware. A body over the limit is refused by the stated length, or as soon as too much of it came.

    The page of uploads is then shown with a sentence: it is asked for with GET, which changes nothing and so needs
    none of the form. What still comes is left to the server to throw away, so that a browser, which reads no answer
    before it has sent everything, gets this one. Any other address answers 413.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        limit = settings.CATALOG_MAX_FILE_BYTES + BESIDES
        if _stated(scope) > limit:
            await self._refuse(scope, receive, send)
            return
        try:
            await self.application(scope, _counted(receive, limit), send)
        except BodyTooLarge:
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_upload(scope):
            headers = [(b"content-type", b"text/plain; charset=utf-8")]
            await send({"type": "http.response.start", "status": 413, "headers": headers})
            await send({"type": "http.response.body", "body": str(refusal()).encode()})
            return
        kept = [(name, value) for name, value in scope["headers"] if name not in OF_A_BODY]
        await self.application({**scope, "method": "GET", "headers": kept, MARK: True}, _without(receive), send)


OF_A_BODY = frozenset({b"content-length", b"content-type", b"transfer-encoding"})


def was_refused(request: HttpRequest) -> bool:
    """Whether this request is what was left of an upload over the limit."""
    return bool(getattr(request, "scope", {}).get(MARK))


def refusal() -> CatalogError:
    return CatalogError("file_too_big", limit=settings.CATALOG_MAX_FILE_BYTES)


def _stated(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"")
    return int(length) if length.isdigit() and len(length) < 20 else 0


def _is_upload(scope: Scope) -> bool:
    try:
        return scope["method"] == "POST" and resolve(scope["path"]).view_name in UPLOADS
    except Resolver404:
        return False


def _counted(receive: Receive, limit: int) -> Receive:
    count = 0

    async def counted() -> Message:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > limit:
            raise BodyTooLarge
        return message

    return counted


def _without(receive: Receive) -> Receive:
    """An empty body, then nothing until the client goes away."""
    begun = False

    async def without() -> Message:
        nonlocal begun
        if not begun:
            begun = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while (message := await receive())["type"] == "http.request":
            pass
        return message

    return without
