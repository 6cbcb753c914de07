"""XML of any size, a piece at a time, no tag cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from catalog.reading.errors import ReadingError

PIECE = 1 << 18  # bytes
LONGEST_TAG = 1 << 20  # bytes
OF_A_CELL = re.compile(rb"<(?:[^\s<>:/]+:)?(?:c|row)(?=[\s/>])")
WHOLE = re.compile(rb"<(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*>")


def pieces(member: IO[bytes]) -> Iterator[bytes]:
    """Together they are the member; each but the last ends before a `<`, so that each tag stands whole in one of them.

    A text between two tags may be cut. Raises `ReadingError` for a cell's or row's tag that never ends.
    """
    tail = b""
    while piece := member.read(PIECE):
        text = tail + piece
        cut = text.rfind(b"<")
        if cut < 0 or len(text) - cut > LONGEST_TAG:  # no tag at the end, or a long text (or a picture) after it
            if OF_A_CELL.match(text, cut) and not WHOLE.match(text, cut):
                raise ReadingError("bomb")
            cut = len(text)
        yield text[:cut]
        tail = text[cut:]
    yield tail
