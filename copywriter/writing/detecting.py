"""Whether a text is in another language than the one it was asked for in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copywriter.writing.languages import NAMES
from foundation.detecting import identified

SURE = 0.5
"""How probable another language has to be before a text counts as being in it."""
_ALIKE = {"nb": "no", "zh-hans": "zh", "zh-hant": "zh"}


def is_in_another(text: str, tag: str, names: Iterable[str] = ()) -> bool:
    """Whether the text is surely in another language than this one. `names` (brands, titles) are left out of it, as are
    codes and numbers; False where too few letters are left to tell."""
    found = identified(_without(text, names), _TAGS)
    return found is not None and found[0] != base(tag) and found[1] >= SURE


def _without(text: str, names: Iterable[str]) -> str:
    kept = sorted({name for name in names if name}, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, kept)), " ", text) if kept else text


def base(tag: str) -> str:
    """The detector's name for a language."""
    return _ALIKE.get(tag, tag)


_TAGS = tuple(sorted({base(tag) for tag in NAMES}))
