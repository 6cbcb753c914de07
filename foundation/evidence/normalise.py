"""One spelling for what looks the same: compatibility forms, look-alike letters, invisible characters, HTML.

Source of the method: Unicode NFKC (UAX 15) applied a character at a time, so that each character of the result knows
where it came from, and the single-letter confusables of UTS 39 that look like Latin letters.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from foundation.evidence.markup import without_hidden

_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԚԜаеѕіјорсухӏԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανιρκυ",
    "ABESIJKMHOPCTYXQWaesijopcyxldqwhABEZHIKMNOPTYXoavipku",
)
_MIXED = str.maketrans("ıɡɑøØłŁđĐħĦŧŦոսօհցвкмнтгпүѵ", "igaoOlLdDhHtTnuohgbkmhtrnyv")
"""Letters that look like a Latin one only where they stand among Latin ones: in Russian "вк" is no "bk"."""
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20dd-\u20e4\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
"""Marks and letters of no width, fillers that look like nothing, and what only draws a ring round a letter."""
_WORD = re.compile(r"[^\W\d_]+")
_SPECIAL = {
    "’": "'", "‘": "'", "ʼ": "'", "′": "'", "″": '"', "“": '"', "”": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "⁄": "/", "×": "x", "✕": "x", "™": " ", "®": " ", "©": " ",
    "\t": " ", "\u2028": "\n", "\u2029": "\n", "º": "°", "…": ".",
}  # fmt: skip
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|tr|td|th|h[1-6]|table|section)\b[^<>]*>", re.I)


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` with, for each of its characters and one past the end, its offset in what it was made from."""

    text: str
    offsets: tuple[int, ...] | None

    def original(self, position: int) -> int:
        return position if self.offsets is None else self.offsets[position]


@lru_cache(maxsize=4096)
def _character(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    if _INVISIBLE.match(char):
        return ""
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and "\u2044" in plain:  # ½ after a digit is a mixed number: 1½ is 1 1/2
        return " " + plain.replace("\u2044", "/")
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return " " if plain.isspace() and plain != "\n" else plain


def _untwin(match: re.Match[str]) -> str:
    word = match.group()
    if word.isascii():
        return word
    latin = word.translate(_LOOKALIKES)
    if not latin.isascii() and any(char.isascii() for char in word):
        latin = latin.translate(_MIXED)
    return latin if latin.isascii() else word


def normalise(text: str) -> Normalised:
    """The text in one spelling; accents are dropped, so that "café" and "cafe" are one word."""
    if text.isascii() and "\t" not in text:
        return Normalised(text, None)
    parts: list[str] = []
    offsets: list[int] = []
    for position, char in enumerate(text):
        plain = char if " " <= char < "\x7f" else _character(char)
        parts.append(plain)
        offsets.extend([position] * len(plain))
    offsets.append(len(text))
    return Normalised(_WORD.sub(_untwin, "".join(parts)), tuple(offsets))


def plain_text(value: str) -> str:
    """HTML made into text: block tags end a line, other tags and entities go. Safe on text that is no HTML."""
    if "<" in value:
        value = _TAG.sub(" ", _BLOCK.sub("\n", without_hidden(value)))
    if "&" in value:
        value = html.unescape(value)
    return re.sub(r"[^\S\n]+", " ", value).strip()
