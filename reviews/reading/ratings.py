"""Stars as shops and platforms write them."""

from __future__ import annotations

import re

LOW, HIGH = 1, 5
WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "一星": 1, "二星": 2, "两星": 2, "三星": 3, "四星": 4, "五星": 5,
}  # fmt: skip
NUMBER = re.compile(
    r"(\d{1,3})(?:[.,](\d{1,4}))?\s*(?:(?:/|of|out of|von|sur|de)\s*5(?:[.,]0+)?)?\s*(?:stars?|sterne?|星|分|★)?", re.I
)
STARS = re.compile(r"([★⭐\ufe0f]{1,10})[☆✩\ufe0f]{0,10}")


def stars(cell: str) -> int | None:
    """1 to 5, None for an empty cell; halves are rounded up, as shops show them. Raises ValueError."""
    text = cell.strip()
    if not text:
        return None
    if drawn := STARS.fullmatch(text):
        return _within(len(drawn[1].replace("\ufe0f", "")), cell)
    if (word := text.casefold().removesuffix(" stars").removesuffix(" star")) in WORDS:
        return WORDS[word]
    found = NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(cell)
    value = float(f"{found[1]}.{found[2] or 0}")
    if not LOW <= value <= HIGH:
        raise ValueError(cell)
    return int(value + 0.5)


def _within(number: int, cell: str) -> int:
    if not LOW <= number <= HIGH:
        raise ValueError(cell)
    return number
