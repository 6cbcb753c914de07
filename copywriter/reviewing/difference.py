"""What a new text has that the old one lacks, and the other way round, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Words with the space behind them; ideographs one by one, because nothing parts their words.
TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+\s*|\s+|[^\w\s]\s*")
MOST_TOKENS = 1_500  # the matcher takes quadratic time
LEAST_SHARED = 0.3  # under it the two are other texts, and what remains of both reads like neither


@dataclass(frozen=True, slots=True)
class Part:
    """`op` is same, added or removed."""

    op: str
    text: str


def difference(old: str, new: str) -> list[Part]:
    """Parts whose same and removed texts join to `old`, same and added ones to `new`.

    [] where either is too long, or they have too little in common to be read as one text with changes.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if max(len(before), len(after)) > MOST_TOKENS:
        return []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LEAST_SHARED:
        return []
    parts: list[Part] = []
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            parts.append(Part("same", "".join(before[a:b])))
            continue
        if b > a:
            parts.append(Part("removed", "".join(before[a:b])))
        if d > c:
            parts.append(Part("added", "".join(after[c:d])))
    return parts
