"""How easily a text reads. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

_OWNER = re.compile(r"['’]s$")
LONG = 7
EASY, HARD = 30.0, 60.0
"""Below the one a text reads very easily, above the other it is for specialists (Björnsson 1968)."""
_END = re.compile(r"[.!?:\n]+(?:\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def lix(text: str, names: Iterable[str] = ()) -> float:
    """LIX (Björnsson, "Läsbarhet", 1968; for English Anderson 1983, "Lix and Rix", Journal of Reading 26): words a
    sentence, and words of seven letters or more in a hundred. 0 of no words.

    It counts letters and no syllables, which nobody can of "Kärcher", and one word more or less moves it little: the
    texts here have twenty. `names` are words that a text about the thing cannot do without: these are never long."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    own = {word.lower() for name in names for word in _WORD.findall(name)}
    long = sum(len(word) >= LONG and _OWNER.sub("", word).lower() not in own for word in words)
    sentences = sum(bool(_WORD.search(part)) for part in _END.split(text))
    return len(words) / max(1, sentences) + 100 * long / len(words)


def ease(text: str, names: Iterable[str] = ()) -> float:
    """1 for a text that reads very easily, 0 for one that only specialists read."""
    return min(1.0, max(0.0, (HARD - lix(text, names)) / (HARD - EASY)))
