"""A text as its reader sees it, whatever letters, entities and tags it is written with. Pure."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from foundation.evidence.normalise import normalise

_INSIDE = r"</?(?:b|strong|i|em|u|s|a|span|sup|sub|small|big|mark|font|code|img)\b[^<>]*>"
_BLOCK = r"</?(?:p|div|br|li|ul|ol|h[1-6]|table|tbody|thead|tr|td|th|section|article|blockquote|hr)\b[^<>]*>"
_ENTITY = r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});"
_WRITTEN = re.compile(rf"(?i)(?P<entity>{_ENTITY})|(?P<inside>{_INSIDE})|{_BLOCK}")
"""Text in angle brackets that is no tag is read as it stands."""


@dataclass(frozen=True, slots=True)
class Readable:
    """`text` is normalised; `starts` and `ends` are where each of its characters stands in what it was made from, None
    where the two are the same."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Of a part that is not empty."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def readable(text: str) -> Readable:
    unmarked, starts, ends = _unmarked(text) if "&" in text or "<" in text else (text, None, None)
    plain = normalise(unmarked)
    if plain.offsets is None:
        return Readable(plain.text, starts, ends)
    at = plain.offsets[:-1]
    if starts is None or ends is None:
        return Readable(plain.text, at, tuple(one + 1 for one in at))
    return Readable(plain.text, tuple(starts[one] for one in at), tuple(ends[one] for one in at))


def _unmarked(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def keep(first: int, last: int) -> None:
        parts.append(text[first:last])
        starts.extend(range(first, last))
        ends.extend(range(first + 1, last + 1))

    at = 0
    for found in _WRITTEN.finditer(text):
        keep(at, found.start())
        said = _meant(found)
        parts.append(said)
        starts.extend([found.start()] * len(said))
        ends.extend([found.end()] * len(said))
        at = found.end()
    keep(at, len(text))
    return "".join(parts), tuple(starts), tuple(ends)


def _meant(found: re.Match[str]) -> str:
    if found["entity"]:
        return html.unescape(found[0]).replace("\0", "")
    return "" if found["inside"] else "\n"
