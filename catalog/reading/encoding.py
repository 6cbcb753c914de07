"""Which encoding a file is in, on the evidence of all its bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from catalog.reading.container import bom_of, wide

HANZI = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")  # the rows of GB 2312 that hold ideographs
RUN = re.compile(rb"[\x80-\xff]+")
INSIDE = re.compile(rb"[A-Za-z][\x80-\xff]{1,3}(?=[a-z])")  # `Größe`
ASCII = bytes(range(128))
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Encoding:
    name: str
    bom: bool = False
    nul: bool = False  # a NUL character stands somewhere in the text


def detect(chunks: Callable[[], Iterable[bytes]], head: bytes) -> Encoding:
    """A byte-order mark, else strict UTF-8, else GB18030 or Windows-1252 by evidence. `chunks()` starts anew each time.

    GB18030 wins where all bytes decode and most bytes above 127 pair up as ideographs of GB 2312; Western text has
    single bytes above 127 between ASCII letters. Latin-1 is left for bytes that Windows-1252 does not define.
    """
    if name := bom_of(head):
        return Encoding(name, bom=True, nul=name == "utf-8" and _has_nul(chunks()))
    if name := wide(head):
        return Encoding(name)
    nul = False

    def watched() -> Iterator[bytes]:
        nonlocal nul
        for chunk in chunks():
            nul = nul or b"\0" in chunk
            yield chunk

    if _decodes(watched(), "utf-8"):
        return Encoding("utf-8", nul=nul)
    nul = _has_nul(chunks())
    if _decodes(chunks(), "gb18030") and _looks_chinese(chunks()):
        return Encoding("gb18030", nul=nul)
    return Encoding("cp1252" if _decodes(chunks(), "cp1252") else "latin-1", nul=nul)


def _has_nul(chunks: Iterable[bytes]) -> bool:
    return any(b"\0" in chunk for chunk in chunks)


def _decodes(chunks: Iterable[bytes], name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        for chunk in chunks:
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _looks_chinese(chunks: Iterable[bytes]) -> bool:
    """Most bytes above 127 pair up as ideographs, and few stand alone inside a word of ASCII letters."""
    pairs = high = runs = inside = 0
    for chunk in chunks:
        pairs += len(HANZI.findall(chunk))
        high += len(chunk.translate(None, ASCII))
        runs += len(RUN.findall(chunk))
        inside += len(INSIDE.findall(chunk))
    return 2 * pairs > 0.5 * high and inside < 0.3 * runs


def in_chunks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while chunk := read(CHUNK):
        yield chunk
