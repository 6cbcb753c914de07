"""What a model said, as it may be checked, kept and shown. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from foundation.inference.types import Completion, Request

CHARACTERS_A_TOKEN = 12
"""More than any tokenizer's longest word of plain text; a server that writes on and on is cut there."""
_TURNING = frozenset("\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks without a width that hide a word from the check or turn the text round for the eye; not joiners of letters."""


def readable(completion: Completion, request: Request) -> Completion:
    """Without characters that no database keeps or no eye sees, and no longer than was asked for."""
    most = CHARACTERS_A_TOKEN * request.max_tokens
    text = "".join(char for char in completion.text[: most + 1] if _is_seen(char))
    cut = len(completion.text) > most
    return replace(completion, text=text[:most], finish="length" if cut else completion.finish)


def _is_seen(char: str) -> bool:
    return char in "\n\t" or (unicodedata.category(char) not in ("Cc", "Cs", "Cn") and char not in _TURNING)
