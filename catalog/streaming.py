"""A temporary file sent in blocks and deleted, under ASGI as under WSGI."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import BinaryIO

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

BLOCK = 1 << 18  # bytes


def send_and_delete(request: HttpRequest, path: Path, name: str, content_type: str) -> StreamingHttpResponse:
    """A download called `name`. The file loses its name at once, so that nothing is left of a reader who went away."""
    size = path.stat().st_size
    source = path.open("rb")
    path.unlink()
    # Django would read a plain iterator whole before an ASGI server sends its first byte.
    blocks = _blocks_async(source) if isinstance(request, ASGIRequest) else _blocks(source)
    response = StreamingHttpResponse(blocks, content_type=content_type)
    response.headers["Content-Length"] = str(size)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _blocks(source: BinaryIO) -> Iterator[bytes]:
    with source:
        while block := source.read(BLOCK):
            yield block


async def _blocks_async(source: BinaryIO) -> AsyncIterator[bytes]:
    with source:
        while block := await asyncio.to_thread(source.read, BLOCK):
            yield block
