"""The parts of HTML that nobody reads. Descriptions come from anybody, so the time is linear in the text."""

from __future__ import annotations

import re

_OPENING = re.compile(r"<(?:(script|style)\b|!--)", re.I)
_CLOSING = {
    "script": re.compile(r"</script\s*>", re.I),
    "style": re.compile(r"</style\s*>", re.I),
    "": re.compile(r"-->"),
}


def without_hidden(text: str) -> str:
    """`text` with a space for each script, style and comment. What is never closed is no such thing and stays.

    One regular expression for it would look for the missing end from every beginning anew: hours for a megabyte.
    """
    kept: list[str] = []
    endless: set[str] = set()
    taken = at = 0
    while opening := _OPENING.search(text, at):
        kind, at = (opening[1] or "").lower(), opening.end()
        end = None if kind in endless else _CLOSING[kind].search(text, at)
        if end is None:
            endless.add(kind)
            continue
        kept += [text[taken : opening.start()], " "]
        taken = at = end.end()
    return "".join([*kept, text[taken:]])
